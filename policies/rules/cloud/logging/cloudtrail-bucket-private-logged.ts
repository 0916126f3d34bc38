import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, Read, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { statementsOf } from "../../../lib/iam.js";
import { allowsEverybody } from "../../../lib/resource-policies.js";
import { BUCKETS, settingsOf } from "../../../lib/s3.js";
import type { ExampleObject, ExampleResource } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const TRAIL = "aws:cloudtrail/trail:Trail";
const ACL = "aws:s3/bucketAcl:BucketAcl";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const LOGGING = "aws:s3/bucketLogging:BucketLogging";

function trail(bucket: ExampleObject, ...others: readonly ExampleResource[]) {
  return [
    planned(TRAIL, "audit", { s3BucketName: ref("trail", "bucket") }),
    planned(BUCKETS[0], "trail", bucket),
    ...others,
  ];
}

const LOGGED = planned(LOGGING, "access", {
  bucket: ref("trail", "id"),
  targetBucket: "access-logs",
  targetPrefix: "trail/",
});

/** The bucket that a trail writes to, where this plan makes it, is not public and keeps a log of who reads it. */
export const cloudtrailBucketPrivateLogged = defineRule({
  id: "cloudtrail-bucket-private-logged",
  title: "the bucket of a trail is private, and its readers are on record",
  ring: "cloud",
  severity: "high",
  rationale:
    "The trail names every account, key, role and address in use. Whoever reads it knows how to go on, and whoever may delete from it goes unseen.",
  remediation:
    'new aws.s3.BucketLogging("trail", { bucket: trail.id, targetBucket: accessLogs.id, targetPrefix: "trail/" })',
  references: references("catalogue/rules.csv: AWS-0161, AWS-0163, PRW, PPB", {
    "aws-security-hub": ["CloudTrail.6", "CloudTrail.7"],
    "cis-aws-7": ["4.4"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everybody may read it",
        resources: trail({}, planned(ACL, "acl", { bucket: ref("trail", "id"), acl: "public-read" }), LOGGED),
        path: "s3BucketName",
      },
      { title: "nobody sees who reads it", resources: trail({}), path: "s3BucketName" },
      {
        title: "its policy lets everybody in",
        resources: trail(
          {},
          planned(POLICY, "open", {
            bucket: ref("trail", "id"),
            policy: json({ Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }] }),
          }),
          LOGGED,
        ),
        path: "s3BucketName",
      },
    ],
    pass: [
      { title: "private, with a log", resources: trail({}, LOGGED) },
      { title: "the log is set on the bucket itself", resources: trail({ logging: { targetBucket: "access-logs" } }) },
      {
        title: "what its list of rights says is blocked",
        resources: trail(
          {},
          planned(ACL, "acl", { bucket: ref("trail", "id"), acl: "public-read" }),
          planned(BLOCK, "block", { bucket: ref("trail", "id"), ignorePublicAcls: true, restrictPublicBuckets: true }),
          LOGGED,
        ),
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: trail(
          {},
          planned(POLICY, "late", { bucket: ref("trail", "id"), policy: unresolved("string") }),
          LOGGED,
        ),
        path: "s3BucketName",
      },
    ],
  },
  ...onResource([TRAIL, ...BUCKETS, ACL, POLICY, BLOCK, LOGGING], ({ resource, inputs, world }) => {
    if (resource.type !== TRAIL) return notApplicable("trails are judged");
    const at = inputs.at("s3BucketName");
    const [bucket] = world.resolve(resource, at).filter(({ type }) => BUCKETS.some((t) => t === type));
    if (bucket === undefined) return notApplicable("its bucket is not in this plan");
    const open = isPublic(world, bucket);
    const logged = isLogged(world, bucket);
    const what = `trail '${resource.name}' writes to bucket '${bucket.name}'`;
    if (open === true) return fail(at, `${what}, which is public`);
    if (open === UNKNOWN)
      return unknown(
        at,
        `whether everybody may read bucket '${bucket.name}' of trail '${resource.name}' is not known before the deployment`,
      );
    if (logged === UNKNOWN)
      return unknown(at, `whether readers of bucket '${bucket.name}' are on record is not known before the deployment`);
    return logged
      ? pass()
      : fail(at, `${what}, and nothing records who reads or deletes there`, { severity: "medium" });
  }),
});

/** Whether a list of rights or a policy lets everybody in, and no block undoes it. */
function isPublic(world: World, bucket: PlannedResource): Read<boolean> {
  const own = world.inputsOf(bucket);
  const lists = [own.at("acl"), ...of(world, bucket, ACL, "acl")];
  const policies = [own.at("policy"), ...of(world, bucket, POLICY, "policy")].filter((at) => !at.isAbsent);
  const blocks = (flag: string) => of(world, bucket, BLOCK, flag).some((at) => at.boolean() === true);
  const byList = some(lists.map((at) => textIs(at, /^public-|^authenticated-read$/)));
  const byPolicy = some(
    policies.map((at) => {
      const statements = statementsOf(at);
      return statements === UNKNOWN ? UNKNOWN : some(statements.map(allowsEverybody));
    }),
  );
  return some([blocks("ignorePublicAcls") ? false : byList, blocks("restrictPublicBuckets") ? false : byPolicy]);
}

function isLogged(world: World, bucket: PlannedResource): Read<boolean> {
  const separate = settingsOf(world, bucket, [LOGGING]);
  if (!world.inputsOf(bucket).at("logging").isAbsent) return true;
  return separate === UNKNOWN ? UNKNOWN : separate.length > 0;
}

function of(world: World, bucket: PlannedResource, type: string, input: string): readonly Cursor[] {
  const settings = settingsOf(world, bucket, [type]);
  return settings === UNKNOWN ? [] : settings.map((inputs) => inputs.at(input));
}

function textIs(at: Cursor, pattern: RegExp): Read<boolean> {
  const text = at.string();
  return text === UNKNOWN ? UNKNOWN : pattern.test(text ?? "");
}
