import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";

/** Wire tokens of buckets: the one of today, and the one that older programs have. */
export const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/**
 * The inputs of the separate resources by which a bucket gets a setting. `UNKNOWN` when none names the bucket and one names
 * its bucket by a late value or by a text that no resource of the plan explains.
 */
export function settingsOf(world: World, bucket: PlannedResource, types: readonly string[]): Read<readonly Cursor[]> {
  const candidates = world.ofType(...types).map((resource) => {
    const inputs = world.inputsOf(resource);
    return { inputs, buckets: world.resolve(resource, inputs.at("bucket")), name: inputs.at("bucket").string() };
  });
  const own = world.inputsOf(bucket).at("bucket").string();
  const found = candidates.filter(
    ({ buckets, name }) =>
      buckets.includes(bucket) || (buckets.length === 0 && typeof name === "string" && name === own),
  );
  if (found.length > 0) return found.map(({ inputs }) => inputs);
  const unexplained = candidates.some(
    ({ buckets, name }) => buckets.length === 0 && (name === UNKNOWN || own === UNKNOWN),
  );
  return unexplained ? UNKNOWN : [];
}
