import type { Cursor, KubernetesObject } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const ENDS = { activeDeadlineSeconds: 600, ttlSecondsAfterFinished: 3600 };

function job(spec: ExampleObject) {
  return manifest({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "migrate", namespace: "vote" }, spec });
}

function cronJob(spec: ExampleObject) {
  return manifest({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "report", namespace: "vote" },
    spec: { schedule: "0 3 * * *", jobTemplate: { spec: ENDS }, ...spec },
  });
}

/**
 * A Job ends: it has a deadline (`activeDeadlineSeconds`) and, unless a CronJob keeps its history, goes some time after
 * (`ttlSecondsAfterFinished`). A CronJob does not run twice at a time (`concurrencyPolicy`), and may start late
 * (`startingDeadlineSeconds`), but not too late to be taken up again after a hundred missed starts.
 */
export const jobCronjobHygiene = defineRule({
  id: "job-cronjob-hygiene",
  title: "jobs end, go, and do not pile up",
  ring: "cluster",
  severity: "info",
  rationale:
    "A job without a deadline hangs for ever and holds its Secrets and its place; runs of a schedule that overlap pile up until the nodes are full.",
  remediation:
    "activeDeadlineSeconds: 600, ttlSecondsAfterFinished: 3600; of a CronJob concurrencyPolicy: Forbid, startingDeadlineSeconds: 300",
  references: references(
    "catalogue/rules.csv: KL job-ttl-seconds-after-finished/restart-policy, KSc cronjob-has-deadline/cronjob-restartpolicy, DATREE ×3, KICS",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a job that may hang",
        resources: [job({ ttlSecondsAfterFinished: 3600 })],
        path: "spec.activeDeadlineSeconds",
      },
      {
        title: "a job that stays",
        resources: [job({ activeDeadlineSeconds: 600 })],
        path: "spec.ttlSecondsAfterFinished",
      },
      {
        title: "runs that overlap",
        resources: [cronJob({ startingDeadlineSeconds: 300 })],
        path: "spec.concurrencyPolicy",
      },
      {
        title: "it may never start late",
        resources: [cronJob({ concurrencyPolicy: "Forbid" })],
        path: "spec.startingDeadlineSeconds",
      },
    ],
    pass: [
      { title: "it ends, and goes", resources: [job(ENDS)] },
      { title: "one at a time", resources: [cronJob({ concurrencyPolicy: "Forbid", startingDeadlineSeconds: 300 })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [cronJob({ concurrencyPolicy: unresolved("string"), startingDeadlineSeconds: 300 })],
        path: "spec.concurrencyPolicy",
      },
    ],
  },
  ...onKubernetes(["kubernetes:batch/v1:Job", "kubernetes:batch/v1:CronJob"], ({ object, root }) => {
    if (object.kind === "Job")
      return [given(object, root.at("spec"), ...HANGS), given(object, root.at("spec"), ...STAYS)];
    const policy = root.at("spec", "concurrencyPolicy");
    const concurrency = policy.string();
    const overlaps =
      concurrency === UNKNOWN
        ? unknown(policy, `whether runs of ${labelOf(object)} overlap is not known before the deployment`)
        : (concurrency ?? "Allow") === "Allow"
          ? fail(policy, `a run of ${labelOf(object)} starts while the last one still runs`)
          : pass();
    return [
      overlaps,
      given(object, root.at("spec"), ...LATE),
      given(object, root.at("spec", "jobTemplate", "spec"), ...HANGS),
    ];
  }),
});

const HANGS = ["activeDeadlineSeconds", "may hang for ever, and hold what it has"] as const;
const STAYS = ["ttlSecondsAfterFinished", "stays after it has ended, with its pods and their logs"] as const;
const LATE = ["startingDeadlineSeconds", "is never run again after a hundred missed starts"] as const;

function given(object: KubernetesObject, spec: Cursor, field: string, otherwise: string): Verdict {
  const at = spec.at(field);
  return at.isAbsent ? fail(at, `${labelOf(object)} ${otherwise}`) : pass();
}
