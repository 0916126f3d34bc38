import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { judgeOpenPolicy } from "../../../lib/resource-policies.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";

const REPOSITORY_POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy";

function policy(statement: ExampleObject) {
  return [
    planned(REPOSITORY_POLICY, "vote", {
      repository: "vote",
      policy: json({ Statement: [{ Effect: "Allow", Action: "ecr:BatchGetImage", ...statement }] }),
    }),
  ];
}

/** Policies of repositories, of the registry and of creation templates name who gets in, or bind everybody. */
export const ecrPolicyNotPublic = defineRule({
  id: "ecr-policy-not-public",
  title: "no private registry is open to everybody",
  ring: "code",
  severity: "high",
  rationale: "Images hold the program and often more than meant. Who may push besides decides what the cluster runs.",
  remediation: 'Principal: { AWS: "arn:aws:iam::111122223333:root" }',
  references: references(
    "catalogue/rules.csv: CKV_AWS_32, AWS-0032, AwsSolutions-ECR1, AC_AWS_0084, C-0222†, PRW, PPB",
    { "cis-eks-1.8.0": ["5.1.2"], "nist-csf-2": ["PR.PS-06"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "everybody pulls", resources: policy({ Principal: "*" }), path: "policy.Statement[0].Principal" }],
    pass: [
      { title: "the account pulls", resources: policy({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }) },
      {
        title: "the organisation pulls",
        resources: policy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abc" } } }),
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [planned(REPOSITORY_POLICY, "vote", { repository: "vote", policy: unresolved("string") })],
        path: "policy",
      },
    ],
  },
  ...onResource(
    [
      REPOSITORY_POLICY,
      "aws:ecr/registryPolicy:RegistryPolicy",
      "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    ],
    (view) =>
      judgeOpenPolicy(
        view,
        view.inputs.at(view.resource.type.endsWith("Template") ? "repositoryPolicy" : "policy"),
        "repositories of",
      ),
  ),
});
