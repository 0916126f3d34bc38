import type { PlannedResource } from "../../../../plan/model/index.js";
import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../../../plan/world/index.js";
import type { KubernetesObject, Read, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, manifest, planned, ref, unresolved } from "../../../examples.js";
import { ACCESS_POLICY, clusterAdmins } from "../../../lib/cluster-admins.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { RIGHTS_TYPES, worstPower } from "../../../lib/iam-rights.js";
import { allBindings, BINDING_TYPES, RBAC_GROUP, ROLE_TYPES } from "../../../lib/rbac/bindings.js";
import { leadsToCluster } from "../../../lib/rbac/takeover.js";
import type { ExampleValue } from "../../../model.js";
import { integer } from "../../../parameters.js";
import { onResource } from "../../../shapes.js";
import { failWhole, notApplicable, pass, unknownWhole } from "../../../verdicts.js";

const BUDGET = integer(
  {
    name: "budget",
    about: "How many principals may administrate a cluster, or the account that it is in",
    fallback: 5,
  },
  { from: 0, to: 1000 },
);

function admin(name: string) {
  return planned(ACCESS_POLICY, name, {
    clusterName: ref("prod", "name"),
    principalArn: `arn:aws:iam::111122223333:role/${name}`,
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    accessScope: { type: "cluster" },
  });
}

function masters(names: readonly string[], role: ExampleValue = "cluster-admin") {
  return manifest(
    {
      apiVersion: `${RBAC_GROUP}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: "masters" },
      roleRef: { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: role },
      subjects: names.map((name) => ({ kind: "Group", name })),
    },
    { provider: "k8s" },
  );
}

/** EKS makes the creator administrator unless told not to. */
const PROD = cluster({ accessConfig: { bootstrapClusterCreatorAdminPermissions: false } });

/**
 * The principals that administrate a cluster are counted, each by its shortest way: an access policy, being its creator, or a
 * binding that leads to the whole cluster; and the planned roles with power over the account. There are no more than the
 * budget says.
 */
export const adminPathInventory = defineRule({
  id: "admin-path-inventory",
  title: "no more principals can administrate the cluster than were meant to",
  ring: "cloud",
  severity: "high",
  rationale:
    "Administrators come from access entries, from bindings and from IAM, and no one list has them all. Each one is a password, a session or a pod whose loss is the loss of the cluster; those that nobody counts nobody guards.",
  remediation:
    'policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"  // for those who only look; or raise the budget, when all of them are meant',
  references: references("catalogue/cross-ring-rules.csv: N33", { "owasp-k8s": ["K02"] }),
  since: "0.1.0",
  parameters: [BUDGET],
  examples: {
    fail: [
      {
        title: "three, where two are meant",
        resources: [...PROD, admin("platform"), masters(["oncall", "contractors"])],
        parameters: { budget: 2 },
        path: "",
      },
      {
        title: "who creates the cluster counts, too",
        resources: [planned(EKS_CLUSTER, "prod", {}), admin("platform")],
        parameters: { budget: 1 },
        path: "",
      },
    ],
    pass: [
      {
        title: "two, of whom one is named twice",
        resources: [...PROD, admin("platform"), masters(["oncall", "oncall"])],
        parameters: { budget: 2 },
      },
      {
        title: "three who only look, and one administrator",
        resources: [...PROD, admin("platform"), masters(["a", "b", "c"], "view")],
        parameters: { budget: 1 },
      },
    ],
    unknown: [
      {
        title: "what a group may do is an output",
        resources: [...PROD, admin("platform"), masters(["oncall"], unresolved("string"))],
        parameters: { budget: 1 },
        path: "",
      },
    ],
  },
  ...onResource([EKS_CLUSTER, ACCESS_POLICY, ...BINDING_TYPES, ...ROLE_TYPES, ...RIGHTS_TYPES], (view) => {
    const { resource: eks, world } = view;
    if (eks.type !== EKS_CLUSTER) return notApplicable("clusters are judged");
    const budget = view.parameters.of(BUDGET);
    const paths = pathsTo(world, eks);
    const certain = namesOf(paths.filter(({ read }) => read === true));
    const possible = namesOf(paths);
    if (possible.length <= budget) return pass();
    if (certain.length <= budget)
      return unknownWhole(
        `whether more than ${budget} principals can administrate cluster '${eks.name}' is not known from this plan`,
      );
    const named = certain.slice(0, 4).join(", ");
    const more = certain.length > 4 ? ` and ${certain.length - 4} more` : "";
    return failWhole(
      `${certain.length} principals can administrate cluster '${eks.name}' or its account, where ${budget} are meant: ${named}${more}`,
    );
  }),
});

/** Somebody who administrates a cluster, or may. */
interface Path {
  readonly who: string;
  readonly read: Read<boolean>;
}

function namesOf(paths: readonly Path[]): readonly string[] {
  return [...new Set(paths.map(({ who }) => who))].sort();
}

function pathsTo(world: World, eks: PlannedResource): readonly Path[] {
  const creator = world.inputsOf(eks).at("accessConfig", "bootstrapClusterCreatorAdminPermissions").boolean();
  const byCreation: readonly Path[] =
    creator === false ? [] : [{ who: "who creates it", read: creator === UNKNOWN ? UNKNOWN : true }];
  const byPolicy = clusterAdmins(world).filter(({ cluster: of }) => of === undefined || of === eks);
  return [
    ...byCreation,
    ...byPolicy.map(({ principal, cluster: of }): Path => ({ who: principal, read: of === eks ? true : UNKNOWN })),
    ...allBindings(world)
      .filter((binding) => eksClusterOf(world, binding.cluster) === eks)
      .flatMap((b) => byBinding(world, b)),
    ...world.ofType(ROLE).flatMap((role) => byPower(world, role)),
  ];
}

/** What belongs to Kubernetes and its nodes is not counted. */
const SYSTEM = /^system:(?!masters$|authenticated$|unauthenticated$|serviceaccounts)/;

function byBinding(world: World, binding: KubernetesObject): readonly Path[] {
  const read = leadsToCluster(world, binding);
  if (read === false) return [];
  return binding.root
    .at("subjects")
    .items()
    .flatMap((subject): readonly Path[] => {
      const [kind, name, namespace] = ["kind", "name", "namespace"].map((field) => subject.at(field).string());
      if (typeof kind !== "string" || typeof name !== "string" || SYSTEM.test(name)) return [];
      if (kind === "ServiceAccount" && namespace === "kube-system") return [];
      const place = typeof namespace === "string" ? `${namespace}/` : "";
      return [{ who: `${kind} '${place}${name}'`, read }];
    });
}

function byPower(world: World, role: PlannedResource): readonly Path[] {
  const power = worstPower(world, role);
  if (power === undefined || power.kind === "data") return [];
  return [{ who: `role '${role.name}'`, read: power.certain ? true : UNKNOWN }];
}
