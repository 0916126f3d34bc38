import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { CIS_ALARMS } from "../../../../core/data/cis-alarms.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const TRAIL = "aws:cloudtrail/trail:Trail";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const AUDIT = planned(TRAIL, "audit", {
  s3BucketName: "logs",
  cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:audit:*",
});

function watched(filters: readonly (readonly string[])[]) {
  return filters.flatMap((words, i) => [
    planned(FILTER, `filter-${i}`, {
      logGroupName: "audit",
      pattern: `{ $.eventName = ${words.join(" || $.eventName = ")} }`,
      metricTransformation: { name: `metric-${i}`, namespace: "cis", value: "1" },
    }),
    planned(ALARM, `alarm-${i}`, {
      metricName: `metric-${i}`,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
    }),
  ]);
}

/**
 * A trail that writes to a log group has, in its plan, a filter and an alarm for each event that the CIS AWS Foundations Benchmark
 * lists. A filter is known by the words that the benchmark's own has. A trail without a log group is for
 * `cloudtrail-to-cloudwatch`.
 */
export const cisMetricFilterAlarms = defineRule({
  id: "cis-metric-filter-alarms",
  title: "what changes the account raises an alarm",
  ring: "cloud",
  severity: "info",
  rationale:
    "Somebody who turns off the trail, opens a bucket or signs in as root does it once. Without an alarm it is one line among millions.",
  remediation:
    'new aws.cloudwatch.LogMetricFilter("root", { logGroupName, pattern: \'{ $.userIdentity.type = "Root" }\', metricTransformation: { name: "root", namespace: "cis", value: "1" } })',
  references: references("catalogue/rules.csv: AWS-0147–0160, AWS-0174", { "cis-aws-7": ["5.x"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no alarm at all", resources: [AUDIT], path: "cloudWatchLogsGroupArn" },
      {
        title: "a filter without an alarm",
        resources: [AUDIT, ...watched(CIS_ALARMS.map(({ words }) => words)).slice(0, -1)],
        path: "cloudWatchLogsGroupArn",
      },
    ],
    pass: [{ title: "an alarm for each", resources: [AUDIT, ...watched(CIS_ALARMS.map(({ words }) => words))] }],
    unknown: [
      {
        title: "what a filter looks for is an output",
        resources: [
          AUDIT,
          planned(FILTER, "late", {
            logGroupName: "audit",
            pattern: unresolved("string"),
            metricTransformation: { name: "m", namespace: "cis", value: "1" },
          }),
        ],
        path: "cloudWatchLogsGroupArn",
      },
    ],
  },
  ...onResource([TRAIL, FILTER, ALARM], ({ resource, inputs, world }) => {
    const at = inputs.at("cloudWatchLogsGroupArn");
    if (resource.type !== TRAIL || at.isAbsent) return notApplicable("trails that write to a log group are judged");
    const patterns = watchedPatterns(world);
    if (patterns.includes(UNKNOWN))
      return unknown(
        at,
        `what raises an alarm in the log of trail '${resource.name}' is not known before the deployment`,
      );
    const missing = CIS_ALARMS.filter(
      ({ words }) =>
        !patterns.some((pattern) => typeof pattern === "string" && words.every((word) => pattern.includes(word))),
    ).map(({ event }) => event);
    if (missing.length === 0) return pass();
    const named =
      missing.length > 3 ? `${missing.slice(0, 3).join(", ")} and ${missing.length - 3} more` : missing.join(", ");
    return fail(at, `nothing in this plan raises an alarm on ${named} in the log of trail '${resource.name}'`);
  }),
});

/** The patterns of filters whose metric has an alarm. */
function watchedPatterns(world: World) {
  const alarmed = new Set<unknown>();
  const sources = new Set<PlannedResource>();
  for (const alarm of world.ofType(ALARM)) {
    const inputs = world.inputsOf(alarm);
    const names = [
      inputs.at("metricName"),
      ...inputs
        .at("metricQueries")
        .items()
        .map((query) => query.at("metric", "metricName")),
    ];
    for (const name of names) {
      alarmed.add(name.string());
      for (const target of world.resolve(alarm, name)) sources.add(target);
    }
  }
  return world
    .ofType(FILTER)
    .map((filter) => ({ filter, inputs: world.inputsOf(filter) }))
    .filter(({ filter, inputs }) => {
      const name = inputs.at("metricTransformation", "name").string();
      return sources.has(filter) || name === UNKNOWN || alarmed.has(name) || inputs.at("pattern").string() === UNKNOWN;
    })
    .map(({ inputs }) => inputs.at("pattern").string());
}
