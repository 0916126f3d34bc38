/**
 * Services, and parts of services, that some Regions do not have.
 *
 * Read 2026-11-21. Endpoints: botocore 1.44.5 of 2026-11, `endpoints.json`. Parts of services: "Getting Started with Amazon Web
 * Services in China" (https://docs.amazonaws.cn/en_us/aws/latest/userguide/guardduty.html) and the ECR user guide, "Considerations
 * for using pull through cache rules". A Region that is not named here is taken to have the service: AWS says so when not.
 */
const MISSING = {
  /** Amazon Detective, by its endpoint `api.detective`. */
  detective: [
    "ap-east-2",
    "ap-northeast-3",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-2",
    "eu-south-2",
    "me-central-1",
    "mx-central-1",
  ],
  /** Runtime Monitoring of GuardDuty. */
  guardDutyRuntime: ["cn-north-1", "cn-northwest-1"],
  /** Amazon Inspector, by its endpoint `inspector2`. */
  inspector: ["ap-southeast-6"],
  /** Pull-through cache rules of ECR. */
  pullThroughCache: ["cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A service, or a part of one, that not all Regions have. */
export type PartialService = keyof typeof MISSING;

/** Whether a Region is known to be without a service. */
export function isMissingIn(service: PartialService, region: string): boolean {
  return (MISSING[service] as readonly string[]).includes(region);
}
