import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../core/arn.js";
import { planRegion } from "./region.js";

/** Partitions other than `aws` by the beginning of their Regions' names (AWS SDKs, partitions.json, read 2026-11-21). */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

/** The partition of a Region: `aws-cn` for `cn-north-1`. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/**
 * The partition that a component deploys to, where it is known while the program runs: that of a plain ARN, else that of
 * the stack's Region, unless the component has a provider of its own.
 *
 * @param of The component.
 * @param arn ARN of something beside it, such as the cluster.
 */
export function knownPartition(of: pulumi.Resource, arn?: pulumi.Input<string>): string | undefined {
  if (typeof arn === "string") return Arn.parts(arn)?.partition;
  if (of.getProvider("aws:iam/role:Role") !== undefined) return undefined;
  const { region } = planRegion(undefined);
  return region === "" ? undefined : partitionOf(region);
}
