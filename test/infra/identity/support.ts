import { Principal } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { CLUSTER_ARN } from "../support.js";

/** What identity asks of a cluster. */
export const CLUSTER = {
  name: "prod",
  arn: CLUSTER_ARN,
  oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
} as const;

export const ENTRY = "aws:eks/accessEntry:AccessEntry";
export const ENTRY_POLICY = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

/** A role of the account. */
export function role(name: string): Principal {
  return Principal.role(`arn:aws:iam::111122223333:role/${name}`);
}

/** What our own rules say is wrong; what only a cluster beside the component could tell is left out. */
export function failuresIn(plan: Plan): string[] {
  return findingsIn(plan).filter((line) => line.split(" ")[1] === "fail");
}
