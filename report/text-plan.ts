import { count } from "../core/wording.js";
import type { Plan } from "../plan/model/index.js";
import { clip, field, names, printable, wrap } from "./layout.js";
import type { Environment, Isolation, Report, ReportChanges } from "./model.js";
import { isReal, labelOf, reportResource } from "./names.js";
import { outlineOf } from "./outline.js";
import type { Page } from "./page.js";
import { title } from "./page.js";

const ISOLATION: Readonly<Record<Isolation, string>> = {
  namespace: "program run without a network (a network namespace of its own)",
  guard: "program run without a network (a guard in its process)",
  off: "program run with the network open (--allow-network)",
};

/** Longest list of names for one kind of resource. */
const NAMES_WIDTH = 48;

/** Relaxations shown unless `verbose`. */
const RELAXATIONS_SHOWN = 5;

/** Who, where and when. */
export function headerSection({ ringfence, environment, kubernetesVersion }: Report, page: Page): readonly string[] {
  const text = [
    `ringfence ${ringfence}`,
    ...(environment === undefined ? [] : stackOf(environment)),
    `Kubernetes ${kubernetesVersion}`,
    ...(environment === undefined ? [] : [ISOLATION[environment.isolation]]),
  ].join(" · ");
  const [head = "", ...rest] = wrap(text, page.width);
  return [title(page, head), ...rest];
}

function stackOf({ project, stack, account, region, date }: Environment): readonly string[] {
  return [`${project}/${stack}`, `account ${account}`, region ?? "no Region", date].map(printable);
}

/** What would be created, by ring. */
export function inventorySection(report: Report, plan: Plan, page: Page): readonly string[] {
  const rings = outlineOf(plan).map(({ ring, count: n, highlights }) => {
    const text = highlights
      .map(({ word, names: all }) => `${word} ${names(all.map(page.hide), NAMES_WIDTH)}`)
      .join(" · ");
    const label = `  ${ring.padEnd(9)} ${String(n).padStart(5)}  `;
    return text === "" ? [label.trimEnd()] : field(label, text, page.width, page.verbose ? undefined : 3);
  });
  return [title(page, headline(report, plan)), ...rings.flat(), ...lossLines(plan, page)];
}

function headline({ summary, changes }: Report, plan: Plan): string {
  const read = plan.resources.filter((r) => isReal(r) && r.operation === "read").length;
  const reads = read === 0 ? "" : `, ${read} read`;
  if (changes === undefined) return `Would create ${count(summary.resources - read, "resource")}${reads}`;
  const parts = (["create", "update", "replace", "delete"] as const satisfies readonly (keyof ReportChanges)[])
    .filter((operation) => changes[operation] > 0)
    .map((operation) => `${operation} ${changes[operation]}`);
  if (parts.length === 0) return `Would change nothing: ${count(changes.same, "resource")} as before${reads}`;
  return `Would ${parts.join(", ")}; ${changes.same} as before${reads}`;
}

/** What would be lost, by name: it is the part of a change that cannot be taken back. */
function lossLines(plan: Plan, page: Page): readonly string[] {
  return (["replace", "delete"] as const).flatMap((operation) => {
    const lost = plan.resources.filter((r) => isReal(r) && r.operation === operation);
    if (lost.length === 0) return [];
    const label = `  ${operation.padEnd(9)} ${String(lost.length).padStart(5)}  `;
    const labels = lost.map((r) => page.hide(printable(labelOf(reportResource(r)))));
    return [page.paint.yellow(label) + names(labels, page.width - label.length)];
  });
}

/** Which defaults were loosened, and why. */
export function relaxationSection({ relaxations }: Report, page: Page): readonly string[] {
  if (relaxations.length === 0) return [];
  const grouped = new Map<string, { readonly choice: string; readonly reason: string; readonly places: string[] }>();
  for (const { choice, reason, resource } of relaxations) {
    const key = JSON.stringify([choice, reason]);
    const group = grouped.get(key) ?? { choice, reason, places: [] };
    group.places.push(labelOf(resource));
    grouped.set(key, group);
  }
  const all = [...grouped.values()];
  const shown = page.verbose ? all : all.slice(0, RELAXATIONS_SHOWN);
  const lines = shown.flatMap(({ choice, reason, places }) => {
    const where = page.verbose ? places.join(", ") : names(places, NAMES_WIDTH);
    return field("  ", `${choice} (${where}): ${reason}`, page.width, page.verbose ? undefined : 2);
  });
  const left = all.length - shown.length;
  return [
    title(page, "Defaults loosened by the program"),
    ...lines,
    ...(left === 0 ? [] : [clip(`  and ${left} more; --verbose lists them`, page.width)]),
  ];
}
