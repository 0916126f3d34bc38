import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue, renderIssue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { awsPolicyArn } from "../account.js";
import type { Account } from "../account.js";
import { nameIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { Statement } from "./policy-document.js";
import { sizedDocument } from "./policy-size.js";
import { statementIssues } from "./statement-checks.js";
import { trustIssues } from "./trust-checks.js";

/** IAM takes 64 characters of a role and 128 of a policy, whose name ends with `-policy`; Pulumi adds eight of its own. */
const LONGEST = { role: 56, policy: 113 } as const;

/** Characters of a description (IAM, CreateRole, `Description`). */
const LONGEST_DESCRIPTION = 1000;

/** What {@link createRole} takes. */
export interface RoleSpec {
  /** At most 1,000 characters of Latin-1. */
  readonly description: string;
  /** Late where a condition's key is, such as the issuer of a cluster that is yet to be. */
  readonly trust: Statement | readonly Statement[] | pulumi.Output<Statement>;
  /** Names of policies that AWS maintains: `AmazonEKSClusterPolicy`. */
  readonly awsPolicies?: readonly string[];
  /** What the role may do beyond them; a policy of its own, inline. Checked by {@link statementIssues}. */
  readonly statements?: readonly Statement[];
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
  /** Physical name and place, where others have to know them. */
  readonly identity?: RoleIdentity | undefined;
  /**
   * Longest session in seconds, 3,600 to 43,200. Chained sessions end after an hour whatever it says.
   *
   * @default 3600
   */
  readonly maxSessionSeconds?: number | undefined;
}

/** The physical name of a role. */
export interface RoleIdentity {
  /**
   * At most 64 characters.
   *
   * @default - made by Pulumi from the component's name
   */
  readonly name?: string;
  /**
   * Begins and ends with a slash: `/platform/`.
   *
   * @default "/"
   */
  readonly path?: string;
}

/** A role and all that was attached to it. Who uses the role waits for `attachments`: AWS checks some at creation. */
export interface CreatedRole {
  readonly role: iam.Role;
  readonly attachments: readonly pulumi.Resource[];
}

/**
 * A role with its policies. `name` is the Pulumi name; the physical name is made by Pulumi, unless the role has one.
 *
 * @throws pulumi.RunError with everything that IAM would refuse of it, and with statements wider than they need be.
 */
export function createRole(parent: pulumi.Resource, account: Account, name: string, spec: RoleSpec): CreatedRole {
  const where = `Role '${name}'`;
  const statements = spec.statements ?? [];
  refuse(where, [
    ...specIssues(name, spec),
    ...(pulumi.Output.isInstance(spec.trust) ? [] : trustIssues("trust", listOf(spec.trust))),
    ...(statements.length === 0 ? [] : statementIssues("statements", statements)),
  ]);
  const role = new iam.Role(
    name,
    {
      description: spec.description,
      assumeRolePolicy: trustDocument(where, spec.trust),
      permissionsBoundary: spec.permissionsBoundaryArn,
      name: spec.identity?.name,
      path: spec.identity?.path,
      maxSessionDuration: spec.maxSessionSeconds,
      tags: named(name, spec.tags),
    },
    // Two roles cannot have one name.
    { parent, deleteBeforeReplace: spec.identity?.name !== undefined },
  );
  const attachments: pulumi.Resource[] = (spec.awsPolicies ?? []).map((policy) => {
    const key = policy.split("/").at(-1) ?? policy;
    const args = { role: role.name, policyArn: awsPolicyArn(account, policy) };
    return new iam.RolePolicyAttachment(`${name}-${key}`, args, { parent });
  });
  if (statements.length > 0) {
    const policy = sizedDocument("inline", where, "statements", statements);
    attachments.push(new iam.RolePolicy(`${name}-policy`, { role: role.name, policy }, { parent }));
  }
  return { role, attachments };
}

function trustDocument(where: string, trust: RoleSpec["trust"]): pulumi.Output<string> {
  if (!pulumi.Output.isInstance(trust)) return sizedDocument("trust", where, "trust", listOf(trust));
  return trust.apply((late) => {
    const statements = [late];
    for (const one of trustIssues("trust", statements)) void pulumi.log.error(`${where}: ${renderIssue(one)}`);
    return sizedDocument("trust", where, "trust", statements);
  });
}

function listOf(trust: Statement | readonly Statement[]): readonly Statement[] {
  return [trust].flat();
}

/** Lets an AWS service assume a role, and no other account's use of that service. */
export function serviceTrust(service: pulumi.Input<string>, conditions?: Statement["conditions"]): Statement {
  const statement = { principals: { service }, actions: ["sts:AssumeRole"] };
  return conditions === undefined ? statement : { ...statement, conditions };
}

/** Checks the physical name and path of a role, at `<path>name` and `<path>path`. */
export function roleIdentityIssues(path: string, { name, path: place }: RoleIdentity): Issue[] {
  const issues: Issue[] = [];
  if (name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name)) {
    const rule = "must be a name of IAM, of at most 64 characters";
    issues.push(issue("Malformed", `${path}name`, rule, name, "Write it like 'prod-break-glass', without path"));
  }
  if (place !== undefined && !/^\/([!-~]{1,510}\/)?$/.test(place)) {
    const rule = "must begin and end with a slash";
    issues.push(issue("Malformed", `${path}path`, rule, place, "Write it like '/platform/'"));
  }
  return issues;
}

function specIssues(name: string, { description, identity = {}, maxSessionSeconds }: RoleSpec): Issue[] {
  const issues = [
    ...roleIdentityIssues("identity.", identity),
    ...(identity.name === undefined
      ? nameIssues(name, LONGEST.role)
      : nameIssues(name, LONGEST.policy, "policies have 128")),
  ];
  // What IAM takes: printable Latin-1, and the blanks of lines.
  const odd = Array.from(description).find((letter) => !/[\t\n\r\u0020-\u007e\u00a1-\u00ff]/u.test(letter));
  if (odd !== undefined || description.length > LONGEST_DESCRIPTION) {
    const rule = `must be at most ${LONGEST_DESCRIPTION} characters of Latin-1`;
    issues.push(issue("Malformed", "description", rule, odd ?? `${description.length} characters`, "Write it shorter"));
  }
  if (maxSessionSeconds !== undefined && (maxSessionSeconds < 3600 || maxSessionSeconds > 43_200)) {
    const rule = "must be 3,600 to 43,200 seconds";
    issues.push(issue("OutOfRange", "maxSessionSeconds", rule, maxSessionSeconds, "Leave it out for one hour"));
  }
  return issues;
}
