import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { ownedBy } from "./owned.js";

/** Wire tokens of buckets: the one of today, and the one that older programs have. */
export const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/**
 * The inputs of the separate resources by which a bucket gets a setting. `UNKNOWN` when none names the bucket and one names
 * its bucket by a late value or by a text that no resource of the plan explains.
 */
export function settingsOf(world: World, bucket: PlannedResource, types: readonly string[]): Read<readonly Cursor[]> {
  const name = world.inputsOf(bucket).at("bucket").string();
  const found = types.map((type) => ownedBy(world, bucket, { type, input: "bucket", name }));
  const known = found.flatMap((read) => (read === UNKNOWN ? [] : read));
  return known.length === 0 && found.includes(UNKNOWN) ? UNKNOWN : known.map((resource) => world.inputsOf(resource));
}
