/** The usage examples do what they show: they plan, and our own rules find nothing. */
import { alarmsAlone, backups, detection, guardrails } from "../../../examples/snippets/detection.js";
import { findingsIn } from "../judged.js";
import { CLUSTER_ARN, inputs, LOGS_KEY, planIn } from "../support.js";

test.each([
  ["detection", detection],
  [
    "alarms alone",
    () => {
      alarmsAlone(LOGS_KEY);
    },
  ],
  [
    "backups",
    () => {
      backups(CLUSTER_ARN);
    },
  ],
  ["guardrails", guardrails],
])("%s", async (_, program) => {
  const made = await planIn(program);
  expect(made.resources.length).toBeGreaterThan(4);
  expect(findingsIn(made)).toEqual([]);
});

test("data events of a bucket are those of its objects, and not of a bucket whose name begins alike", async () => {
  const made = await planIn(detection);
  expect(inputs(made, "aws:cloudtrail/trail:Trail")["advancedEventSelectors"]).toContainEqual({
    name: "objects",
    fieldSelectors: [
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      { field: "resources.ARN", startsWiths: ["arn:aws:s3:::voting-app-exports/"] },
    ],
  });
});
