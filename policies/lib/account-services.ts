import type { PlannedResource } from "../../plan/model/index.js";
import type { World } from "../../plan/world/index.js";

/** Wire token of a GuardDuty detector. */
export const DETECTOR = "aws:guardduty/detector:Detector";

/** Wire token of one feature of a detector. */
export const DETECTOR_FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";

/** Wire token of what AWS Config records. */
export const RECORDER = "aws:cfg/recorder:Recorder";

/**
 * Services that watch an account as a whole. A program that sets up at least two of them sets up the account, and what it leaves
 * out is left out; one that has fewer is a stack of many, and no plan shows the others.
 */
const WATCHERS = [
  DETECTOR,
  RECORDER,
  "aws:cloudtrail/trail:Trail",
  "aws:securityhub/account:Account",
  "aws:accessanalyzer/analyzer:Analyzer",
  "aws:inspector2/enabler:Enabler",
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
] as const;

/** Wire tokens by which a program shows that it sets up an account. */
export const BASELINE_TYPES: readonly string[] = WATCHERS;

/** The first resource of a plan that sets up an account as a whole; `undefined` for every other plan. */
export function baselineOf(world: World): PlannedResource | undefined {
  const present = WATCHERS.flatMap((type) => world.ofType(type).slice(0, 1));
  return present.length >= 2 ? present[0] : undefined;
}
