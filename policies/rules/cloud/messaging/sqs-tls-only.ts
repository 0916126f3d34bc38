import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { deniesPlainHttp } from "../../../lib/resource-policies.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { failWhole, notApplicable, pass, some, unknownWhole } from "../../../verdicts.js";

const QUEUE = "aws:sqs/queue:Queue";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const ALL = /^(sqs:)?\*+$/i;

function queue(statement: ExampleObject) {
  return [
    planned(QUEUE, "votes", {}),
    planned(POLICY, "policy", {
      queueUrl: ref("votes", "id"),
      policy: json({ Statement: [{ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*", ...statement }] }),
    }),
  ];
}

const PLAIN = { Condition: { Bool: { "aws:SecureTransport": "false" } } };

/** A queue's policy keeps everybody from it over plain HTTP, which SQS else answers too. */
export const sqsTlsOnly = defineRule({
  id: "sqs-tls-only",
  title: "queues do not answer over plain HTTP",
  ring: "cloud",
  severity: "low",
  rationale:
    "A client that is set up wrongly sends messages, and its signed requests, in the clear, and nobody notices as long as it works.",
  remediation:
    '{ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: queue.arn, Condition: { Bool: { "aws:SecureTransport": "false" } } }',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no policy", resources: [planned(QUEUE, "votes", {})], path: "" },
      {
        title: "sending only is denied",
        resources: queue({ ...PLAIN, Action: "sqs:SendMessage" }),
        path: "",
      },
    ],
    pass: [
      { title: "denied", resources: queue(PLAIN) },
      {
        title: "on the queue itself",
        resources: [
          planned(QUEUE, "votes", {
            policy: json({ Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*", ...PLAIN }] }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [planned(QUEUE, "votes", { policy: unresolved("string") })],
        path: "",
      },
    ],
  },
  ...onResource([QUEUE, POLICY], ({ resource, inputs, world }) => {
    if (resource.type === POLICY) return notApplicable("queues are judged");
    const separate = world
      .mentionsOf(resource.urn)
      .filter((mention) => mention.resource.type === POLICY && mention.path === "queueUrl")
      .map((mention) => world.inputsOf(mention.resource).at("policy"));
    const policies = [inputs.at("policy"), ...separate].filter((at) => !at.isAbsent);
    const denied = some(policies.map((policy) => deniesPlainHttp(policy, ALL)));
    if (denied === UNKNOWN)
      return unknownWhole(`whether queue '${resource.name}' answers over plain HTTP is not known from this plan`);
    return denied ? pass() : failWhole(`queue '${resource.name}' answers over plain HTTP too`);
  }),
});
