/**
 * What AWS charges for things that cost the same whatever they do: on-demand list prices in USD, without tax, discounts,
 * reservations or free tiers.
 *
 * Collected 2026-11-21 from public copies of the AWS Price List
 * (https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json) and not from AWS itself: each entry says which
 * offer and usage type it is, the page of AWS that explains it, and how old the copy is. What no copy told for a Region is
 * left out there, and what it belongs to is then reported as not priced.
 *
 * To refresh: `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/<offer>/current/<Region>/index.json`.
 */
import type { InstanceType } from "./instance-prices.js";
import { INSTANCE_PRICES } from "./instance-prices.js";

/** The day on which the prices were collected. */
export const PRICES_COLLECTED = "2026-11-21";

/** Hours of a month, as AWS counts them in its calculator: 365 days of 24 hours, over 12. */
export const HOURS_PER_MONTH = 730;

/** The Regions of which there are prices. */
export const PRICED_REGIONS = ["eu-west-1", "us-east-1"] as const;

/** A Region of which there are prices. */
export type PricedRegion = (typeof PRICED_REGIONS)[number];

/** A price and where it comes from. */
export interface Price {
  /** For what one pays: an hour of existence, a month of it, or a month of a GiB. */
  readonly per: "hour" | "month" | "GiB-month";
  /** USD by Region. A Region that is not here has no price. */
  readonly usd: Readonly<Partial<Record<PricedRegion, number>>>;
  /** Offer of the price list, and its usage type without the prefix of the Region. */
  readonly offer: string;
  /** The page of AWS that says how it is charged. */
  readonly page: string;
  /** The day, or the month, of the copy that was read; `undated` when it does not tell. */
  readonly read: string;
}

const EKS_PAGE = "https://aws.amazon.com/eks/pricing/";
const VPC_PAGE = "https://aws.amazon.com/vpc/pricing/";
const ELB_PAGE = "https://aws.amazon.com/elasticloadbalancing/pricing/";
const EBS_PAGE = "https://aws.amazon.com/ebs/pricing/";
const KMS_PAGE = "https://aws.amazon.com/kms/pricing/";

/** Prices by what is paid for, machines apart: see {@link instancePrice}. */
export const PRICES = {
  /** A control plane in standard support. */
  cluster: {
    per: "hour",
    usd: { "eu-west-1": 0.1, "us-east-1": 0.1 },
    offer: "AmazonEKS AmazonEKS-Hours:perCluster",
    page: EKS_PAGE,
    read: "2026-09-28",
  },
  /** What extended support of an old Kubernetes version adds; the same in every Region, as AWS announced it. */
  extendedSupport: {
    per: "hour",
    usd: { "eu-west-1": 0.5, "us-east-1": 0.5 },
    offer: "AmazonEKS AmazonEKS-Hours:extendedSupport",
    page: EKS_PAGE,
    read: "2026-09-28",
  },
  /** What a provisioned control plane adds. */
  "tier-xl": {
    per: "hour",
    usd: { "us-east-1": 1.65 },
    offer: "AmazonEKS AmazonEKS-Hours:XL-ProvisionedTier",
    page: EKS_PAGE,
    read: "2026-09-28",
  },
  "tier-2xl": {
    per: "hour",
    usd: { "us-east-1": 3.4 },
    offer: "AmazonEKS AmazonEKS-Hours:2XL-ProvisionedTier",
    page: EKS_PAGE,
    read: "2026-09-28",
  },
  "tier-4xl": {
    per: "hour",
    usd: { "us-east-1": 6.9 },
    offer: "AmazonEKS AmazonEKS-Hours:4XL-ProvisionedTier",
    page: EKS_PAGE,
    read: "2026-09-28",
  },
  "tier-8xl": {
    per: "hour",
    usd: { "us-east-1": 13.9 },
    offer: "AmazonEKS AmazonEKS-Hours:8XL-ProvisionedTier",
    page: EKS_PAGE,
    read: "2026-09-28",
  },
  /** An interface endpoint in one zone. Gateway endpoints cost nothing. */
  endpoint: {
    per: "hour",
    usd: { "eu-west-1": 0.011, "us-east-1": 0.01 },
    offer: "AmazonVPC VpcEndpoint-Hours",
    page: "https://aws.amazon.com/privatelink/pricing/",
    read: "2026-09-21",
  },
  /** A zonal NAT gateway. */
  natGateway: {
    per: "hour",
    usd: { "eu-west-1": 0.048, "us-east-1": 0.045 },
    offer: "AmazonEC2 NatGateway-Hours",
    page: VPC_PAGE,
    read: "2026-09-25",
  },
  /** A Network Firewall endpoint in one zone. */
  firewallEndpoint: {
    per: "hour",
    usd: { "us-east-1": 0.395 },
    offer: "AWSNetworkFirewall Endpoint-Hour",
    page: "https://aws.amazon.com/network-firewall/pricing/",
    read: "undated",
  },
  /** A public IPv4 address, used or not. */
  publicAddress: {
    per: "hour",
    usd: { "eu-west-1": 0.005, "us-east-1": 0.005 },
    offer: "AmazonVPC PublicIPv4:InUseAddress",
    page: VPC_PAGE,
    read: "2026-09-29",
  },
  /** A transit gateway's attachment to a VPC. */
  transitGatewayAttachment: {
    per: "hour",
    usd: { "us-east-1": 0.05 },
    offer: "AmazonVPC TransitGateway-Hours",
    page: "https://aws.amazon.com/transit-gateway/pricing/",
    read: "2026-06",
  },
  /** A Client VPN endpoint's association with a subnet. */
  clientVpnAssociation: {
    per: "hour",
    usd: { "us-east-1": 0.1 },
    offer: "AmazonVPC ClientVPN-EndpointHours",
    page: "https://aws.amazon.com/vpn/pricing/",
    read: "undated",
  },
  /** One address of a Route 53 Resolver endpoint. */
  resolverAddress: {
    per: "hour",
    usd: { "us-east-1": 0.125 },
    offer: "AmazonRoute53 ResolverNetworkInterface",
    page: "https://aws.amazon.com/route53/pricing/",
    read: "2026-09-24",
  },
  /** One of the first twenty-five hosted zones of an account; the same in every Region. */
  hostedZone: {
    per: "month",
    usd: { "eu-west-1": 0.5, "us-east-1": 0.5 },
    offer: "AmazonRoute53 HostedZone",
    page: "https://aws.amazon.com/route53/pricing/",
    read: "2026-09-24",
  },
  applicationLoadBalancer: {
    per: "hour",
    usd: { "eu-west-1": 0.0252, "us-east-1": 0.0225 },
    offer: "AWSELB LoadBalancerUsage LoadBalancing:Application",
    page: ELB_PAGE,
    read: "2026-09-21",
  },
  networkLoadBalancer: {
    per: "hour",
    usd: { "eu-west-1": 0.0252, "us-east-1": 0.0225 },
    offer: "AWSELB LoadBalancerUsage LoadBalancing:Network",
    page: ELB_PAGE,
    read: "2026-09-21",
  },
  classicLoadBalancer: {
    per: "hour",
    usd: { "eu-west-1": 0.028, "us-east-1": 0.025 },
    offer: "AWSELB LoadBalancerUsage LoadBalancing",
    page: ELB_PAGE,
    read: "2026-09-21",
  },
  gp3: {
    per: "GiB-month",
    usd: { "eu-west-1": 0.088, "us-east-1": 0.08 },
    offer: "AmazonEC2 EBS:VolumeUsage.gp3",
    page: EBS_PAGE,
    read: "2026-10-08",
  },
  gp2: {
    per: "GiB-month",
    usd: { "eu-west-1": 0.11, "us-east-1": 0.1 },
    offer: "AmazonEC2 EBS:VolumeUsage.gp2",
    page: EBS_PAGE,
    read: "2026-09-21",
  },
  /** A customer key in its first year; each of its first two rotations adds as much again. */
  key: {
    per: "month",
    usd: { "eu-west-1": 1, "us-east-1": 1 },
    offer: "awskms KMS-Keys",
    page: KMS_PAGE,
    read: "2026-09-21",
  },
  secret: {
    per: "month",
    usd: { "eu-west-1": 0.4, "us-east-1": 0.4 },
    offer: "AWSSecretsManager AWSSecretsManager-Secrets",
    page: "https://aws.amazon.com/secrets-manager/pricing/",
    read: "2026-09-21",
  },
  /** A metric of an alarm with a period of a minute or more. */
  alarm: {
    per: "month",
    usd: { "eu-west-1": 0.1, "us-east-1": 0.1 },
    offer: "AmazonCloudWatch CW:AlarmMonitorUsage",
    page: "https://aws.amazon.com/cloudwatch/pricing/",
    read: "2026-09-22",
  },
} as const satisfies Readonly<Record<string, Price>>;

/** What a price is for. */
export type PriceKey = keyof typeof PRICES;

/** Whether there are prices of a Region. */
export function isPricedRegion(region: string): region is PricedRegion {
  return PRICED_REGIONS.some((priced) => priced === region);
}

/** USD a month of one unit in a Region; `undefined` when no price is known. */
export function monthlyPrice(key: PriceKey, region: string): number | undefined {
  const { per, usd }: Price = PRICES[key];
  const price = isPricedRegion(region) ? usd[region] : undefined;
  return price === undefined || per !== "hour" ? price : price * HOURS_PER_MONTH;
}

/** USD a month of one on-demand machine with Linux; `undefined` when no price is known. */
export function instancePrice(type: string, region: string): number | undefined {
  if (!isPricedRegion(region) || !Object.hasOwn(INSTANCE_PRICES, type)) return undefined;
  return INSTANCE_PRICES[type as InstanceType][region] * HOURS_PER_MONTH;
}
