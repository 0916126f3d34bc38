import { NOT_SAID } from "../policies/exemptions/foreign.js";
import { groupBy } from "./groups.js";
import type { ReportChange, ReportFinding } from "./model.js";
import { labelOf } from "./names.js";

/** The value of a finding as a person reads it: text without quotes, JSON for the rest, `not set` for nothing. */
export function valueText(finding: Pick<ReportFinding, "value">): string {
  if (!("value" in finding)) return "not set";
  return typeof finding.value === "string" ? finding.value : JSON.stringify(finding.value);
}

/**
 * Who answers for an exemption and its last day; that there is neither, for a skip of another tool.
 *
 * @param prefix Before the owner.
 * @default prefix - nothing
 */
export function exemptionTerms(
  { owner, until }: { readonly owner: string; readonly until: string },
  prefix: string = "",
): string {
  return owner === NOT_SAID && until === NOT_SAID ? "without owner and last day" : `${prefix}${owner}, until ${until}`;
}

/** A change in words: `set spec.hostNetwork to false`, `remove spec.hostPID`. */
export function changeText({ path, set, remove }: ReportChange): string {
  return remove === true ? `remove ${path}` : `set ${path} to ${JSON.stringify(set)}`;
}

/** Where a finding is: `Deployment vote/db: spec.replicas`. */
export function placeText({ resource, path }: Pick<ReportFinding, "resource" | "path">): string {
  return path === "" ? labelOf(resource) : `${labelOf(resource)}: ${path}`;
}

/** The requirements that a finding bears on, a framework once: `cis-eks-1.8.0 4.2.1, 4.2.2`. */
export function referenceTexts({ references }: Pick<ReportFinding, "references">): readonly string[] {
  const byFramework = groupBy(references, ({ framework }) => framework);
  return [...byFramework].map(([framework, all]) => `${framework} ${all.map(({ id }) => id).join(", ")}`);
}

/** Where something stands in a file, as terminals and editors open it: `app.yaml:14:9`. */
export function fileText({
  file,
  line,
  column,
}: {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}
