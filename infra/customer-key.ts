import * as kms from "@pulumi/aws/kms/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../core/arn.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { Account } from "./account.js";
import { KEY_DELETION_WINDOW_DAYS } from "./encryption/encryption-keys.js";
import { keyPolicy } from "./encryption/key-policy.js";
import { policyDocument } from "./identity/policy-document.js";
import type { Statement } from "./identity/policy-document.js";
import type { Principal } from "./identity/principal.js";
import { named } from "./options.js";
import type { Tags } from "./options.js";

/** What {@link createCustomerKey} takes. */
export interface CustomerKeySpec {
  readonly description: string;
  readonly administrators: readonly Principal[];
  /** Who uses the key, and how. */
  readonly use: readonly Statement[];
  readonly protect: boolean;
  readonly tags: Tags | undefined;
}

/**
 * A customer key for one thing, with an alias: rotated every year, administered as those of {@link EncryptionKeys} are.
 *
 * @returns The ARN.
 */
export function createCustomerKey(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: CustomerKeySpec,
): pulumi.Output<string> {
  const administrators = spec.administrators.map((one) => one.arn);
  const key = new kms.Key(
    name,
    {
      description: spec.description,
      enableKeyRotation: true,
      deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
      policy: policyDocument([...administration(account, administrators), ...spec.use]),
      tags: named(name, spec.tags),
    },
    { parent, protect: spec.protect },
  );
  new kms.Alias(`${name}-alias`, { name: `alias/${name}`, targetKeyId: key.keyId }, { parent });
  return key.arn;
}

/** Lets CloudWatch Logs use a key for the log groups of this account and Region. */
export function cloudWatchLogsUse(account: Account): readonly Statement[] {
  return keyPolicy("logs", account, []).filter(({ sid }) => sid === "CloudWatchLogs");
}

/** Checks that a known ARN is that of a key; aliases are refused, services store what they are given. */
export function keyArnIssues(path: string, given: pulumi.Input<string> | undefined): Issue[] {
  if (typeof given !== "string") return [];
  const parts = Arn.parts(given);
  if (parts?.service === "kms" && parts.resource.startsWith("key/")) return [];
  const advice = "Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'";
  return [issue("Malformed", path, "must be the ARN of a key", given, advice)];
}

function administration(account: Account, administrators: readonly pulumi.Input<string>[]): readonly Statement[] {
  return keyPolicy("logs", account, administrators).filter(({ sid }) => sid !== "CloudWatchLogs");
}
