/**
 * Facts about the AWS services that have an interface endpoint: what their endpoint is called, and where there is none.
 *
 * Read 2026-11-21. Names in China: the list of exceptions in aws-cdk-lib (aws-ec2/lib/vpc-endpoint.ts), which follows
 * `aws ec2 describe-vpc-endpoint-services`. Where there is none: EKS Pod Identity is not in China
 * (https://docs.amazonaws.cn/en_us/eks/latest/userguide/pod-identities.html); for the others that have `notIn`, no public
 * source says what they are called there, and nothing is guessed.
 */

import type { RegionName } from "./regions.js";

const CHINA = ["cn-north-1", "cn-northwest-1"] as const satisfies readonly RegionName[];

/** What is known of one service. */
export interface EndpointServiceFacts {
  /** The prefix of its IAM actions, where that is not the name of the endpoint. */
  readonly iamPrefix?: string;
  /** Whether its endpoints in China begin with `cn.com.amazonaws` instead of `com.amazonaws`. */
  readonly chineseName?: true;
  /** Listed Regions without such an endpoint. */
  readonly notIn?: readonly RegionName[];
  /** Callers sign nothing there, so an endpoint policy has nobody to judge. */
  readonly unsigned?: true;
}

/** The services by the end of their endpoint's name: `com.amazonaws.<region>.<service>`. */
export const ENDPOINT_SERVICES = {
  "acm-pca": {},
  "aps-workspaces": { iamPrefix: "aps", notIn: CHINA },
  autoscaling: { chineseName: true },
  backup: { chineseName: true },
  ebs: { chineseName: true },
  ec2: { chineseName: true },
  ec2messages: {},
  "ecr.api": { iamPrefix: "ecr", chineseName: true },
  "ecr.dkr": { iamPrefix: "ecr", chineseName: true },
  eks: { chineseName: true },
  "eks-auth": { notIn: CHINA },
  elasticfilesystem: { chineseName: true },
  elasticloadbalancing: {},
  fsx: { chineseName: true },
  "guardduty-data": { iamPrefix: "guardduty", notIn: CHINA },
  "inspector2-telemetry": { notIn: CHINA },
  kms: {},
  logs: {},
  monitoring: { iamPrefix: "cloudwatch", chineseName: true },
  /** Discovery and keys of clusters' issuers, since 2026-07-27; `eks` answers for their names and does not know them. */
  "oidc-eks": { notIn: CHINA, unsigned: true },
  secretsmanager: {},
  sns: {},
  sqs: { chineseName: true },
  ssm: {},
  ssmmessages: {},
  sts: { chineseName: true },
  xray: { chineseName: true },
} as const satisfies Readonly<Record<string, EndpointServiceFacts>>;

/** A service with an interface endpoint. */
export type EndpointService = keyof typeof ENDPOINT_SERVICES;

/** What is known of a service. */
export function endpointFacts(service: EndpointService): EndpointServiceFacts {
  return ENDPOINT_SERVICES[service];
}

/** Whether a service has an interface endpoint in a listed Region. */
export function hasEndpoint(service: EndpointService, region: string): boolean {
  return endpointFacts(service).notIn?.some((one) => one === region) !== true;
}

/** The whole name of a service's interface endpoint: `com.amazonaws.eu-west-1.ecr.api`. */
export function endpointServiceName(service: EndpointService, region: string): string {
  const chinese = region.startsWith("cn-") && endpointFacts(service).chineseName === true;
  return `${chinese ? "cn." : ""}com.amazonaws.${region}.${service}`;
}

/** The name of the gateway endpoint of S3, which is of one form everywhere. */
export function s3GatewayName(region: string): string {
  return `com.amazonaws.${region}.s3`;
}
