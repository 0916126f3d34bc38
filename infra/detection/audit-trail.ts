import * as cloudtrail from "@pulumi/aws/cloudtrail/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf, arn } from "../account.js";
import type { Account } from "../account.js";
import { createAccessLogBucket, createBucket, OLD_VERSION_DAYS } from "../bucket.js";
import type { CreatedBucket } from "../bucket.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { refuse } from "../errors.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { CreatedRole } from "../identity/role.js";
import { createLogGroup, retentionIssues } from "../log-group.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { CIS_FILTERS } from "./data/cis-filters.js";
import type { DataEvents } from "./data-events.js";
import { eventSelectors } from "./data-events.js";
import { createLogAlarm } from "./log-alarm.js";
import { RecordLock, recordLockIssues, retentionDaysIssues } from "./record-lock.js";

/** The defaults of {@link TrailOptions}. */
export const AUDIT_TRAIL_DEFAULTS = { retentionDays: 365 } as const;

/** What can be chosen of a trail. */
export interface TrailOptions {
  /**
   * Calls on data that are recorded too. Paid by the event.
   *
   * @default - none, management events only
   */
  readonly dataEvents?: readonly DataEvents[];
  /**
   * Days that records stay in the bucket.
   *
   * @default 365
   */
  readonly retentionDays?: number;
  /**
   * Days that records stay in the log group, where the alarms read them.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * How records are kept from being deleted before their time.
   *
   * @default - `RecordLock.governance(365)`
   */
  readonly recordLock?: RecordLock;
}

/** Arguments of {@link AuditTrail}. */
export interface AuditTrailArgs extends TrailOptions {
  /** ARN of the key that encrypts records; its policy holds {@link detectionKeyStatements}. */
  readonly keyArn: pulumi.Input<string>;
  /** Where the alarms on the fifteen events of CIS AWS Foundations, section 5, go: that of an {@link AlertTopic}. */
  readonly topicArn: pulumi.Input<string>;
  /**
   * Whether the buckets may be deleted, with what they hold.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of the role by which CloudTrail writes to the log group.
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
  /**
   * Last-resort edit of the raw arguments of the trail. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformTrail?: (args: cloudtrail.TrailArgs) => cloudtrail.TrailArgs;
}

/** Checks what was chosen of a trail, and the name that it gets. */
export function trailIssues(prefix: string, name: string, options: TrailOptions): Issue[] {
  const kept = options.retentionDays ?? AUDIT_TRAIL_DEFAULTS.retentionDays;
  const own = retentionDaysIssues(`${prefix}retentionDays`, kept);
  const lock = options.recordLock ?? defaultLock(kept);
  const names = (options.dataEvents ?? []).map(({ name }) => name);
  return [
    ...trailNameIssues(name),
    ...own,
    ...(own.length === 0 ? recordLockIssues(`${prefix}recordLock`, lock, kept) : []),
    ...retentionIssues(`${prefix}logRetentionDays`, options.logRetentionDays),
    ...names.flatMap((name, i) =>
      names.indexOf(name) === i
        ? []
        : [issue("Duplicate", `${prefix}dataEvents[${i}]`, "must select each kind once", name, "Join the two")],
    ),
  ];
}

/** Records that are kept for less than a year are locked for as long as they are kept. */
function defaultLock(retentionDays: number): RecordLock {
  return RecordLock.governance(Math.min(365, retentionDays));
}

/**
 * A trail of the account: every Region, with validation files, encrypted, into a bucket that is locked down and a log group
 * with the alarms that CIS AWS Foundations lists in section 5. The trail has the component's name, which is unique in the
 * account: the bucket's policy names it before it exists.
 *
 * Calls on keys and on Secrets Manager are management events, reads of secrets and uses of the cluster's keys among them: they
 * are recorded without being chosen. A first trail's management events are free.
 */
export class AuditTrail extends pulumi.ComponentResource {
  readonly trailArn: pulumi.Output<string>;
  readonly bucketName: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:AuditTrail", name, {}, opts);
    refuse(`AuditTrail '${name}'`, [...keyArnIssues("keyArn", args.keyArn), ...trailIssues("", name, args)]);
    const account = accountOf(this);
    const lock = args.recordLock ?? defaultLock(args.retentionDays ?? AUDIT_TRAIL_DEFAULTS.retentionDays);
    const protection = args.deletionProtection ?? DeletionProtection.on();

    const ownArn = arn(account, "cloudtrail", `trail/${name}`);
    const records = this.createBuckets(name, args, account, ownArn, lock, protection);
    const logGroup = createLogGroup(this, `${name}-log`, {
      keyArn: args.keyArn,
      retentionDays: args.logRetentionDays,
      tags: args.tags,
    });
    const writer = this.createWriter(name, args, account, ownArn, logGroup.arn);
    const trailArgs: cloudtrail.TrailArgs = {
      name,
      s3BucketName: records.bucket.id,
      kmsKeyId: args.keyArn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogging: true,
      enableLogFileValidation: true,
      cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
      cloudWatchLogsRoleArn: writer.role.arn,
      advancedEventSelectors: eventSelectors(args.dataEvents ?? [], records.bucket.arn),
      tags: named(name, args.tags),
    };
    const trail = new cloudtrail.Trail(name, args.transformTrail?.(trailArgs) ?? trailArgs, {
      parent: this,
      dependsOn: after(opts, records.policy, ...writer.attachments),
    });
    for (const event of CIS_FILTERS)
      createLogAlarm(this, `${name}-${event.key}`, {
        logGroupName: logGroup.name,
        namespace: `Ringfence/${name}`,
        event,
        topicArn: args.topicArn,
        tags: args.tags,
      });

    this.trailArn = trail.arn;
    this.bucketName = records.bucket.id;
    this.logGroupName = logGroup.name;
    const outputs = { trailArn: this.trailArn, bucketName: this.bucketName, logGroupName: this.logGroupName };
    const relaxations = [lock, protection].flatMap(({ relaxation }) => relaxation ?? []);
    this.registerOutputs(published(outputs, relaxations));
  }

  private createBuckets(
    name: string,
    args: AuditTrailArgs,
    account: Account,
    trailArn: pulumi.Output<string>,
    lock: RecordLock,
    protection: DeletionProtection,
  ): CreatedBucket {
    const common = { protect: protection.enabled, forceDestroy: !protection.enabled, tags: args.tags };
    const accesses = createAccessLogBucket(this, account, `${name}-accesses`, common);
    return createBucket(this, `${name}-records`, {
      ...common,
      keyArn: args.keyArn,
      objectLock: lock.objectLock,
      accessLogBucket: accesses,
      statements: (bucketArn) => trailWriter(account, bucketArn, trailArn),
      expireAfterDays: args.retentionDays ?? AUDIT_TRAIL_DEFAULTS.retentionDays,
      keepOldVersionsDays: OLD_VERSION_DAYS,
    });
  }

  private createWriter(
    name: string,
    args: AuditTrailArgs,
    account: Account,
    trailArn: pulumi.Output<string>,
    logGroupArn: pulumi.Output<string>,
  ): CreatedRole {
    return createRole(this, account, `${name}-writer`, {
      description: "CloudTrail, into its log group",
      trust: serviceTrust("cloudtrail.amazonaws.com", { StringEquals: { "aws:SourceArn": trailArn } }),
      statements: [
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [pulumi.interpolate`${logGroupArn}:log-stream:*`],
        },
      ],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
  }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function trailWriter(
  account: Account,
  bucketArn: pulumi.Output<string>,
  trailArn: pulumi.Output<string>,
): readonly Statement[] {
  const principals = { service: "cloudtrail.amazonaws.com" };
  return [
    {
      sid: "CloudTrailAclCheck",
      principals,
      actions: ["s3:GetBucketAcl"],
      resources: [bucketArn],
      conditions: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      sid: "CloudTrailWrite",
      principals,
      actions: ["s3:PutObject"],
      resources: [pulumi.interpolate`${bucketArn}/AWSLogs/${account.id}/*`],
      conditions: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/**
 * A trail's name as CloudTrail has it (CreateTrail, `Name`), less what names of buckets cannot have, and with room for what
 * comes behind it in those, which have 63 characters: `-accesses` and the eight that Pulumi adds.
 */
function trailNameIssues(name: string): Issue[] {
  if (/^(?=.{3,46}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(name)) return [];
  const advice = "Use 3 to 46 letters and digits, separated by single '-'";
  return [issue("Malformed", "name", "must be a name for a trail and its buckets", name, advice)];
}
