import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import type { RuleBody } from "../shapes.js";
import { onResource } from "../shapes.js";
import { failWhole, notApplicable, unknownWhole } from "../verdicts.js";
import { BUCKETS, settingsOf } from "./s3.js";

/** Wire token of a bucket. */
export const BUCKET = BUCKETS[0];

/** A setting of buckets, which stands on the bucket or in a resource of its own. */
export interface BucketSetting {
  /** Wire token of the resource of its own. */
  readonly separate: string;
  /** The input of the bucket itself, where it has one. */
  readonly inline?: string;
  /** Judges the setting as a resource of its own has it. */
  readonly judgeSeparate: (inputs: Cursor, name: string) => Verdict;
  /** Judges the setting on the bucket, which is there. */
  readonly judgeInline?: (at: Cursor, name: string) => Verdict;
  /** What follows from there being none, for the bucket of this name. */
  readonly missing: (name: string) => string;
  /**
   * Why a bucket needs none.
   *
   * @default - every bucket needs it
   */
  readonly exempt?: (world: World, bucket: PlannedResource) => string | undefined;
}

/** Judges a setting wherever it stands, and the buckets that lack it. */
export function onBucketSetting(setting: BucketSetting): RuleBody {
  const { separate, inline, judgeSeparate, judgeInline, missing, exempt } = setting;
  return onResource([...BUCKETS, separate], ({ resource, inputs, world }) => {
    if (resource.type === separate) {
      const [bucket] = world.resolve(resource, inputs.at("bucket"));
      const reason = bucket === undefined ? undefined : exempt?.(world, bucket);
      return reason === undefined ? judgeSeparate(inputs, resource.name) : notApplicable(reason);
    }
    const reason = exempt?.(world, resource);
    if (reason !== undefined) return notApplicable(reason);
    const own = inline === undefined ? undefined : inputs.at(inline);
    if (own?.isAbsent === false && judgeInline !== undefined) return judgeInline(own, resource.name);
    const found = settingsOf(world, resource, [separate]);
    if (found === UNKNOWN)
      return unknownWhole(`which settings bucket '${resource.name}' gets is not known before the deployment`);
    return found.length > 0 ? notApplicable("its setting is judged") : failWhole(missing(resource.name));
  });
}

/** Paths by which others write access logs into a bucket: other buckets, and load balancers. */
const LOG_TARGET = /^(targetBucket|logging\.targetBucket|accessLogs\.bucket|connectionLogs\.bucket)$/;

/**
 * Whether a bucket takes the access logs of other buckets or of load balancers, which write with keys of S3 only (S3 user guide,
 * "Enabling server access logging"; ELB user guide, "Access logs").
 */
export function takesAccessLogs(world: World, bucket: PlannedResource): boolean {
  return world.mentionsOf(bucket.urn).some(({ path }) => LOG_TARGET.test(path));
}
