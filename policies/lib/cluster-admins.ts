import type { PlannedResource } from "../../plan/model/index.js";
import type { Read, World } from "../../plan/world/index.js";
import { EKS_CLUSTER } from "../../plan/world/index.js";
import { every } from "../verdicts.js";
import type { HeldStatement, RequestContext } from "./iam-evaluate.js";
import { allows } from "./iam-evaluate.js";
import { ROLE } from "./iam-policies.js";
import { roleNamed } from "./pod-roles.js";

/** Wire token of an access policy for a principal. */
export const ACCESS_POLICY = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** Wire token of an access entry. */
export const ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry";

/** AWS' own policy by which a principal may do everything in a cluster, in any partition. */
const CLUSTER_ADMIN = /:eks::aws:cluster-access-policy\/AmazonEKSClusterAdminPolicy$/;

/** Somebody whom the plan makes administrator of a cluster through the EKS API. */
export interface ClusterAdmin {
  readonly association: PlannedResource;
  readonly cluster: PlannedResource | undefined;
  /** For messages: the name of a planned role, or the ARN. */
  readonly principal: string;
  /** The principal, when it is a planned role. */
  readonly role: PlannedResource | undefined;
}

const cache = new WeakMap<World, readonly ClusterAdmin[]>();

/** The principals whom access policies make administrators of whole clusters. */
export function clusterAdmins(world: World): readonly ClusterAdmin[] {
  let known = cache.get(world);
  if (known === undefined) cache.set(world, (known = findAdmins(world)));
  return known;
}

function findAdmins(world: World): readonly ClusterAdmin[] {
  return world.ofType(ACCESS_POLICY).flatMap((association) => {
    const inputs = world.inputsOf(association);
    const [policy, scope] = [inputs.at("policyArn").text(), inputs.at("accessScope", "type").string()];
    if (typeof policy !== "string" || !CLUSTER_ADMIN.test(policy) || scope === "namespace") return [];
    const at = inputs.at("principalArn");
    const [referred] = world.resolve(association, at).filter((r) => r.type === ROLE);
    const role = referred ?? roleNamed(world, at);
    const [cluster] = world.resolve(association, inputs.at("clusterName")).filter((r) => r.type === EKS_CLUSTER);
    const text = at.text();
    return [
      { association, cluster, role, principal: role?.name ?? (typeof text === "string" ? text : association.name) },
    ];
  });
}

/** Actions on a cluster by which their holder becomes its administrator, or lets everybody try; any one list is enough. */
const WAYS = [
  ["eks:AssociateAccessPolicy", "eks:CreateAccessEntry"],
  ["eks:AssociateAccessPolicy", "eks:UpdateAccessEntry"],
  ["eks:AssociateIdentityProviderConfig"],
  ["eks:UpdateClusterConfig"],
] as const;

/** What the request that makes somebody administrator says of itself (Service Authorization Reference, "Amazon EKS"). */
const AS_ADMIN: RequestContext = new Map([
  ["eks:policyarn", ["arn:\uFFFC:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"]],
  ["eks:accessscope", ["cluster"]],
  ["eks:accessentrytype", ["STANDARD"]],
  ["eks:kubernetesgroups", undefined],
]);

/** A way by which a policy leads to the administration of a cluster. */
export interface WayToAdmin {
  readonly what: string;
  readonly certain: boolean;
}

interface Way {
  readonly what: string;
  readonly read: Read<boolean>;
}

/** The way by which statements make their holder administrator of a cluster: through its access, or as one who is. */
export function wayToAdmin(
  world: World,
  statements: readonly HeldStatement[],
  cluster: PlannedResource,
): WayToAdmin | undefined {
  const may = (action: string): Read<boolean> =>
    allows(world, statements, { action, resource: cluster, context: AS_ADMIN });
  const direct = WAYS.map((way): Way => ({ what: way.join(" with "), read: every(way.map(may)) }));
  const assumed = clusterAdmins(world).flatMap(({ cluster: of, role }): readonly Way[] => {
    if (of !== cluster || role === undefined || statements.some(({ holder }) => holder === role)) return [];
    const read = allows(world, statements, { action: "sts:AssumeRole", resource: role });
    return [{ what: `sts:AssumeRole on role '${role.name}', its administrator`, read }];
  });
  const ways = [...direct, ...assumed].filter(({ read }) => read !== false);
  const found = ways.find(({ read }) => read === true) ?? ways[0];
  return found === undefined ? undefined : { what: found.what, certain: found.read === true };
}
