import type { Construct } from "constructs";
import { checkName, checkWhole, validateWith } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { demandOf } from "./demand.js";
import { checkNoClaims } from "./deployment.js";
import { checkRun, JOB_DEFAULTS, jobSpec, podsAtOnce } from "./job.js";
import type { RunProps } from "./job.js";
import { Workload } from "./workload.js";
import type { WorkloadProps } from "./workload.js";

/** CronJob settings when nobody says otherwise. */
export const CRON_JOB_DEFAULTS = {
  timeZone: "Etc/UTC",
  concurrencyPolicy: "Forbid",
  startingDeadlineSeconds: 300,
  successfulJobsHistoryLimit: 1,
  failedJobsHistoryLimit: 3,
} as const;

/** Kubernetes adds eleven characters to the name of each Job. */
const MAX_NAME_LENGTH = 52;

const SHORTHANDS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/** Range of each field of a schedule, with the names that stand for numbers. */
const FIELDS = [
  { name: "minute", min: 0, max: 59, words: [] },
  { name: "hour", min: 0, max: 23, words: [] },
  { name: "day of month", min: 1, max: 31, words: [] },
  { name: "month", min: 1, max: 12, words: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
  { name: "day of week", min: 0, max: 6, words: "sun mon tue wed thu fri sat".split(" ") },
] as const;

/** Arguments of {@link HardenedCronJob}. */
export interface HardenedCronJobProps extends WorkloadProps, RunProps {
  /** Five fields, or a shorthand: `30 2 * * *`, `@daily`. */
  readonly schedule: string;
  /** Zone of the schedule, as the IANA database names it. @default "Etc/UTC" */
  readonly timeZone?: string;
  /** What happens when the last run is not over: `Forbid` skips the new one, `Replace` ends the old one. @default "Forbid" */
  readonly concurrencyPolicy?: "Allow" | "Forbid" | "Replace";
  /** How late a run may begin; one that is later is skipped. @default 300 */
  readonly startingDeadlineSeconds?: number;
  /** Finished runs that are kept. @default 1 */
  readonly successfulJobsHistoryLimit?: number;
  /** Failed runs that are kept. @default 3 */
  readonly failedJobsHistoryLimit?: number;
  /** No new runs while it is true. @default false */
  readonly suspend?: boolean;
}

/**
 * A task that runs by a schedule. Its runs are Jobs with the defaults of `HardenedJob`.
 *
 * @example new HardenedCronJob(shop, "report", { image, schedule: "0 6 * * mon-fri", timeZone: "Europe/Berlin" });
 */
export class HardenedCronJob extends Workload {
  constructor(scope: Construct, id: string, props: HardenedCronJobProps) {
    const concurrencyPolicy = props.concurrencyPolicy ?? CRON_JOB_DEFAULTS.concurrencyPolicy;
    super(scope, id, {
      apiVersion: "batch/v1",
      kind: "CronJob",
      spread: podsAtOnce(props) > 1,
      restartPolicy: props.restartPolicy ?? JOB_DEFAULTS.restartPolicy,
      props,
      demand: (name) => demandOf(name, props, podsAtOnce(props)),
    });
    this.createWorkload({
      schedule: props.schedule,
      timeZone: props.timeZone ?? CRON_JOB_DEFAULTS.timeZone,
      concurrencyPolicy,
      startingDeadlineSeconds: props.startingDeadlineSeconds ?? CRON_JOB_DEFAULTS.startingDeadlineSeconds,
      successfulJobsHistoryLimit: props.successfulJobsHistoryLimit ?? CRON_JOB_DEFAULTS.successfulJobsHistoryLimit,
      failedJobsHistoryLimit: props.failedJobsHistoryLimit ?? CRON_JOB_DEFAULTS.failedJobsHistoryLimit,
      ...(props.suspend === undefined ? {} : { suspend: props.suspend }),
      jobTemplate: { metadata: { labels: this.selector }, spec: jobSpec(props, this.template) },
    });
    validateWith(this, () => [
      ...(this.name.length > MAX_NAME_LENGTH ? checkName("name", this.name, MAX_NAME_LENGTH) : []),
      ...checkSchedule(props),
      ...checkRun(props),
      ...checkNoClaims(props),
    ]);
  }
}

function checkSchedule(props: HardenedCronJobProps): readonly Issue[] {
  const counts = ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"] as const;
  const { schedule, timeZone, startingDeadlineSeconds } = props;
  return [
    ...checkFields(schedule),
    ...(timeZone === undefined ? [] : checkTimeZone(timeZone)),
    // Below ten seconds the controller, which looks every ten, may never start a run.
    ...(startingDeadlineSeconds === undefined
      ? []
      : checkWhole("startingDeadlineSeconds", startingDeadlineSeconds, 10, 604_800)),
    ...counts.flatMap((key) => {
      const value = props[key];
      return value === undefined ? [] : checkWhole(key, value, 0, 100);
    }),
  ];
}

function checkFields(schedule: string): readonly Issue[] {
  if (SHORTHANDS.includes(schedule)) return [];
  const advice = "Write five fields like '30 2 * * *', or '@daily'; the zone belongs in 'timeZone'";
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length)
    return [issue("Malformed", "schedule", "must have five fields", schedule, advice)];
  return FIELDS.flatMap((field, i) =>
    (fields[i] ?? "").split(",").every((item) => isItem(item, field))
      ? []
      : [
          issue(
            "Malformed",
            "schedule",
            `must have a ${field.name} from ${field.min} to ${field.max}`,
            schedule,
            advice,
          ),
        ],
  );
}

/** `*`, `5`, `1-5`, each with or without a step. */
function isItem(item: string, field: (typeof FIELDS)[number]): boolean {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((text) => numberOf(text, field));
  const [first, last = first] = ends;
  if (ends.length > 2 || first === undefined || last === undefined) return false;
  return first >= field.min && last <= field.max && first <= last;
}

function numberOf(text: string, { min, words }: (typeof FIELDS)[number]): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const at = (words as readonly string[]).indexOf(text.toLowerCase());
  return at < 0 ? undefined : at + min;
}

function checkTimeZone(timeZone: string): readonly Issue[] {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return [];
  } catch {
    const advice = "Write it like 'Europe/Berlin'";
    return [issue("NotFound", "timeZone", "must be a zone of the IANA database", timeZone, advice)];
  }
}
