import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { Account } from "./account.js";
import { administration } from "./encryption/key-policy.js";
import { KEY_DELETION_WINDOW_DAYS, KEY_ROTATION_DAYS, keySpecIssues } from "./encryption/key-settings.js";
import type { KeySettings } from "./encryption/key-settings.js";
import { lockOutIssues } from "./encryption/lock-out.js";
import { refuse } from "./errors.js";
import { policyDocument } from "./identity/policy-document.js";
import type { Statement } from "./identity/policy-document.js";
import type { Principal } from "./identity/principal.js";
import { named } from "./options.js";
import type { Tags } from "./options.js";

/** What {@link createKey} takes. */
export interface KeySpec extends KeySettings {
  readonly description: string;
  /** With its prefix: `alias/prod-secrets`. */
  readonly alias: string;
  readonly administrators: readonly Principal[];
  /** Who administers the key among them. */
  readonly statements: readonly Statement[];
  readonly multiRegion?: boolean;
  readonly protect: boolean;
  readonly tags: Tags | undefined;
  readonly transform?: (args: kms.KeyArgs) => kms.KeyArgs;
  readonly dependsOn?: pulumi.CustomResourceOptions["dependsOn"];
}

/**
 * A symmetric customer key that rotates, with an alias.
 *
 * @throws pulumi.RunError for a policy that would lock everybody out, as soon as its text is known, and for a key that is not
 *   symmetric.
 */
export function createKey(parent: pulumi.Resource, account: Account, name: string, spec: KeySpec): kms.Key {
  const computed: kms.KeyArgs = {
    description: spec.description,
    enableKeyRotation: true,
    rotationPeriodInDays: spec.rotationDays ?? KEY_ROTATION_DAYS,
    deletionWindowInDays: spec.deletionWindowDays ?? KEY_DELETION_WINDOW_DAYS,
    ...(spec.multiRegion === true && { multiRegion: true }),
    policy: policyDocument(spec.statements),
    tags: named(name, spec.tags),
  };
  const edited = spec.transform?.(computed) ?? computed;
  refuse(`Key '${name}'`, keySpecIssues("transformKey", edited));
  const policy = withoutLockOut(`Key '${name}'`, account, spec.administrators, edited.policy);
  const key = new kms.Key(
    name,
    { ...edited, ...(policy !== undefined && { policy }) },
    { parent, protect: spec.protect, ...(spec.dependsOn !== undefined && { dependsOn: spec.dependsOn }) },
  );
  new kms.Alias(`${name}-alias`, { name: spec.alias, targetKeyId: key.keyId }, { parent });
  return key;
}

/**
 * The policy as it was given; a preview that knows its text fails when it would lock everybody out.
 *
 * @param where For the message.
 */
export function withoutLockOut(
  where: string,
  account: Account,
  administrators: readonly Principal[],
  policy: kms.KeyArgs["policy"],
): pulumi.Output<string | undefined> | undefined {
  if (policy === undefined) return undefined;
  const known = pulumi.all([policy, account.id, pulumi.all(administrators.map(({ arn }) => arn))]);
  return known.apply(([text, accountId, arns]) => {
    if (text !== undefined)
      refuse(where, [...strangerIssues(arns, accountId), ...lockOutIssues("policy", text, accountId)]);
    return text;
  });
}

/** Administrators who are all of other accounts: then none of the key's own account is named. */
function strangerIssues(arns: readonly string[], accountId: string): Issue[] {
  if (arns.length === 0 || arns.some((one) => one.includes(`:${accountId}:`))) return [];
  const advice = "Name a role of the account that holds the key, beside those of others";
  const rule = `must hold one of account ${accountId}, which has the key`;
  return [issue("NotAllowed", "administrators", rule, arns.join(", "), advice)];
}

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
  { use, ...spec }: CustomerKeySpec,
): pulumi.Output<string> {
  const administrators = spec.administrators.map((one) => one.arn);
  const statements = [...administration(account, { administrators }), ...use];
  return createKey(parent, account, name, { ...spec, alias: `alias/${name}`, statements }).arn;
}
