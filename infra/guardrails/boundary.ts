import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { refuse } from "../errors.js";
import { chosenControls, exemptIssues } from "./plan.js";
import type { GuardrailOptions } from "./plan.js";
import { compact, denial } from "./statement.js";

/** Characters of a managed policy, blanks not counted (IAM, "IAM and STS quotas"). */
export const MANAGED_POLICY_CHARACTERS = 6144;

/** What a boundary is made for. */
export interface GuardrailBoundaryOptions extends GuardrailOptions {
  /** Prefixes of the services that its bearer may use at most: `eks`, `ec2`; at least one. */
  readonly services: readonly [string, ...string[]];
  /**
   * ARN that the boundary will have. Its bearer can then make only roles and users that carry it too; needed where
   * `services` has `iam`, or a role without a boundary undoes this one.
   *
   * @default - none
   */
  readonly boundaryArn?: string;
}

/**
 * The permissions boundary that holds its bearer, such as a pipeline's role, to the same controls as
 * {@link planGuardrails}: for an account that is in no organisation, or whose organisation somebody else runs. It grants
 * nothing by itself.
 *
 * @returns JSON, within {@link MANAGED_POLICY_CHARACTERS}.
 * @throws pulumi.RunError with every problem of the options.
 */
export function planGuardrailBoundary(options: GuardrailBoundaryOptions): string {
  const document = boundaryDocument(options);
  refuse("planGuardrailBoundary", boundaryIssues(options, document));
  return document;
}

function boundaryDocument(options: GuardrailBoundaryOptions): string {
  const { boundaryArn, services } = options;
  const exempt = options.exemptRoleArns ?? [];
  const denials = chosenControls(options).flatMap(({ statements }) => statements.map((one) => denial(one, exempt)));
  const kept =
    boundaryArn === undefined
      ? []
      : [
          // Negated on purpose without `Null`: a call that names no boundary is denied too.
          denial(
            {
              sid: "BoundaryOnAll",
              actions: [
                "iam:CreateRole",
                "iam:CreateUser",
                "iam:PutRolePermissionsBoundary",
                "iam:PutUserPermissionsBoundary",
              ],
              conditions: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn } },
            },
            exempt,
          ),
          denial(
            {
              sid: "BoundaryItself",
              actions: ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:SetDefaultPolicyVersion"],
              resources: [boundaryArn],
              conditions: {},
            },
            exempt,
          ),
        ];
  const removal = {
    sid: "BoundaryRemoval",
    actions: ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
    conditions: {},
  };
  const atMost = { Sid: "AtMost", Effect: "Allow", Action: services.map((one) => `${one}:*`), Resource: "*" };
  return compact([atMost, ...denials, denial(removal, exempt), ...kept]);
}

function boundaryIssues(options: GuardrailBoundaryOptions, document: string): Issue[] {
  const { boundaryArn } = options;
  const services: readonly string[] = options.services;
  const issues = exemptIssues("exemptRoleArns", options.exemptRoleArns ?? []);
  if (services.length === 0)
    issues.push(issue("Required", "services", "must name a service", services, "Write it like ['eks', 'ec2']"));
  for (const [i, service] of services.entries())
    if (!/^[a-z0-9-]+$/.test(service)) {
      const advice = "Write it like 'eks'; '*' would be no bound";
      issues.push(issue("Malformed", `services[${i}]`, "must be the prefix of a service's actions", service, advice));
    }
  if (services.includes("iam") && boundaryArn === undefined) {
    const rule = "must be known where `services` has 'iam'";
    const advice = "Pass the ARN that the policy will have: 'arn:<partition>:iam::111122223333:policy/<name>'";
    issues.push(issue("Required", "boundaryArn", rule, boundaryArn, advice));
  }
  if (boundaryArn !== undefined) {
    const parts = Arn.parts(boundaryArn);
    if (parts?.service !== "iam" || !/^policy\/[^*?]+$/.test(parts.resource)) {
      const advice = "Write it like 'arn:<partition>:iam::111122223333:policy/<name>'";
      issues.push(issue("Malformed", "boundaryArn", "must be the ARN of one policy", boundaryArn, advice));
    }
  }
  if (issues.length === 0 && document.length > MANAGED_POLICY_CHARACTERS) {
    const rule = `must leave room, a managed policy takes ${MANAGED_POLICY_CHARACTERS} characters`;
    const advice = "Exempt fewer roles, or leave out controls that a policy of the organisation holds";
    issues.push(issue("OutOfRange", "exemptRoleArns", rule, `${document.length} characters`, advice));
  }
  return issues;
}
