import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** A key's id as KMS makes it, a multi-Region one's too; services store what they are given, so that aliases are none. */
const KEY_RESOURCE = /^key\/[A-Za-z0-9-]+$/;

/** Checks that a known ARN is that of a key; aliases are refused, services store what they are given. */
export function keyArnIssues(path: string, given: pulumi.Input<string> | undefined): Issue[] {
  if (typeof given !== "string") return [];
  const parts = Arn.parts(given);
  if (parts?.service === "kms" && parts.region !== "" && parts.account !== "" && KEY_RESOURCE.test(parts.resource))
    return [];
  const advice = "Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'";
  return [issue("Malformed", path, "must be the ARN of a key", given, advice)];
}
