import { count } from "../core/wording.js";
import type { Gate, GateResult } from "./gate.js";

import type { Report } from "./model.js";

/** The outcome of a report in a sentence or a few. */
export function outcome(
  report: Report,
  { gate, result }: { readonly gate: Gate; readonly result: GateResult },
): string {
  const { defects, problems, exemptionProblems } = report;
  if (defects.length > 0) return `${count(defects.length, "rule")} broke: this judgement is not whole.`;
  const unread =
    problems.length === 0 ? [] : [`${count(problems.length, "problem")} with the inputs: not everything was judged.`];
  const exemptions =
    result.exemptions === 0
      ? []
      : [`${count(exemptionProblems.length, "exemption")} ${result.exemptions === 1 ? "needs" : "need"} attention.`];
  return [...unread, verdictOf(report, gate, result), ...exemptions].join(" ");
}

function verdictOf({ summary }: Report, gate: Gate, result: GateResult): string {
  if (gate.failOn === "never")
    return `${count(summary.fail, "failed finding")}; --fail-on never lets all of them pass.`;
  const bar = gate.failOn === "critical" ? "of severity critical" : `of severity ${gate.failOn} or above`;
  const fresh = summary.inBaseline === undefined ? "finding" : "new finding";
  const below = summary.fail - result.failed - (summary.inBaseline ?? 0);
  const others = [
    ...(below > 0 ? [`${below} below`] : []),
    ...(summary.inBaseline === undefined ? [] : [`${summary.inBaseline} in the baseline`]),
  ];
  const rest = others.length === 0 ? "" : `, ${others.join(", ")}`;
  const none = fresh === "finding" ? "No finding" : "No new finding";
  const failed = result.failed === 0 ? `${none} ${bar}${rest}.` : `${count(result.failed, fresh)} ${bar}${rest}.`;
  if (result.undecided === 0) return failed;
  return `${failed} ${count(result.undecided, "value")} ${bar} cannot be known yet, and --on-unknown fail counts them.`;
}
