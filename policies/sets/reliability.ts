import type { AnyRuleId } from "../rules/index.js";

/** What keeps an application running through failures and changes: for whoever asks for it. */
export const RELIABILITY = [
  "container-liveness-probe",
  "container-readiness-probe",
  "hpa-valid",
  "job-cronjob-hygiene",
  "no-naked-pods",
  "pdb-allows-disruption",
  "pdb-exists",
  "pod-spread",
  "priority-class-set",
  "probes-distinct",
  "rolling-update",
  "selector-matches-template",
  "statefulset-headless-service",
  "workload-min-replicas",
] as const satisfies readonly AnyRuleId[];
