import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { every, some } from "../verdicts.js";
import { objectsIn } from "./eks.js";
import { anyText, matchesAction, statementsOf } from "./iam.js";
import type { Statement } from "./iam.js";

/** Wire token of a Pod Identity association. */
export const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

/** Whether a trust policy lets Pod Identity assume the role, and tag the session as it always does. */
export function trustsPodIdentity(policy: Cursor): Read<boolean> {
  return trustsService(policy, "pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]);
}

/** Whether a trust policy lets a service of AWS do what it does to take the role on. */
export function trustsService(
  policy: Cursor,
  service: string,
  actions: readonly string[] = ["sts:AssumeRole"],
): Read<boolean> {
  const statements = statementsOf(policy);
  if (statements === UNKNOWN) return UNKNOWN;
  return every(actions.map((action) => some(statements.map((s) => allowsService(s, service, action)))));
}

function allowsService({ principals, effect, actions }: Statement, service: string, action: string): Read<boolean> {
  return every([
    effect === UNKNOWN ? UNKNOWN : effect === "Allow",
    anyText(principals.at("Service"), (text) => text === service),
    anyText(actions, (pattern) => matchesAction(pattern, action)),
  ]);
}

/** The service account that an association means, as far as this plan tells. */
export interface AssociatedAccount {
  readonly object: KubernetesObject | undefined;
  /** Namespace and name as stated; `undefined` while unknown. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** Whether the plan shows enough to say that the account is missing. */
  readonly readable: boolean;
}

/** Finds the service account of an association: by reference, or by namespace and name in its cluster, as EKS does. */
export function associatedAccount(
  world: World,
  association: PlannedResource,
  cluster: PlannedResource,
): AssociatedAccount {
  const inputs = world.inputsOf(association);
  const at = inputs.at("serviceAccount");
  const accounts = objectsIn(world, cluster).filter((o) => o.kind === "ServiceAccount");
  const referred = world.resolve(association, at).flatMap((r) => world.objectOf(r) ?? []);
  const [namespace, name] = [inputs.at("namespace"), at].map(knownText);
  const object =
    referred.find((o) => o.kind === "ServiceAccount") ??
    accounts.find((o) => o.name === name && o.namespace !== undefined && o.namespace === namespace);
  const readable = objectsIn(world, cluster).length > 0 && namespace !== undefined && name !== undefined;
  return { object, namespace, name, readable };
}

/** Text that is there and known. */
function knownText(at: Cursor): string | undefined {
  const text = at.string();
  return text === UNKNOWN ? undefined : text;
}
