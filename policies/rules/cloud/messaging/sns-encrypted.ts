import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectPresent } from "../../../verdicts.js";

const TOPIC = "aws:sns/topic:Topic";

/** A topic's messages are encrypted with a key of KMS. They are not unless told (SNS API, `KmsMasterKeyId`). */
export const snsEncrypted = defineRule({
  id: "sns-encrypted",
  title: "topics are encrypted with a key",
  ring: "cloud",
  severity: "medium",
  rationale: "Messages wait in the topic until they are delivered, and alerts often quote what they are about.",
  remediation: "kmsMasterKeyId: key.arn",
  references: references("catalogue/rules.csv: CKV_AWS_26, AWS-0095, AWS-0136, NAG SNSEncryptedKMS", {
    "pci-dss-4": ["8.3.2"],
    hipaa: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
    "nist-csf-2": ["PR.DS-01"],
    "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "left out, which is none", resources: [planned(TOPIC, "alerts", {})], path: "kmsMasterKeyId" }],
    pass: [{ title: "a key", resources: [planned(TOPIC, "alerts", { kmsMasterKeyId: "alias/aws/sns" })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(TOPIC, "alerts", { kmsMasterKeyId: unresolved("string") })],
        path: "kmsMasterKeyId",
      },
    ],
  },
  ...onResource([TOPIC], ({ resource, inputs }) =>
    expectPresent(inputs.at("kmsMasterKeyId"), {
      message: `messages of topic '${resource.name}' are not encrypted with a key`,
      undecided: `whether topic '${resource.name}' has a key is not known before the deployment`,
    }),
  ),
});
