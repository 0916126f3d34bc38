import { InputError } from "../../core/issue.js";
import type { Exemption, Rule } from "../model.js";
import type { AnyRuleId } from "../rules/index.js";
import type { ExemptionText } from "./entry.js";
import { readEntry } from "./entry.js";

/**
 * An exemption in code, for {@link import("../judge.js").JudgeOptions.exemptions}.
 *
 * @param rule The id of a rule of Ringfence, or a rule of one's own.
 * @param text At which resource (its id, as reports print it), why, who answers for it, and the last day on which it holds.
 * @throws InputError for every field that is not as it must be.
 */
export function exempt(rule: AnyRuleId | Rule, text: Omit<ExemptionText, "rule">): Exemption {
  const id = typeof rule === "string" ? rule : rule.id;
  const read = readEntry({ ...text, rule: id }, (field) => field ?? "exemption");
  if ("issues" in read) throw new InputError(`exemption of '${id}'`, read.issues);
  return { ...read.text, said: "code" };
}
