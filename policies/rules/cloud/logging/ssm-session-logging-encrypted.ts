import type { Cursor } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const DOCUMENT = "aws:ssm/document:Document";

/** Where a session's log goes, and the switch that asks for an encrypted place. */
const PLACES = [
  { name: "s3BucketName", encrypted: "s3EncryptionEnabled", where: "a bucket" },
  { name: "cloudWatchLogGroupName", encrypted: "cloudWatchEncryptionEnabled", where: "a log group" },
] as const;

function session(inputs: ExampleObject) {
  return [
    planned(DOCUMENT, "session", {
      documentType: "Session",
      content: json({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs }),
    }),
  ];
}

const GOOD = { kmsKeyId: "alias/sessions", cloudWatchLogGroupName: "sessions", cloudWatchEncryptionEnabled: true };

/**
 * Settings of Session Manager encrypt the session with a key of KMS, and keep a log in an encrypted place (Systems Manager user guide,
 * "Session document schema"). Sessions that only forward a port have no log to keep.
 */
export const ssmSessionLoggingEncrypted = defineRule({
  id: "ssm-session-logging-encrypted",
  title: "sessions on machines are encrypted and on record",
  ring: "cloud",
  severity: "low",
  rationale:
    "Who has a shell on a node has everything on it. The log is what says what he did, and it holds whatever he typed and saw.",
  remediation: "inputs: { kmsKeyId: key.arn, cloudWatchLogGroupName: group.name, cloudWatchEncryptionEnabled: true }",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no log", resources: session({ kmsKeyId: "alias/sessions" }), path: "content.inputs" },
      {
        title: "no key for the session",
        resources: session({ ...GOOD, kmsKeyId: "" }),
        path: "content.inputs.kmsKeyId",
      },
      {
        title: "a log in a bucket that need not be encrypted",
        resources: session({ kmsKeyId: "alias/sessions", s3BucketName: "sessions", s3EncryptionEnabled: false }),
        path: "content.inputs.s3EncryptionEnabled",
      },
    ],
    pass: [
      { title: "a key, and an encrypted log group", resources: session(GOOD) },
      {
        title: "both places",
        resources: session({ ...GOOD, s3BucketName: "sessions", s3EncryptionEnabled: true }),
      },
    ],
    unknown: [
      {
        title: "the document is an output",
        resources: [planned(DOCUMENT, "session", { documentType: "Session", content: unresolved("string") })],
        path: "content",
      },
    ],
  },
  ...onResource([DOCUMENT], ({ resource, inputs }) => {
    if (inputs.at("documentType").string() !== "Session") return notApplicable("it is no document for sessions");
    const content = inputs.at("content").json();
    const undecided = `what '${resource.name}' says of sessions is not known before the deployment`;
    if (content.isUnknown || content.string() === UNKNOWN) return unknown(inputs.at("content"), undecided);
    if (content.at("sessionType").string() !== "Standard_Stream")
      return notApplicable("its sessions have no log to keep");
    return [
      judgeKey(resource.name, content.at("inputs", "kmsKeyId")),
      ...judgeLogs(resource.name, content.at("inputs")),
    ];
  }),
});

function judgeKey(name: string, at: Cursor): Verdict {
  const key = at.text();
  if (at.refs().length > 0) return pass();
  if (key === UNKNOWN)
    return unknown(at, `whether sessions of '${name}' have a key is not known before the deployment`);
  return (key ?? "") === "" ? fail(at, `sessions of '${name}' have no key of their own`) : pass();
}

function judgeLogs(name: string, inputs: Cursor): readonly Verdict[] {
  const used = PLACES.filter((place) => !["", undefined].includes(known(inputs.at(place.name))));
  if (used.length === 0) return [fail(inputs, `nothing records what happens in sessions of '${name}'`)];
  return used.map((place) =>
    expectBoolean(inputs.at(place.encrypted), {
      absent: true,
      accept: (value) => value,
      message: `'${name}' writes what happens in sessions to ${place.where} that need not be encrypted`,
      undecided: `whether the log of sessions of '${name}' is encrypted is not known before the deployment`,
      fix: true,
    }),
  );
}

function known(at: Cursor): string | undefined {
  const text = at.text();
  return text === UNKNOWN ? "late" : text;
}
