import * as pulumi from "@pulumi/pulumi";
import { defined } from "../../core/defined.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { accountOf } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import { asRunError, refuse } from "../errors.js";
import { published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { planRegion } from "../region.js";
import { needs } from "../reference-shapes.js";
import { anyObject, list } from "../shape.js";
import { accountServiceIssues } from "./account-checks.js";
import type { AccountServicesOptions } from "./account-options.js";
import { AccountServices } from "./account-services.js";
import { AlertTopic, subscriberIssues, topicNameIssues } from "./alert-topic.js";
import type { Subscriber } from "./alert-topic.js";
import { AuditTrail, trailIssues } from "./audit-trail.js";
import type { TrailOptions } from "./audit-trail.js";
import { ClusterAlarms, clusterAlarmIssues } from "./cluster-alarms.js";
import type { ClusterAlarmOptions } from "./cluster-alarms.js";
import { detectionKeyIssues, resolveDetectionKey } from "./detection-key.js";
import type { DetectionKey } from "./detection-key.js";

/** Whether a program makes a trail of its account. */
export class TrailChoice {
  private constructor(
    readonly options: TrailOptions | undefined,
    readonly relaxation?: Relaxation,
  ) {}

  /** A trail, the default. */
  static own(options: TrailOptions = {}): TrailChoice {
    return new TrailChoice(options);
  }

  /**
   * None here: another stack or the organisation has one. A second one of an account is paid by the event.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static elsewhere(why: Reason): TrailChoice {
    return new TrailChoice(
      undefined,
      asRunError(() => relaxation("TrailChoice.elsewhere", why)),
    );
  }
}

/** Arguments of {@link Detection}. */
export interface DetectionArgs {
  /** The key of alerts and records: `DetectionKey.own([Principal.role("arn:...")])`. */
  readonly key: DetectionKey;
  /** Who is told; at least one. */
  readonly subscribers: readonly [Subscriber, ...Subscriber[]];
  /**
   * The cluster whose audit log raises alarms.
   *
   * @default - none
   */
  readonly cluster?: Pick<ClusterRef, "name">;
  /**
   * What raises an alarm there.
   *
   * @default - what {@link ClusterAlarms} has by default
   */
  readonly clusterAlarms?: ClusterAlarmOptions;
  /**
   * The trail of the account.
   *
   * @default - `TrailChoice.own()`
   */
  readonly trail?: TrailChoice;
  /**
   * Services of the account as a whole; two stacks that own the same one collide.
   *
   * @default - none
   */
  readonly accountServices?: AccountServicesOptions;
  /**
   * The Region of the component's provider, where that is not the stack's: services that the Region lacks are refused.
   *
   * @default - `aws:region` of the stack
   */
  readonly region?: string;
  /**
   * Whether the key and the buckets may be deleted.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of every role that is made. With `accountServices` it has to allow `sns:Publish`, which
   * {@link PermissionsBoundary} does where its `allowedActions` name it, and with Config what `AWS_ConfigRole` grants.
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
 * Somebody is told: an encrypted topic, alarms on the audit log of a cluster, a trail with alarms, and services of the
 * account by choice. Made of {@link AlertTopic}, {@link ClusterAlarms}, {@link AuditTrail} and {@link AccountServices}, each
 * of which also stands alone.
 */
export class Detection extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** ARN of the trail, where it is made here. */
  readonly trailArn: pulumi.Output<string> | undefined;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: DetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Detection", name, {}, opts);
    needs(`Detection '${name}'`, args, { key: anyObject, subscribers: list(anyObject) });
    const trail = args.trail ?? TrailChoice.own();
    const { region } = planRegion(args.region);
    const protection = args.deletionProtection ?? DeletionProtection.on();
    refuse(`Detection '${name}'`, [
      ...topicNameIssues(name),
      ...detectionKeyIssues("key", args.key),
      ...subscriberIssues("subscribers", args.subscribers),
      ...clusterIssues(args),
      ...(trail.options === undefined ? [] : trailIssues("trail.", `${name}-trail`, trail.options)),
      ...(args.accountServices === undefined
        ? []
        : accountServiceIssues("accountServices.", `${name}-account`, args.accountServices, region)),
    ]);
    const { tags, permissionsBoundaryArn } = args;
    const account = accountOf(this);
    const child = { parent: this, ...defined({ dependsOn: opts?.dependsOn }) };

    const keyArn = resolveDetectionKey(this, account, `${name}-key`, {
      key: args.key,
      trail: trail.options !== undefined,
      protect: protection.enabled,
      tags,
    });
    const common = {
      keyArn,
      deletionProtection: protection,
      ...defined({ tags, permissionsBoundaryArn }),
    };
    const topic = new AlertTopic(`${name}-alerts`, { ...common, subscribers: args.subscribers }, child);
    const topicArn = topic.arn;
    if (args.cluster !== undefined)
      new ClusterAlarms(
        `${name}-cluster`,
        { ...defined({ tags }), ...args.clusterAlarms, cluster: args.cluster, topicArn },
        child,
      );
    const made =
      trail.options === undefined
        ? undefined
        : new AuditTrail(`${name}-trail`, { ...common, ...trail.options, topicArn }, child);
    if (args.accountServices !== undefined)
      new AccountServices(`${name}-account`, { ...common, ...args.accountServices, region, topicArn }, child);

    this.topicArn = topicArn;
    this.keyArn = pulumi.output(keyArn);
    this.trailArn = made?.trailArn;
    const outputs = { topicArn: this.topicArn, keyArn: this.keyArn, trailArn: this.trailArn };
    const relaxations = [...args.key.administrators, trail, protection].flatMap((one) => one.relaxation ?? []);
    this.registerOutputs(published(outputs, relaxations));
  }
}

function clusterIssues({ cluster, clusterAlarms }: DetectionArgs): Issue[] {
  if (clusterAlarms === undefined) return [];
  const issues = clusterAlarmIssues("clusterAlarms.", clusterAlarms);
  if (cluster === undefined) {
    const advice = "Pass `cluster`, a Cluster or what Cluster.existing returns";
    issues.push(
      issue("Conflict", "clusterAlarms", "must come with the cluster that it is about", "no cluster", advice),
    );
  }
  return issues;
}
