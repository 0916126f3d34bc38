import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** Seconds over which matches are counted. */
const ALARM_PERIOD_SECONDS = 300;

/** Lines of a log that raise an alarm. */
export interface LogEvent {
  /** Part of names: `exec`. */
  readonly key: string;
  /** For the person who gets the alarm: what happened and where to look. */
  readonly description: string;
  /** A JSON filter pattern of CloudWatch Logs, at most 1,024 characters. */
  readonly pattern: string;
  /** Matches within five minutes that raise the alarm. */
  readonly threshold: number;
}

/** What {@link createLogAlarm} takes. */
export interface LogAlarmSpec {
  readonly logGroupName: pulumi.Input<string>;
  /** Namespace of the metric; two filters of one name in it would be counted together. */
  readonly namespace: string;
  readonly event: LogEvent;
  /** Where the alarm goes; `undefined` for an alarm that shows in CloudWatch alone. */
  readonly topicArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/** A metric filter on a log group, and the alarm on its metric. Silence is no alarm: lines that match are rare. */
export function createLogAlarm(parent: pulumi.Resource, name: string, spec: LogAlarmSpec): void {
  const { event, namespace } = spec;
  new cloudwatch.LogMetricFilter(
    `${name}-filter`,
    {
      logGroupName: spec.logGroupName,
      pattern: event.pattern,
      metricTransformation: { name: event.key, namespace, value: "1", defaultValue: "0" },
    },
    { parent },
  );
  new cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: event.description,
      namespace,
      metricName: event.key,
      statistic: "Sum",
      period: ALARM_PERIOD_SECONDS,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: event.threshold,
      treatMissingData: "notBreaching",
      alarmActions: spec.topicArn === undefined ? [] : [spec.topicArn],
      tags: named(name, spec.tags),
    },
    { parent },
  );
}
