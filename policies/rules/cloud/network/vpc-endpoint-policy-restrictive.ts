import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { anyText, statementsOf } from "../../../lib/iam.js";
import type { Statement } from "../../../lib/iam.js";
import { isUnconditional } from "../../../lib/iam-conditions.js";
import { namesEverybody } from "../../../lib/resource-policies.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { every, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";
const OPEN = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

function endpoint(statement: ExampleObject) {
  return [
    planned(ENDPOINT, "s3", {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-west-1.s3",
      policy: json({ Statement: [{ ...OPEN, ...statement }] }),
    }),
  ];
}

/** An endpoint's policy says who may do what through it. Left out, everybody may do everything (VPC user guide, "Control access using endpoint policies"). */
export const vpcEndpointPolicyRestrictive = defineRule({
  id: "vpc-endpoint-policy-restrictive",
  title: "endpoints say who may do what through them",
  ring: "cloud",
  severity: "low",
  rationale:
    "Through an open endpoint a stolen program inside writes to a bucket of the thief's, and no rule on addresses sees a difference.",
  remediation:
    'policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "aws:ResourceAccount": account } } }] })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is everything",
        resources: [planned(ENDPOINT, "s3", { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" })],
        path: "policy",
      },
      { title: "everything, said aloud", resources: endpoint({}), path: "policy.Statement[0]" },
    ],
    pass: [
      {
        title: "buckets of one account only",
        resources: endpoint({ Condition: { StringEquals: { "aws:ResourceAccount": "111122223333" } } }),
      },
      { title: "one bucket", resources: endpoint({ Resource: "arn:aws:s3:::votes/*" }) },
      {
        title: "by a resource of its own",
        resources: [
          planned(ENDPOINT, "s3", { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" }),
          planned(POLICY, "only", {
            vpcEndpointId: ref("s3", "id"),
            policy: json({ Statement: [{ ...OPEN, Action: "s3:GetObject" }] }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [planned(ENDPOINT, "s3", { vpcId: "vpc-1", serviceName: "s3", policy: unresolved("string") })],
        path: "policy",
      },
    ],
  },
  ...onResource([ENDPOINT, POLICY], ({ resource, inputs, world }) => {
    const at = inputs.at("policy");
    const what = `'${resource.name}' lets everybody inside do everything through it, in any account`;
    if (resource.type === ENDPOINT && at.isAbsent) {
      const separate = world.mentionsOf(resource.urn).some((m) => m.resource.type === POLICY);
      return separate ? notApplicable("its policy is judged") : fail(at, what);
    }
    const statements = statementsOf(at);
    if (statements === UNKNOWN)
      return unknown(at, `what '${resource.name}' lets through is not known before the deployment`);
    return statements.map((statement) => {
      const open = isOpen(statement);
      if (open === UNKNOWN)
        return unknown(statement.at, `what '${resource.name}' lets through is not known before the deployment`);
      return open ? fail(statement.at, what) : pass();
    });
  }),
});

function isOpen(statement: Statement) {
  const { effect, actions, resources } = statement;
  const all = (text: string) => /^\*+(:\*+)?$/.test(text);
  return every([
    effect === UNKNOWN ? UNKNOWN : effect === "Allow",
    namesEverybody(statement),
    anyText(actions, all),
    anyText(resources, all),
    isUnconditional(statement),
  ]);
}
