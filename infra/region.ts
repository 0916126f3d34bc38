import * as pulumi from "@pulumi/pulumi";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";

/**
 * The Region as a plain value: the argument, else `aws:region` of the stack, else the environment that the AWS provider
 * reads (`AWS_REGION`, `AWS_DEFAULT_REGION`). It decides zones, so it cannot be an Output; with an explicit provider for
 * another Region, pass the argument.
 *
 * @returns The Region, or one issue when nobody names it.
 */
export function planRegion(region: string | undefined): { readonly region: string; readonly issues: readonly Issue[] } {
  const found =
    region ?? new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  if (found !== undefined && found !== "") return { region: found, issues: [] };
  const advice = "Run `pulumi config set aws:region eu-west-1`, or pass `region`";
  return { region: "", issues: [issue("Required", "region", "must be known while the program runs", found, advice)] };
}
