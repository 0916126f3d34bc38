import { defineRule } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, pass, unknown } from "../../../verdicts.js";

const QUEUE = "aws:sqs/queue:Queue";

/** A queue is encrypted: by a key of KMS or by SQS, which does so for new queues unless told otherwise (SQS user guide, "Encryption at rest"). */
export const sqsEncrypted = defineRule({
  id: "sqs-encrypted",
  title: "queues are encrypted",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Messages stay in a queue for up to 14 days, in the clear only where somebody turned off what AWS does by itself.",
  remediation: "sqsManagedSseEnabled: true",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "turned off",
        resources: [planned(QUEUE, "events", { sqsManagedSseEnabled: false })],
        path: "sqsManagedSseEnabled",
      },
    ],
    pass: [
      { title: "left out, which SQS encrypts", resources: [planned(QUEUE, "events", {})] },
      {
        title: "a key instead",
        resources: [planned(QUEUE, "events", { sqsManagedSseEnabled: false, kmsMasterKeyId: "alias/app" })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(QUEUE, "events", { sqsManagedSseEnabled: unresolved("boolean") })],
        path: "sqsManagedSseEnabled",
      },
    ],
  },
  ...onResource([QUEUE], ({ resource, inputs }) => {
    const key = inputs.at("kmsMasterKeyId");
    if (key.refs().length > 0 || (!key.isAbsent && !key.isUnknown)) return pass();
    const at = inputs.at("sqsManagedSseEnabled");
    const undecided = `whether queue '${resource.name}' is encrypted is not known before the deployment`;
    const verdict = expectBoolean(at, {
      absent: true,
      accept: (value) => value,
      message: `messages in queue '${resource.name}' are in the clear`,
      undecided,
    });
    return verdict.kind === "fail" && key.isUnknown ? unknown(key, undecided) : verdict;
  }),
});
