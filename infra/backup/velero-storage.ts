import * as pulumi from "@pulumi/pulumi";
import { defined } from "../../core/defined.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import { createAccessLogBucket, createBucket } from "../bucket.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { RecordLock, recordLockIssues } from "../detection/record-lock.js";
import { refuse } from "../errors.js";
import type { Statement } from "../identity/policy-document.js";
import { PodIdentity } from "../identity/pod-identity.js";
import type { PodIdentityCluster } from "../identity/pod-identity-trust.js";
import { published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";

/** The defaults of {@link VeleroStorageArgs}: the names of Velero's own chart. */
export const VELERO_DEFAULTS = { namespace: "velero", serviceAccount: "velero-server", lockDays: 35 } as const;

/** Arguments of {@link VeleroStorage}. */
export interface VeleroStorageArgs {
  /** The cluster that Velero runs in. */
  readonly cluster: PodIdentityCluster;
  /** ARN of the key that encrypts backups; its policy lets roles of the account use it through S3. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * The namespace that Velero runs in.
   *
   * @default "velero"
   */
  readonly namespace?: string;
  /**
   * The service account of Velero's server.
   *
   * @default "velero-server"
   */
  readonly serviceAccount?: string;
  /**
   * How backups are kept from being deleted. What Velero deletes stays as an old version until the lock ends.
   *
   * @default - `RecordLock.governance(35)`
   */
  readonly lock?: RecordLock;
  /**
   * Whether the bucket may be deleted, with what it holds.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of Velero's role. It has to allow the calls on objects.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * What Velero needs of AWS: a locked, encrypted bucket, and a role by Pod Identity that reads and writes there and nothing
 * else. Volumes go by snapshots of the CSI driver (Velero's feature `EnableCSI`, a part of it since 1.14), so that the role
 * has no rights in EC2 (https://velero.io/docs/main/csi/).
 */
export class VeleroStorage extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: VeleroStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:VeleroStorage", name, {}, opts);
    const lock = args.lock ?? RecordLock.governance(VELERO_DEFAULTS.lockDays);
    refuse(`VeleroStorage '${name}'`, [
      ...bucketNameIssues(name),
      ...keyArnIssues("keyArn", args.keyArn),
      ...recordLockIssues("lock", lock, 36_500),
    ]);
    const account = accountOf(this);
    const protection = args.deletionProtection ?? DeletionProtection.on();

    const common = { protect: protection.enabled, forceDestroy: !protection.enabled, tags: args.tags };
    const { bucket } = createBucket(this, `${name}-backups`, {
      ...common,
      keyArn: args.keyArn,
      objectLock: lock.objectLock,
      accessLogBucket: createAccessLogBucket(this, account, `${name}-accesses`, common),
      statements: () => [],
      expireAfterDays: undefined,
      keepOldVersionsDays: lock.objectLock?.days ?? VELERO_DEFAULTS.lockDays,
    });
    const identity = new PodIdentity(
      name,
      {
        cluster: args.cluster,
        namespace: args.namespace ?? VELERO_DEFAULTS.namespace,
        serviceAccount: args.serviceAccount ?? VELERO_DEFAULTS.serviceAccount,
        statements: veleroStatements(account, bucket.arn, args.keyArn),
        ...defined({ permissionsBoundaryArn: args.permissionsBoundaryArn, tags: args.tags }),
      },
      { parent: this, ...defined({ dependsOn: opts?.dependsOn }) },
    );

    this.bucketName = bucket.id;
    this.roleArn = identity.roleArn;
    const relaxations = [lock, protection].flatMap(({ relaxation }) => relaxation ?? []);
    this.registerOutputs(published({ bucketName: this.bucketName, roleArn: this.roleArn }, relaxations));
  }
}

/** https://github.com/vmware-tanzu/velero-plugin-for-aws, "Set permissions for Velero", less what is for EC2. */
function veleroStatements(
  account: Account,
  bucketArn: pulumi.Output<string>,
  keyArn: pulumi.Input<string>,
): [Statement, ...Statement[]] {
  return [
    {
      sid: "Objects",
      actions: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
        "s3:PutObjectTagging",
      ],
      resources: [pulumi.interpolate`${bucketArn}/*`],
    },
    { sid: "List", actions: ["s3:ListBucket"], resources: [bucketArn] },
    {
      sid: "Encrypt",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [keyArn],
      conditions: {
        StringEquals: { "kms:ViaService": pulumi.interpolate`s3.${account.region}.${account.dnsSuffix}` },
      },
    },
  ];
}

/** Buckets are named after the component: 63 characters, less `-accesses` and the eight that Pulumi adds. */
function bucketNameIssues(name: string): Issue[] {
  if (/^[a-z0-9][a-z0-9-]{0,45}$/.test(name)) return [];
  const rule = "must have at most 46 lower-case letters, digits and hyphens, as names of buckets";
  return [issue("Malformed", "name", rule, name, "Write it like 'prod-velero'")];
}
