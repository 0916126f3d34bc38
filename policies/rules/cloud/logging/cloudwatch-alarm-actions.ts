import { defineRule } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, fail, pass, unknown } from "../../../verdicts.js";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

function alarm(inputs: ExampleObject) {
  return [planned(ALARM, "errors", { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, ...inputs })];
}

/** An alarm tells somebody: it has an action for the state of alarm, and its actions are on. */
export const cloudwatchAlarmActions = defineRule({
  id: "cloudwatch-alarm-actions",
  title: "alarms tell somebody",
  ring: "cloud",
  severity: "info",
  rationale: "An alarm without an action turns red on a page that nobody looks at.",
  remediation: "alarmActions: [topic.arn]",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no action", resources: alarm({}), path: "alarmActions" },
      { title: "only when all is well again", resources: alarm({ okActions: ["topic"] }), path: "alarmActions" },
      {
        title: "actions are off",
        resources: alarm({ alarmActions: ["topic"], actionsEnabled: false }),
        path: "actionsEnabled",
      },
    ],
    pass: [{ title: "a topic is told", resources: alarm({ alarmActions: ["topic"] }) }],
    unknown: [
      {
        title: "the actions are an output",
        resources: alarm({ alarmActions: unresolved("list") }),
        path: "alarmActions",
      },
    ],
  },
  ...onResource([ALARM, COMPOSITE], ({ resource, inputs }) => {
    const at = inputs.at("alarmActions");
    if (at.isUnknown) return unknown(at, `whom alarm '${resource.name}' tells is not known before the deployment`);
    if (at.items().length === 0) return fail(at, `alarm '${resource.name}' tells nobody`);
    const enabled = expectBoolean(inputs.at("actionsEnabled"), {
      absent: true,
      accept: (value) => value,
      message: `alarm '${resource.name}' has actions and does not take them`,
      undecided: `whether alarm '${resource.name}' takes its actions is not known before the deployment`,
      fix: true,
    });
    return enabled.kind === "pass" ? pass() : enabled;
  }),
});
