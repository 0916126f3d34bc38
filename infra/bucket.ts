import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.js";
import { policyDocument } from "./identity/policy-document.js";
import type { Statement } from "./identity/policy-document.js";
import { named } from "./options.js";
import type { Tags } from "./options.js";

/** Days after which the parts of an upload that nobody finished are deleted; no listing shows them. */
const UNFINISHED_UPLOAD_DAYS = 7;

/** How long nobody may delete or overwrite what a bucket holds (S3 Object Lock, default retention). */
export interface ObjectLock {
  /** `GOVERNANCE` yields to who may `s3:BypassGovernanceRetention`, `COMPLIANCE` to nobody. */
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly days: number;
}

/** What {@link createBucket} takes. */
export interface BucketSpec {
  /** The key that encrypts the objects; `undefined` for S3's own, which buckets that take access logs must have. */
  readonly keyArn: pulumi.Input<string> | undefined;
  /** Statements besides the one that refuses whatever comes without TLS. */
  readonly statements: (bucketArn: pulumi.Output<string>) => readonly Statement[];
  /** Days after which objects end; `undefined` for never. */
  readonly expireAfterDays: number | undefined;
  /** Days for which a version that was overwritten or deleted can be brought back. */
  readonly keepOldVersionsDays: number;
  readonly objectLock: ObjectLock | undefined;
  /** The bucket that takes the log of accesses; `undefined` for one that takes such logs itself. */
  readonly accessLogBucket: s3.Bucket | undefined;
  /** Whether `pulumi destroy` deletes the bucket with what it holds. */
  readonly forceDestroy: boolean;
  readonly protect: boolean;
  readonly tags: Tags | undefined;
}

/** A bucket and its policy. What writes to the bucket waits for `policy`: services try the bucket when they are set up. */
export interface CreatedBucket {
  readonly bucket: s3.Bucket;
  readonly policy: s3.BucketPolicy;
}

/**
 * A bucket that is closed: no public access, no lists of rights (ACLs), TLS only, encrypted, with versions, a lifecycle and
 * a log of accesses (CIS AWS Foundations 2.1; Security Hub S3.1 to S3.20).
 */
export function createBucket(parent: pulumi.Resource, name: string, spec: BucketSpec): CreatedBucket {
  const bucket = new s3.Bucket(
    name,
    { objectLockEnabled: spec.objectLock !== undefined, forceDestroy: spec.forceDestroy, tags: named(name, spec.tags) },
    { parent, protect: spec.protect },
  );
  const block = new s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  new s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  const versioning = new s3.BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket: bucket.id, rules: [encryptionRule(spec.keyArn)] },
    { parent },
  );
  // A lifecycle with rules on old versions is refused while there are none.
  new s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { bucket: bucket.id, rules: lifecycleRules(spec) },
    { parent, dependsOn: [versioning] },
  );
  if (spec.objectLock !== undefined)
    new s3.BucketObjectLockConfiguration(
      `${name}-lock`,
      { bucket: bucket.id, rule: { defaultRetention: { mode: spec.objectLock.mode, days: spec.objectLock.days } } },
      { parent, dependsOn: [versioning] },
    );
  if (spec.accessLogBucket !== undefined)
    new s3.BucketLogging(
      `${name}-access-log`,
      { bucket: bucket.id, targetBucket: spec.accessLogBucket.id, targetPrefix: `${name}/` },
      { parent },
    );
  const policy = new s3.BucketPolicy(
    `${name}-policy`,
    { bucket: bucket.id, policy: policyDocument([tlsOnly(bucket.arn), ...spec.statements(bucket.arn)]) },
    { parent, dependsOn: [block] },
  );
  return { bucket, policy };
}

/** Days that a log of accesses is kept. */
const ACCESS_LOG_DAYS = 365;

/** Days for which a version that was overwritten or deleted can be brought back, where nobody reads old versions. */
export const OLD_VERSION_DAYS = 30;

/**
 * A bucket that takes the logs of accesses to others. S3 writes these under keys of its own only, and into no bucket with a
 * default lock (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
 */
export function createAccessLogBucket(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: Pick<BucketSpec, "forceDestroy" | "protect" | "tags">,
): s3.Bucket {
  return createBucket(parent, name, {
    ...spec,
    keyArn: undefined,
    objectLock: undefined,
    accessLogBucket: undefined,
    statements: (bucketArn) => [
      {
        sid: "AccessLogs",
        principals: { service: "logging.s3.amazonaws.com" },
        actions: ["s3:PutObject"],
        resources: [pulumi.interpolate`${bucketArn}/*`],
        conditions: { StringEquals: { "aws:SourceAccount": account.id } },
      },
    ],
    expireAfterDays: ACCESS_LOG_DAYS,
    keepOldVersionsDays: OLD_VERSION_DAYS,
  }).bucket;
}

/** Refuses every request that comes without TLS (Security Hub S3.5). */
function tlsOnly(bucketArn: pulumi.Output<string>): Statement {
  return {
    sid: "TlsOnly",
    effect: "Deny",
    principals: "*",
    actions: ["s3:*"],
    resources: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function encryptionRule(keyArn: pulumi.Input<string> | undefined) {
  return keyArn === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      };
}

function lifecycleRules(spec: BucketSpec) {
  const everything = { status: "Enabled", filter: { prefix: "" } };
  const old = {
    id: "old-versions",
    ...everything,
    abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_UPLOAD_DAYS },
    noncurrentVersionExpiration: { noncurrentDays: spec.keepOldVersionsDays },
  };
  return spec.expireAfterDays === undefined
    ? [old]
    : [old, { id: "end", ...everything, expiration: { days: spec.expireAfterDays } }];
}
