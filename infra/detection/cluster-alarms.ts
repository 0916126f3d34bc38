import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { clusterRef, needs } from "../reference-shapes.js";
import { clusterEvents } from "./cluster-events.js";
import { createLogAlarm } from "./log-alarm.js";

/** The defaults of {@link ClusterAlarmOptions}. */
export const CLUSTER_ALARM_DEFAULTS = { deniedCalls: 50 } as const;

/** Seconds without any line in the log after which the log counts as silent. */
const SILENCE_SECONDS = 900;

/** CloudWatch Logs takes 1,024 characters (PutMetricFilter, `filterPattern`); each role needs about 55 beside its name. */
const MOST_BREAK_GLASS_ROLES = 8;

/** What raises an alarm in the audit log of a cluster. */
export interface ClusterAlarmOptions {
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
export interface ClusterAlarmsArgs extends ClusterAlarmOptions {
  /** The cluster that is watched. Its audit log is on, in a log group of the standard class. */
  readonly cluster: Pick<ClusterRef, "name">;
  /**
   * Where alarms go: that of an {@link AlertTopic}.
   *
   * @default - nowhere: they show in CloudWatch
   */
  readonly topicArn?: pulumi.Input<string>;
  /**
   * Tags of the alarms.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/** Checks a name of which those of alarms, filters and a namespace of metrics are made; these have 255 characters. */
function alarmNameIssues(name: string): Issue[] {
  if (/^[A-Za-z0-9][\w.-]{0,199}$/.test(name)) return [];
  const rule = "must have at most 200 letters, digits, '.', '_' and '-'";
  return [issue("Malformed", "name", rule, name, "Names of alarms and filters are made of it: write it like 'prod'")];
}

/** Checks what is watched of a cluster. */
export function clusterAlarmIssues(prefix: string, watch: ClusterAlarmOptions): Issue[] {
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
 * RBAC, bursts of refused calls, use of break-glass roles, and a log that falls silent. Seven alarms and six metrics.
 */
export class ClusterAlarms extends pulumi.ComponentResource {
  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ClusterAlarms", name, {}, opts);
    needs(`ClusterAlarms '${name}'`, args, { cluster: clusterRef("name") });
    refuse(`ClusterAlarms '${name}'`, [...alarmNameIssues(name), ...clusterAlarmIssues("", args)]);
    const { topicArn, tags } = args;
    // EKS dictates the name (https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html).
    const logGroupName = pulumi.interpolate`/aws/eks/${args.cluster.name}/cluster`;
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
        alarmActions: topicArn === undefined ? [] : [topicArn],
        tags: named(`${name}-silent`, tags),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
