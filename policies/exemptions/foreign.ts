import { count } from "../../core/wording.js";
import type { PlannedObject } from "../../plan/model/index.js";
import { isPlannedObject } from "../../plan/model/index.js";
import type { KubernetesObject, World } from "../../plan/world/index.js";
import { identityOf } from "../../plan/world/index.js";
import type { Exemption, Rule } from "../model.js";
import { labelOf } from "../shapes.js";

import { annotationsOf } from "./annotation.js";

/** What stands in an exemption for an owner or a last day that another tool's annotation does not name. */
export const NOT_SAID = "not said";

/** The label or annotation by which Kubescape skips an object. */
const IGNORE = "kubescape.io/ignore";

/** A tool whose annotations skip checks. */
type Tool = "Checkov" | "kube-linter" | "Kubescape";

/** One skip that an object carries for another tool. */
export interface ForeignSkip {
  readonly tool: Tool;
  readonly object: KubernetesObject;
  /** The check by the tool's own name; `undefined` when all of its checks are skipped. */
  readonly check: string | undefined;
  readonly reason: string;
  /** The key of the annotation or label. */
  readonly key: string;
}

/** Skips of other tools as exemptions. */
export interface ForeignExemptions {
  readonly exemptions: readonly Exemption[];
  /** Sentences for the reader of a report. */
  readonly warnings: readonly string[];
}

/**
 * The skips in the objects of a plan:
 *
 * - Checkov: annotations `checkov.io/skip<n>` (and the older `bridgecrew.io/skip<n>`), `CKV_K8S_20=reason`, of the object or
 *   its pod template (checkov, `kubernetes/runner.py`);
 * - kube-linter: annotations `ignore-check.kube-linter.io/<check>: reason` and `kube-linter.io/ignore-all: reason`
 *   (docs.kubelinter.io, "ignoring violations for specific cases");
 * - Kubescape: `kubescape.io/ignore: "true"`, label or annotation, which skips all its controls (kubescape/regolibrary,
 *   `exceptions/kubescape.json`, in its default exceptions until 2024).
 */
export function foreignSkips({ objects }: World): readonly ForeignSkip[] {
  const skips: ForeignSkip[] = [];
  for (const object of objects) {
    const { inputs } = object.resource;
    const annotations = annotationsOf(inputs);
    for (const key of Object.keys(annotations))
      skips.push(...checkov(object, key, annotations[key]), ...kubeLinter(object, key, annotations[key]));
    const ofPods = podAnnotationsOf(inputs);
    for (const key of Object.keys(ofPods))
      if (!Object.hasOwn(annotations, key)) skips.push(...checkov(object, key, ofPods[key]));
    skips.push(...kubescape(object, annotations[IGNORE] ?? object.labels[IGNORE]));
  }
  return skips;
}

/** Sentences about skips that nobody asked to honour; none when there are none. */
export function ignoredWarnings(skips: readonly ForeignSkip[]): readonly string[] {
  if (skips.length === 0) return [];
  const tools = [...new Set(skips.map(({ tool }) => tool))].sort().join(" and ");
  return [
    `${count(skips.length, "skip annotation")} of ${tools} ${skips.length === 1 ? "is" : "are"} ignored. --honour-foreign-skips honours what has a rule here`,
  ];
}

/** The exemptions that skips amount to, among these rules. */
export function foreignExemptions(skips: readonly ForeignSkip[], rules: readonly Rule[]): ForeignExemptions {
  if (skips.length === 0) return { exemptions: [], warnings: [] };
  const checks = checksOfRules(rules);
  const exemptions: Exemption[] = [];
  const warnings: string[] = [];
  for (const skip of skips) {
    const { tool, check, object, reason, key } = skip;
    const fitting = rules.filter(({ id }) => {
      const names = checks.get(id)?.[tool] ?? [];
      return check === undefined ? names.length > 0 : names.includes(check);
    });
    if (fitting.length === 0)
      warnings.push(
        `${tool}'s check '${check ?? "all"}', skipped by '${key}' of ${labelOf(object)}, has no rule among those asked here`,
      );
    const said = `${tool}'s '${key}' of ${labelOf(object)}`;
    const at = identityOf(object.resource).id;
    for (const { id } of fitting) exemptions.push({ rule: id, at, reason, owner: NOT_SAID, until: NOT_SAID, said });
  }
  return {
    exemptions,
    warnings: [
      `${count(skips.length, "skip annotation")} of other tools honoured, without owner or last day`,
      ...warnings,
    ],
  };
}

function checkov(object: KubernetesObject, key: string, value: unknown): readonly ForeignSkip[] {
  if (!/^(checkov|bridgecrew)\.io\/skip\d*$/.test(key) || typeof value !== "string") return [];
  const [check = "", ...reason] = value.split("=");
  if (!/^CKV2?_[A-Z0-9]+_\d+$/.test(check.trim())) return [];
  return [{ tool: "Checkov", object, key, check: check.trim(), reason: reasonOf(reason.join("=")) }];
}

function kubeLinter(object: KubernetesObject, key: string, value: unknown): readonly ForeignSkip[] {
  const [, check] = /^ignore-check\.kube-linter\.io\/(.+)$/.exec(key) ?? [];
  if (check === undefined && key !== "kube-linter.io/ignore-all") return [];
  return [{ tool: "kube-linter", object, key, check, reason: reasonOf(value) }];
}

function kubescape(object: KubernetesObject, value: unknown): readonly ForeignSkip[] {
  if (typeof value !== "string" || !/^(true|yes|1|enabled?)$/i.test(value)) return [];
  return [{ tool: "Kubescape", object, key: IGNORE, check: undefined, reason: NOT_SAID }];
}

function reasonOf(value: unknown): string {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : NOT_SAID;
}

/** Annotations of the pods that an object makes. */
function podAnnotationsOf({ spec }: PlannedObject): Readonly<Record<string, unknown>> {
  const template = isPlannedObject(spec) ? spec["template"] : undefined;
  return isPlannedObject(template) ? annotationsOf(template) : NOTHING;
}

const NOTHING = {};

/** The checks of other tools that a rule stands for, as the provenance of its references names them. */
function checksOfRules(rules: readonly Rule[]): ReadonlyMap<string, Readonly<Record<Tool, readonly string[]>>> {
  return new Map(
    rules.map(({ id, references }) => {
      const text = [...new Set(references.map(({ source }) => source))].join(", ");
      return [
        id,
        {
          Checkov: text.match(/CKV2?_[A-Z0-9]+_\d+/g) ?? [],
          "kube-linter": Array.from(text.matchAll(/\bKL ([a-z0-9-]+)/g), ([, name = ""]) => name),
          Kubescape: text.match(/\bC-\d{4}\b/g) ?? [],
        },
      ];
    }),
  );
}
