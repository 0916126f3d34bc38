import * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import { awsPolicyArn } from "../account.js";
import type { Account } from "../account.js";
import { refuse } from "../errors.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { policyDocument } from "./policy-document.js";
import type { Statement } from "./policy-document.js";

/** IAM takes 64 characters, and Pulumi adds a hyphen and seven of its own. */
const LONGEST_NAME = 56;

/** What {@link createRole} takes. */
export interface RoleSpec {
  readonly description: string;
  readonly trust: Statement;
  /** Names of policies that AWS maintains: `AmazonEKSClusterPolicy`. */
  readonly awsPolicies?: readonly string[];
  /** What the role may do beyond them; a policy of its own, inline. */
  readonly statements?: readonly Statement[];
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/** A role and all that was attached to it. Who uses the role waits for `attachments`: AWS checks some at creation. */
export interface CreatedRole {
  readonly role: iam.Role;
  readonly attachments: readonly pulumi.Resource[];
}

/**
 * A role with its policies. `name` is the Pulumi name; the physical name is made by Pulumi.
 *
 * @throws pulumi.RunError when the name leaves no room for the physical one.
 */
export function createRole(parent: pulumi.Resource, account: Account, name: string, spec: RoleSpec): CreatedRole {
  if (name.length > LONGEST_NAME) {
    const advice = "Give the component a shorter name";
    const rule = `must have at most ${LONGEST_NAME} characters, the names of roles have 64`;
    refuse(`Role '${name}'`, [issue("OutOfRange", "name", rule, name, advice)]);
  }
  const role = new iam.Role(
    name,
    {
      description: spec.description,
      assumeRolePolicy: policyDocument([spec.trust]),
      permissionsBoundary: spec.permissionsBoundaryArn,
      tags: named(name, spec.tags),
    },
    { parent },
  );
  const attachments: pulumi.Resource[] = (spec.awsPolicies ?? []).map((policy) => {
    const key = policy.split("/").at(-1) ?? policy;
    const args = { role: role.name, policyArn: awsPolicyArn(account, policy) };
    return new iam.RolePolicyAttachment(`${name}-${key}`, args, { parent });
  });
  if (spec.statements !== undefined && spec.statements.length > 0)
    attachments.push(
      new iam.RolePolicy(`${name}-policy`, { role: role.name, policy: policyDocument(spec.statements) }, { parent }),
    );
  return { role, attachments };
}

/** Lets an AWS service assume a role, and no other account's use of that service. */
export function serviceTrust(service: string, conditions?: Statement["conditions"]): Statement {
  const statement = { principals: { service }, actions: ["sts:AssumeRole"] };
  return conditions === undefined ? statement : { ...statement, conditions };
}
