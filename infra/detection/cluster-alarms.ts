import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { refuse } from "../errors.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { clusterEvents } from "./cluster-events.js";
import { createLogAlarm } from "./log-alarm.js";

/** The defaults of {@link ClusterWatch}. */
export const CLUSTER_ALARM_DEFAULTS = { deniedCalls: 50 } as const;

/** Seconds without any line in the log after which the log counts as silent. */
const SILENCE_SECONDS = 900;

/** CloudWatch Logs takes 1,024 characters (PutMetricFilter, `filterPattern`); each role needs about 55 beside its name. */
const MOST_BREAK_GLASS_ROLES = 8;

/** The cluster that is watched. */
export interface ClusterWatchOptions {
  /** The log group with the control plane's audit log: `/aws/eks/prod/cluster`. It is of the standard class. */
  readonly logGroupName: pulumi.Input<string>;
  /**
   * Names of the roles that are for emergencies, path left out; each use raises an alarm.
   *
   * @default - none
   */
  readonly breakGlassRoleNames?: readonly string[];
  /**
   * Calls refused with 403 within five minutes that raise an alarm.
   *
   * @default 50
   */
  readonly deniedCalls?: number;
}

/** Arguments of {@link ClusterAlarms}. */
export interface ClusterAlarmsArgs extends ClusterWatchOptions {
  /** Where alarms go: that of an {@link AlertTopic}. */
  readonly topicArn: pulumi.Input<string>;
  /**
   * Tags of the alarms.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/** Checks what is watched of a cluster. */
export function clusterWatchIssues(prefix: string, watch: ClusterWatchOptions): Issue[] {
  const issues: Issue[] = [];
  const roles = watch.breakGlassRoleNames ?? [];
  for (const [i, role] of roles.entries())
    if (!/^[\w+=,.@-]{1,64}$/.test(role)) {
      const advice = "Write the role's name alone, without ARN and path: 'break-glass'";
      issues.push(
        issue("Malformed", `${prefix}breakGlassRoleNames[${i}]`, "must be the name of an IAM role", role, advice),
      );
    }
  if (roles.length > MOST_BREAK_GLASS_ROLES) {
    const rule = `must name at most ${MOST_BREAK_GLASS_ROLES} roles, a filter takes 1,024 characters`;
    issues.push(issue("OutOfRange", `${prefix}breakGlassRoleNames`, rule, roles.length, "Share one role"));
  }
  const { deniedCalls } = watch;
  if (deniedCalls !== undefined && (!Number.isInteger(deniedCalls) || deniedCalls < 1)) {
    const rule = "must be a whole number from 1 on";
    issues.push(issue("OutOfRange", `${prefix}deniedCalls`, rule, deniedCalls, "Leave it out for 50 in five minutes"));
  }
  return issues;
}

/**
 * Alarms on the audit log of a cluster: access without credentials, Secrets read by people, shells in pods, changes of
 * RBAC, bursts of refused calls, use of break-glass roles, and a log that falls silent. Seven alarms and six metrics:
 * about 2.50 USD a month.
 */
export class ClusterAlarms extends pulumi.ComponentResource {
  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ClusterAlarms", name, {}, opts);
    refuse(`ClusterAlarms '${name}'`, clusterWatchIssues("", args));
    const { logGroupName, topicArn, tags } = args;
    const events = clusterEvents({
      breakGlassRoleNames: args.breakGlassRoleNames ?? [],
      deniedCalls: args.deniedCalls ?? CLUSTER_ALARM_DEFAULTS.deniedCalls,
    });
    for (const event of events)
      createLogAlarm(this, `${name}-${event.key}`, {
        logGroupName,
        namespace: `Ringfence/${name}`,
        event,
        topicArn,
        tags,
      });
    new cloudwatch.MetricAlarm(
      `${name}-silent`,
      {
        alarmDescription: "the log of the control plane is silent: logging is off, or the cluster is gone",
        namespace: "AWS/Logs",
        metricName: "IncomingLogEvents",
        dimensions: { LogGroupName: logGroupName },
        statistic: "Sum",
        period: SILENCE_SECONDS,
        evaluationPeriods: 1,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
        alarmActions: [topicArn],
        tags: named(`${name}-silent`, tags),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
