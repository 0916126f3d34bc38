import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { anyText } from "../../../lib/iam.js";
import type { KeyConsumer } from "../../../lib/key-consumers.js";
import { CONSUMER_TYPES, KEY_SERVICES, keyConsumers, LOG_GROUP } from "../../../lib/key-consumers.js";
import { KEY, KEY_ALIAS, keyStatements, mayUseKey } from "../../../lib/kms.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import { onWorld } from "../../../shapes.js";
import { every, expectRead, fail, notApplicable, pass } from "../../../verdicts.js";

const ROOT = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" };
const FOR_LOGS = {
  Effect: "Allow",
  Principal: { Service: "logs.eu-west-1.amazonaws.com" },
  Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"],
  Resource: "*",
};

function key(...statements: readonly ExampleValue[]) {
  return planned(KEY, "key", { policy: json({ Statement: statements }) });
}

const LOGS = planned(LOG_GROUP, "audit", { kmsKeyId: ref("key", "arn") });
const NODES = [
  planned("aws:ec2/launchTemplate:LaunchTemplate", "nodes", {
    blockDeviceMappings: [{ ebs: { encrypted: "true", kmsKeyId: ref("key", "arn") } }],
  }),
  planned("aws:eks/nodeGroup:NodeGroup", "workers", { launchTemplate: { id: ref("nodes", "id") } }),
];
const FOR_SCALING = {
  Effect: "Allow",
  Principal: {
    AWS: "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
  },
  Action: ["kms:Decrypt", "kms:GenerateDataKey*", "kms:CreateGrant"],
  Resource: "*",
};

/**
 * A planned key lets in who uses it by the plan: CloudWatch Logs for a log group, CloudTrail for a trail, and the service-linked
 * role of Auto Scaling for volumes of nodes. And what it lets in of these has such a use. For the account's own identities their
 * policies decide.
 */
export const kmsKeyPolicySufficientAndMinimal = defineRule({
  id: "kms-key-policy-sufficient-and-minimal",
  title: "the policy of a key lets in who uses it, and no service besides",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A service that the key does not let in stores nothing, or instances die as they start, and somebody takes the key off. A service that it lets in without use can decrypt what was meant for another.",
  remediation:
    '{ Effect: "Allow", Principal: { Service: "logs.eu-west-1.amazonaws.com" }, Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:DescribeKey"], Resource: "*", Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:log-group:*" } } }',
  references: references("catalogue/cross-ring-rules.csv: N21", { "owasp-k8s": ["K03"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "a log group, and nothing for CloudWatch Logs", resources: [LOGS, key(ROOT)], path: "kmsKeyId" },
      {
        title: "nodes, by the policy that keys have of themselves",
        resources: [...NODES, planned(KEY, "key", {})],
        path: "blockDeviceMappings[0].ebs.kmsKeyId",
      },
      {
        title: "CloudWatch Logs, and no log group",
        resources: [key(ROOT, FOR_LOGS)],
        path: "policy.Statement[1].Principal",
      },
    ],
    pass: [
      { title: "a log group and its statement", resources: [LOGS, key(ROOT, FOR_LOGS)] },
      { title: "nodes, and the role that starts them", resources: [...NODES, key(ROOT, FOR_SCALING)] },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [LOGS, planned(KEY, "key", { policy: unresolved("string") })],
        path: "kmsKeyId",
      },
    ],
  },
  ...onWorld([KEY, KEY_ALIAS, ...CONSUMER_TYPES], function* ({ world }) {
    const consumers = keyConsumers(world);
    for (const consumer of consumers) yield { resource: consumer.consumer, verdict: judgeConsumer(world, consumer) };
    for (const resource of world.ofType(KEY))
      for (const verdict of judgeGrantees(
        world,
        resource,
        consumers.filter((one) => one.key === resource),
      ))
        yield { resource, verdict };
  }),
});

function judgeConsumer(world: World, { consumer, at, key: used, uses, who }: KeyConsumer): Verdict {
  const reads = uses.map((use) => mayUseKey(world, used, use));
  const missing = uses.filter((_, i) => reads[i] === false).map(({ action }) => action);
  return expectRead(at, every(reads), {
    absent: false,
    accept: (value) => value,
    message: `key '${used.name}' does not let ${who} do ${missing.join(", ")}, which '${consumer.name}' needs`,
    undecided: `whether key '${used.name}' lets ${who} in for '${consumer.name}' is not known before the deployment`,
  });
}

/** Statements for a service that has no use of the key; others may use it from elsewhere, so that it matters little. */
function judgeGrantees(world: World, used: PlannedResource, consumers: readonly KeyConsumer[]): readonly Verdict[] {
  const statements = keyStatements(world, used);
  if (statements === UNKNOWN) return [notApplicable("who may use it is not known yet")];
  const verdicts = statements.flatMap(({ effect, principals, holder }): readonly Verdict[] => {
    if (effect !== "Allow" || holder !== used) return [];
    const service = KEY_SERVICES.find(
      (one) => anyText(principals.at("Service"), (text) => one.principal.test(text)) === true,
    );
    if (service === undefined) return [];
    return consumers.some(({ who }) => who === service.who)
      ? [pass()]
      : [
          fail(principals, `key '${used.name}' lets ${service.who} in, and nothing in this plan has it use the key`, {
            severity: "low",
          }),
        ];
  });
  return verdicts.length === 0 ? [pass()] : verdicts;
}
