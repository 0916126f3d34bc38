import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET } from "../../../lib/bucket-settings.js";
import { BUCKETS, settingsOf } from "../../../lib/s3.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, notApplicable, pass, unknown } from "../../../verdicts.js";

const TRAIL = "aws:cloudtrail/trail:Trail";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

/** What writes records that must not change, and the input by which it names its bucket. */
const RECORDS: ReadonlyMap<string, string> = new Map([
  [TRAIL, "s3BucketName"],
  ["aws:cfg/deliveryChannel:DeliveryChannel", "s3BucketName"],
  ["aws:s3/bucketLogging:BucketLogging", "targetBucket"],
  ["aws:ec2/flowLog:FlowLog", "logDestination"],
]);

function trail(bucket: ExampleObject) {
  return [planned(BUCKET, "trail", bucket), planned(TRAIL, "audit", { s3BucketName: ref("trail", "id") })];
}

/** A bucket that takes records (of CloudTrail, Config, flow logs, accesses) lets nobody change or delete them before their time. */
export const s3ObjectLock = defineRule({
  id: "s3-object-lock",
  title: "records cannot be changed in their bucket",
  ring: "cloud",
  severity: "low",
  rationale:
    "Whoever broke in deletes the record of it first. A lock holds against administrators too, until its time is over.",
  remediation: "objectLockEnabled: true",
  references: references("catalogue/rules.csv: CKV_AWS_143, NAG S3BucketDefaultLockEnabled, PPB", {
    "aws-security-hub": ["S3.15"],
    "pci-dss-4": ["10.3.4"],
    hipaa: ["164.308(a)(1)(ii)(b)"],
    "nist-csf-2": ["ID.AM-07", "RC.RP-02"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "left out, which is no lock", resources: trail({}), path: "objectLockEnabled" }],
    pass: [
      { title: "locked", resources: trail({ objectLockEnabled: true }) },
      {
        title: "locked by a resource of its own",
        resources: [...trail({}), planned(LOCK, "lock", { bucket: ref("trail", "id") })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: trail({ objectLockEnabled: unresolved("boolean") }),
        path: "objectLockEnabled",
      },
    ],
  },
  ...onResource([...BUCKETS, LOCK, ...RECORDS.keys()], ({ resource, inputs, world }) => {
    if (resource.type !== BUCKET || !takesRecords(world, resource)) return notApplicable("it takes no records");
    const separate = settingsOf(world, resource, [LOCK]);
    const at = inputs.at("objectLockEnabled");
    if (separate === UNKNOWN)
      return unknown(at, `whether bucket '${resource.name}' is locked is not known before the deployment`);
    if (separate.length > 0) return pass();
    return expectBoolean(at, {
      absent: false,
      accept: (value) => value,
      message: `bucket '${resource.name}' takes records, and whoever may delete there deletes them`,
      undecided: `whether bucket '${resource.name}' is locked is not known before the deployment`,
      fix: true,
    });
  }),
});

function takesRecords(world: World, bucket: PlannedResource): boolean {
  return world.mentionsOf(bucket.urn).some(({ resource, path }) => RECORDS.get(resource.type) === path);
}
