import * as pulumi from "@pulumi/pulumi";
import type { Relaxation } from "../../core/relaxation.js";
import type { StatementRelaxation } from "./statement-relaxation.js";

/** Who a resource policy or a trust policy speaks of. `"*"` is everybody, to be narrowed by conditions. */
export type StatementPrincipals =
  | "*"
  | {
      /** ARNs of roles, users or account roots. */
      readonly aws?: pulumi.Input<string> | readonly pulumi.Input<string>[];
      /** Service principals, such as `ec2.amazonaws.com`. */
      readonly service?: pulumi.Input<string> | readonly pulumi.Input<string>[];
      /** ARN of an identity provider, for `sts:AssumeRoleWithWebIdentity`. */
      readonly federated?: pulumi.Input<string>;
    };

/** Condition keys and values by operator: `{ StringEquals: { "aws:PrincipalAccount": accountId } }`. */
export type Conditions = Readonly<
  Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>
>;

/** One statement of an IAM policy (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html). */
export interface Statement {
  /** What the statement is for, letters and digits. */
  readonly sid?: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  /** Left out in policies of identities. */
  readonly principals?: StatementPrincipals;
  readonly actions: readonly string[];
  /** Left out in trust policies. */
  readonly resources?: readonly pulumi.Input<string>[];
  /** @default - none */
  readonly conditions?: Conditions;
  /**
   * What a role's statement may have that is refused otherwise. Not part of the document.
   *
   * @default - none
   */
  readonly relaxations?: readonly StatementRelaxation[];
}

/** The JSON text of a policy with these statements, version 2012-10-17. References inside it stay readable in a plan. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements.map(statementJson) });
}

/** What statements loosened, each once. */
export function relaxationsOf(statements: readonly Statement[]): Relaxation[] {
  const all = statements.flatMap((statement) => (statement.relaxations ?? []).map(({ relaxation }) => relaxation));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** A statement as IAM writes it; late values stay Outputs. */
export function statementJson(statement: Statement): Readonly<Record<string, unknown>> {
  return {
    ...(statement.sid === undefined ? {} : { Sid: statement.sid }),
    Effect: statement.effect ?? "Allow",
    ...(statement.principals === undefined ? {} : { Principal: principalJson(statement.principals) }),
    Action: statement.actions,
    ...(statement.resources === undefined ? {} : { Resource: statement.resources }),
    ...(statement.conditions === undefined ? {} : { Condition: statement.conditions }),
  };
}

function principalJson(principals: StatementPrincipals): unknown {
  if (principals === "*") return { AWS: "*" };
  return {
    ...(principals.aws === undefined ? {} : { AWS: principals.aws }),
    ...(principals.service === undefined ? {} : { Service: principals.service }),
    ...(principals.federated === undefined ? {} : { Federated: principals.federated }),
  };
}
