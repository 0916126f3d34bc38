import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { ownedBy } from "../../../lib/owned.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { integer } from "../../../parameters.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, fail, failWhole, notApplicable, pass, unknown, unknownWhole } from "../../../verdicts.js";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

const DAYS = integer(
  { name: "days", about: "The most days that a secret stays the same.", fallback: 90 },
  { from: 1, to: 1000 },
);

function rotated(rules: ExampleObject, more: ExampleObject = {}) {
  return [
    planned(SECRET, "db", {}),
    planned(ROTATION, "db-rotation", {
      secretId: ref("db", "id"),
      rotationLambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:rotate",
      rotationRules: rules,
      ...more,
    }),
  ];
}

/** A secret is rotated, at least every 90 days unless set otherwise. Schedules in cron's form are read as far as their days tell. */
export const secretsmanagerRotation = defineRule({
  id: "secretsmanager-rotation",
  title: "secrets change by themselves",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A password that was read once, from a log, a backup or the screen of somebody who left, works until it changes. Nobody changes it by hand.",
  remediation:
    'new aws.secretsmanager.SecretRotation("db", { secretId: secret.id, rotationLambdaArn: rotate.arn, rotationRules: { automaticallyAfterDays: 30 } })',
  references: references("catalogue/rules.csv: CKV2_AWS_57, CKV_AWS_304, AwsSolutions-SMG4", {
    "aws-security-hub": ["SecretsManager.1"],
    "pci-dss-4": ["8.2.2", "8.3.5", "8.3.7"],
    hipaa: ["164.308(a)(4)(ii)(c)", "164.308(a)(5)(ii)(d)"],
    "nist-800-53": ["AC-2(1)", "AC-24", "AC-3(12)"],
    "owasp-k8s": ["K03"],
  }),
  since: "0.1.0",
  parameters: [DAYS],
  examples: {
    fail: [
      { title: "nothing rotates it", resources: [planned(SECRET, "db", {})], path: "" },
      {
        title: "once a year",
        resources: rotated({ automaticallyAfterDays: 365 }),
        path: "rotationRules.automaticallyAfterDays",
        on: "db-rotation",
      },
      {
        title: "turned off",
        resources: rotated({ automaticallyAfterDays: 30 }, { rotationEnabled: false }),
        path: "rotationEnabled",
        on: "db-rotation",
      },
    ],
    pass: [
      { title: "every month", resources: rotated({ automaticallyAfterDays: 30 }) },
      { title: "a schedule by rate", resources: rotated({ scheduleExpression: "rate(10 days)" }) },
      { title: "a schedule by calendar", resources: rotated({ scheduleExpression: "cron(0 8 1 * ? *)" }) },
      {
        title: "once a year, as the settings allow",
        resources: rotated({ automaticallyAfterDays: 365 }),
        parameters: { days: 365 },
      },
    ],
    unknown: [
      {
        title: "how often is an output",
        resources: rotated({ automaticallyAfterDays: unresolved("number") }),
        path: "rotationRules.automaticallyAfterDays",
        on: "db-rotation",
      },
    ],
  },
  ...onResource([SECRET, ROTATION], ({ resource, inputs, world, parameters }) => {
    if (resource.type === SECRET) return judgeSecret(world, resource);
    const enabled = expectBoolean(inputs.at("rotationEnabled"), {
      absent: true,
      accept: (value) => value,
      message: `'${resource.name}' says how a secret is rotated and turns that off`,
      undecided: `whether '${resource.name}' rotates is not known before the deployment`,
    });
    return enabled.kind === "pass" ? judgeRules(resource, inputs.at("rotationRules"), parameters.of(DAYS)) : enabled;
  }),
});

function judgeSecret(world: World, secret: PlannedResource): Verdict {
  const rotations = ownedBy(world, secret, { type: ROTATION, input: "secretId" });
  if (rotations === UNKNOWN)
    return unknownWhole(`whether secret '${secret.name}' is rotated is not known before the deployment`);
  return rotations.length > 0
    ? notApplicable("its rotation is judged")
    : failWhole(`nothing in this plan rotates secret '${secret.name}'`);
}

function judgeRules(rotation: PlannedResource, rules: Cursor, most: number): Verdict {
  const [daysAt, scheduleAt] = [rules.at("automaticallyAfterDays"), rules.at("scheduleExpression")];
  const at = scheduleAt.isAbsent ? daysAt : scheduleAt;
  const schedule = scheduleAt.string();
  const days = schedule === UNKNOWN ? UNKNOWN : schedule === undefined ? daysAt.number() : daysOf(schedule);
  if (days === UNKNOWN)
    return unknown(at, `how often '${rotation.name}' rotates its secret is not known before the deployment`);
  if (days === undefined) return fail(at, `'${rotation.name}' does not say how often it rotates its secret`);
  return days <= most
    ? pass()
    : fail(at, `'${rotation.name}' keeps its secret for ${days} days, which is more than ${most}`);
}

/** The most days between two rotations of a schedule (Secrets Manager user guide, "Schedule expressions"). */
function daysOf(schedule: string): number | undefined {
  const rate = /^rate\((\d+) (hours?|days?)\)$/.exec(schedule);
  if (rate !== null) return Number(rate[1]) / (rate[2]?.startsWith("hour") === true ? 24 : 1);
  const [, day = "", month = "", weekday = ""] = /^cron\(\S+ \S+ (\S+) (\S+) (\S+) \S+\)$/.exec(schedule) ?? [];
  if (month === "") return undefined;
  if (month === "*") return /^[?*]$/.test(day) && !weekday.includes("#") ? 7 : 31;
  const step = /^\d+\/(\d+)$/.exec(month)?.[1] ?? /^\*\/(\d+)$/.exec(month)?.[1];
  return step === undefined ? 366 : 31 * Number(step);
}
