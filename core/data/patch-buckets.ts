/**
 * The buckets of AWS from which Patch Manager reads on a machine, by Region, and the one with the packages of Amazon Linux 2023.
 *
 * Read 2026-11-21 in a copy of "Reference: Amazon S3 buckets for patching operations" of the Systems Manager user guide
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html), which names no Region of
 * China or GovCloud; and "Managing package and operating system updates in AL2023"
 * (https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html).
 */

/** What follows `aws-patch-manager-<region>-`. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  "af-south-1": "bdd5f65a9",
  "ap-east-1": "632356271",
  "ap-northeast-1": "4849fa78f",
  "ap-northeast-2": "10467995c",
  "ap-northeast-3": "67373598a",
  "ap-south-1": "cb7c62ff9",
  "ap-south-2": "32f4b4128",
  "ap-southeast-1": "7fdfd9ef7",
  "ap-southeast-2": "17283a275",
  "ap-southeast-3": "aa48fc462",
  "ap-southeast-4": "01e2c40d3",
  "ca-central-1": "3148e69e3",
  "ca-west-1": "9e3a4b2f9",
  "eu-central-1": "9163fdaaf",
  "eu-central-2": "184ce43c8",
  "eu-north-1": "795879e9b",
  "eu-south-1": "c52f3f594",
  "eu-south-2": "a4cf248b1",
  "eu-west-1": "5522fb710",
  "eu-west-2": "902a2bc74",
  "eu-west-3": "29bf85721",
  "il-central-1": "e221cb57b",
  "me-central-1": "2932f2f80",
  "me-south-1": "a53fc9dce",
  "sa-east-1": "ddf4b6a09",
  "us-east-1": "1970c647d",
  "us-east-2": "552881074",
  "us-west-1": "8badb4304",
  "us-west-2": "34d7f99f8",
};

/** What follows `patch-baseline-snapshot-<region>`, where anything does. */
const SNAPSHOTS: Readonly<Record<string, string>> = {
  "af-south-1": "-tbxdb5b9",
  "ap-south-2": "-50209442",
  "ap-southeast-3": "-be0a3174",
  "ap-southeast-4": "-dc6f76ce",
  "eu-south-2": "-df2c9d70",
  "me-south-1": "-uduvl7q8",
};

/** The buckets of one Region. */
export interface PatchBuckets {
  /** What Patch Manager runs, and the snapshot of the baseline: read with the machine's credentials or by signed addresses. */
  readonly manager: readonly string[];
  /** The packages of Amazon Linux 2023 and what is known of them: read without credentials. */
  readonly packages: string;
}

/** The buckets of a Region, or `undefined` for one that AWS's page does not list. */
export function patchBuckets(region: string): PatchBuckets | undefined {
  const documents = DOCUMENTS[region];
  if (documents === undefined) return undefined;
  return {
    manager: [
      `aws-patch-manager-${region}-${documents}`,
      `patch-baseline-snapshot-${region}${SNAPSHOTS[region] ?? ""}`,
    ],
    packages: `al2023-repos-${region}-de612dc2`,
  };
}
