import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { conditionIssues } from "./condition-checks.js";
import type { Statement } from "./policy-document.js";
import { sizeIssues } from "./policy-size.js";
import { sidIssues } from "./statement-checks.js";

/** What a trust policy may allow (Service Authorization Reference, AWS STS, read 2026-11-21). */
const ACTIONS: readonly string[] = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:SetSourceIdentity",
  "sts:TagSession",
];

/**
 * Checks who may assume a role: somebody by name; of an account only those whom a condition names; of an identity provider
 * one subject and one audience.
 */
export function trustIssues(path: string, statements: readonly Statement[]): Issue[] {
  const issues = statements.flatMap((statement, i) => {
    const at = `${path}[${i}]`;
    return [
      ...sidIssues(`${at}.sid`, statement.sid, statements.slice(0, i)),
      ...statement.actions.flatMap((action, j) => actionIssues(`${at}.actions[${j}]`, action)),
      ...conditionIssues(`${at}.conditions`, statement),
      ...whoIssues(`${at}.principals`, statement),
    ];
  });
  return issues.length > 0 ? issues : sizeIssues("trust", path, statements);
}

function actionIssues(path: string, action: string): Issue[] {
  if (ACTIONS.includes(action)) return [];
  const advice = `Write one of ${ACTIONS.map((name) => `'${name}'`).join(", ")}`;
  return [issue("NotAllowed", path, "must be an action of a trust policy", action, advice)];
}

function whoIssues(path: string, statement: Statement): Issue[] {
  const { principals, conditions = {} } = statement;
  if (principals === undefined || principals === "*") {
    const advice = "Name a role or a service, like { service: 'ec2.amazonaws.com' }";
    return [issue("NotAllowed", path, "must name who may assume the role", principals, advice)];
  }
  const named = [principals.aws ?? []].flat();
  const narrowed = Object.values(conditions).some((keys) =>
    Object.keys(keys).some((key) => key.toLowerCase() === "aws:principalarn"),
  );
  return [
    ...named.flatMap((arn) => (typeof arn === "string" ? accountIssues(`${path}.aws`, arn, narrowed) : [])),
    ...(principals.federated === undefined ? [] : federatedIssues(path, conditions)),
  ];
}

function accountIssues(path: string, arn: string, narrowed: boolean): Issue[] {
  const parts = Arn.parts(arn);
  const advice = "Write it like 'arn:<partition>:iam::111122223333:role/platform'";
  if (parts?.service !== "iam" || /[*?]/.test(arn))
    return [issue("Malformed", path, "must be the ARN of one role, user or account", arn, advice)];
  if (parts.resource !== "root" || narrowed) return [];
  const rule = "must not be a whole account without a condition on 'aws:PrincipalArn'";
  return [issue("NotAllowed", path, rule, arn, advice)];
}

/** Without the subject everybody with a token of the provider gets in: for GitHub, every repository there is. */
function federatedIssues(path: string, { StringEquals: equal = {} }: NonNullable<Statement["conditions"]>): Issue[] {
  return ["aud", "sub"].flatMap((claim) => {
    if (Object.keys(equal).some((key) => key.endsWith(`:${claim}`))) return [];
    const rule = `must have a condition StringEquals on the claim '${claim}'`;
    const advice = "Bind the role to one subject of the identity provider";
    return [issue("Required", path, rule, Object.keys(equal), advice)];
  });
}
