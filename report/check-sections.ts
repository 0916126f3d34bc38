import { count } from "../core/wording.js";
import { groupBy } from "./groups.js";
import { field, printable } from "./layout.js";
import type { Report } from "./model.js";
import type { Page } from "./page.js";
import { bySeverity, title } from "./page.js";
import { exemptionTerms, fileText, placeText } from "./values.js";

/** What was judged. */
export function headSection({ ringfence, kubernetesVersion, inputs, summary }: Report, page: Page): readonly string[] {
  const [only] = inputs;
  const from = inputs.length === 1 && only !== undefined ? printable(only.path) : count(inputs.length, "file");
  const what = `${count(summary.resources, "resource")} of ${from}, ${count(summary.rules, "rule")}`;
  const [head = "", ...rest] = field(
    "",
    `ringfence ${ringfence} · Kubernetes ${kubernetesVersion} · ${what}`,
    page.width,
  );
  return [title(page, head), ...rest];
}

/** What somebody accepted, with the reason, the owner and the last day. */
export function exemptedSection({ findings }: Report, page: Page): readonly string[] {
  const exempted = findings.filter((f) => f.exemption !== null);
  if (exempted.length === 0) return [];
  const byReason = groupBy(exempted, ({ exemption, rule }) => JSON.stringify([rule, exemption]));
  const lines = [...byReason.values()].flatMap((group) => {
    const [first] = group;
    if (first?.exemption === undefined || first.exemption === null) return [];
    const { reason, said } = first.exemption;
    return [
      `  ${bySeverity(page, first.severity, first.severity.padEnd(10))}${first.rule}`,
      ...group.flatMap((finding) => field("    ", placeText(finding), page.width)),
      ...field("    ", `${reason} (${exemptionTerms(first.exemption)}; ${said})`, page.width).map(page.paint.dim),
    ];
  });
  return [title(page, `Exempted: ${count(exempted.length, "finding")}`), ...lines];
}

/** What is wrong with exemptions and inputs, and rules that broke: all of it, for each ends the run with an exit code of its own. */
export function troubleSections(
  { exemptionProblems, problems, defects }: Report,
  page: Page,
): readonly (readonly string[])[] {
  const section = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [title(page, heading), ...lines.flatMap((line) => field("  ", line, page.width))];
  return [
    section(
      "Exemptions that need attention",
      exemptionProblems.map(({ message }) => message),
    ),
    section(
      "Problems with the inputs",
      problems.map((problem) => `${fileText(problem)}: ${problem.message}`),
    ),
    section("Rules that broke", defects),
  ];
}

/** What was found below a folder and not read: Kustomize and Helm with what to run, other YAML as a number. */
export function skippedSection({ skipped }: Report, page: Page): readonly string[] {
  const others = skipped.filter(({ reason }) => reason === "not-kubernetes");
  const named = skipped.filter(({ reason }) => reason !== "not-kubernetes");
  const lines = [
    ...named.map(({ path, message }) => `${path}: ${message}`),
    ...(others.length === 0
      ? []
      : [
          page.verbose
            ? `No Kubernetes objects: ${others.map(({ path }) => path).join(", ")}`
            : `${count(others.length, "file")} without Kubernetes objects; --verbose lists them`,
        ]),
  ];
  if (lines.length === 0) return [];
  return [title(page, "Not read"), ...lines.flatMap((line) => field("  ", line, page.width))];
}
