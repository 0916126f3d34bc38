/**
 * Facts about AWS Regions that decide a plan, so that no lookup decides how many resources there are.
 *
 * Read 2026-11-21. Zone ids: the AZ ID table of the AWS Regions and Availability Zones guide
 * (https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html) through public copies of it. Zones where
 * EKS places no control plane (use1-az3, usw1-az2, cac1-az3) and zones closed to new accounts (apne1-az3) are left out:
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html. Image accounts:
 * https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html. cnn1-az4 is left out, where eksctl places no cluster
 * (its issue 3916).
 */

/** An Availability Zone id, the same place in every account: `euw1-az1`. Zone names (`eu-west-1a`) differ by account. */
export type ZoneId = `${string}-az${number}`;

/** A zone by the name that one account gives it: `eu-west-1a` may be another place in another account. */
export type ZoneName =
  `${string}-${string}${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}${"a" | "b" | "c" | "d" | "e" | "f" | "g"}`;

/** What is known of one Region. */
export interface RegionFacts {
  /** Zones that take an EKS control plane and nodes, in the order in which they are chosen. */
  readonly zones: readonly ZoneId[];
  /** The AWS account whose ECR registry holds the images of EKS add-ons in this Region. */
  readonly addOnImageAccount: string;
}

const COMMON_IMAGE_ACCOUNT = "602401143452";

/** The listed Regions by name. A Region that is not here is refused, never guessed. */
export const REGIONS = {
  "af-south-1": region("afs1", [1, 2, 3], "877085696533"),
  "ap-east-1": region("ape1", [1, 2, 3], "800184023465"),
  "ap-northeast-1": region("apne1", [1, 2, 4], COMMON_IMAGE_ACCOUNT),
  "ap-northeast-2": region("apne2", [1, 2, 3, 4], COMMON_IMAGE_ACCOUNT),
  "ap-northeast-3": region("apne3", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "ap-south-1": region("aps1", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "ap-south-2": region("aps2", [1, 2, 3], "900889452093"),
  "ap-southeast-1": region("apse1", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "ap-southeast-2": region("apse2", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "ap-southeast-3": region("apse3", [1, 2, 3], "296578399912"),
  "ap-southeast-4": region("apse4", [1, 2, 3], "491585149902"),
  "ca-central-1": region("cac1", [1, 2, 4], COMMON_IMAGE_ACCOUNT),
  "ca-west-1": region("caw1", [1, 2, 3], "761377655185"),
  "cn-north-1": region("cnn1", [1, 2], "918309763551"),
  "cn-northwest-1": region("cnnw1", [1, 2, 3], "961992271922"),
  "eu-central-1": region("euc1", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "eu-central-2": region("euc2", [1, 2, 3], "900612956339"),
  "eu-north-1": region("eun1", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "eu-south-1": region("eus1", [1, 2, 3], "590381155156"),
  "eu-south-2": region("eus2", [1, 2, 3], "455263428931"),
  "eu-west-1": region("euw1", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "eu-west-2": region("euw2", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "eu-west-3": region("euw3", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "il-central-1": region("ilc1", [1, 2, 3], "066635153087"),
  "me-central-1": region("mec1", [1, 2, 3], "759879836304"),
  "me-south-1": region("mes1", [1, 2, 3], "558608220178"),
  "sa-east-1": region("sae1", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "us-east-1": region("use1", [1, 2, 4, 5, 6], COMMON_IMAGE_ACCOUNT),
  "us-east-2": region("use2", [1, 2, 3], COMMON_IMAGE_ACCOUNT),
  "us-gov-east-1": region("usge1", [1, 2, 3], "151742754352"),
  "us-gov-west-1": region("usgw1", [1, 2, 3], "013241004608"),
  "us-west-1": region("usw1", [1, 3], COMMON_IMAGE_ACCOUNT),
  "us-west-2": region("usw2", [1, 2, 3, 4], COMMON_IMAGE_ACCOUNT),
} as const satisfies Readonly<Record<string, RegionFacts>>;

/** The name of a listed Region. */
export type RegionName = keyof typeof REGIONS;

/** The facts about a Region, or `undefined` for one that is not listed. */
export function regionFacts(name: string): RegionFacts | undefined {
  return Object.hasOwn(REGIONS, name) ? REGIONS[name as RegionName] : undefined;
}

/** The number in a zone id, 1 of `euw1-az1`, or `undefined` for what is not a zone id of a Region. */
export function zoneNumber(zone: string): number | undefined {
  const match = /^[a-z]+\d-az([1-9])$/.exec(zone);
  return match === null ? undefined : Number(match[1]);
}

/** The letter of a zone name as a number, 2 of `eu-west-1b`, or `undefined` for what is not a zone name of this Region. */
export function zoneLetter(region: string, zone: string): number | undefined {
  const letter = zone.startsWith(region) ? zone.slice(region.length) : "";
  return /^[a-g]$/.test(letter) ? letter.charCodeAt(0) - "a".charCodeAt(0) + 1 : undefined;
}

function region(prefix: string, numbers: readonly number[], addOnImageAccount: string): RegionFacts {
  return { zones: numbers.map((n) => `${prefix}-az${n}` as const), addOnImageAccount };
}
