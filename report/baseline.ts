import { InputError, issue, UserError } from "../core/issue.js";
import type { Report, ReportFinding } from "./model.js";

/** The mark of the document, with its version. */
export const BASELINE_FORMAT = "ringfence.baseline/1";

/** A finding that was there before. Only the fingerprint is compared; the rest tells a reader what it is. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Id of the resource. */
  readonly resource: string;
  readonly path: string;
  /** The input that the resource came from; left out where nobody knows. */
  readonly file?: string;
}

/** The findings of a day, which do not count from then on. */
export interface Baseline {
  readonly findings: readonly BaselineEntry[];
}

/** The failed and undecided findings of a report, as a baseline. */
export function baselineOf({ findings }: Report): Baseline {
  return { findings: findings.filter(isOpen).map(entryOf) };
}

/** The fingerprints of a baseline. */
export function fingerprintsOf({ findings }: Baseline): ReadonlySet<string> {
  return new Set(findings.map(({ fingerprint }) => fingerprint));
}

/** What a run looked at. */
export interface Extent {
  /** Ids of the rules that were asked. */
  readonly rules: ReadonlySet<string>;
  /** Whether a file that was not read is not there any more. */
  readonly isGone: (file: string) => boolean;
}

/**
 * The baseline without what is mended: whose rule was asked, whose input was read or is gone, and which is no finding any
 * more. What this run did not look at stays.
 */
export function shrink(baseline: Baseline, report: Report, { rules, isGone }: Extent): Baseline {
  const open = new Set(report.findings.filter(isOpen).map(({ fingerprint }) => fingerprint));
  const inputs = new Set(report.inputs.map(({ path }) => path));
  const wasRead = ({ file }: BaselineEntry): boolean => file === undefined || inputs.has(file) || isGone(file);
  return {
    findings: baseline.findings.filter(
      (entry) => open.has(entry.fingerprint) || !rules.has(entry.rule) || !wasRead(entry),
    ),
  };
}

/** The document: a finding a line, sorted, so that a diff shows what left. */
export function writeBaseline({ findings }: Baseline): string {
  const lines = findings
    .map((entry) => JSON.stringify(entry))
    .sort()
    .map((line) => `    ${line}`);
  return `{\n  "format": "${BASELINE_FORMAT}",\n  "findings": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * Reads what {@link writeBaseline} wrote.
 *
 * @param file Its name, for messages.
 * @throws UserError when the text is no JSON; InputError when it is no baseline of this version.
 */
export function readBaseline(text: string, file: string): Baseline {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new UserError(`'${file}' is not JSON: ${(error as Error).message}. ${ADVICE}`);
  }
  const { format, findings } = (document ?? {}) as { readonly format?: unknown; readonly findings?: unknown };
  if (format !== BASELINE_FORMAT)
    throw new InputError(file, [issue("Malformed", "format", `must be '${BASELINE_FORMAT}'`, format, ADVICE)]);
  if (!Array.isArray(findings) || !findings.every(isEntry))
    throw new InputError(file, [
      issue("Malformed", "findings", "must be a list of findings with their fingerprints", findings, ADVICE),
    ]);
  return { findings };
}

const ADVICE = "Give a file that `ringfence check --write-baseline` wrote";

function isOpen({ verdict }: ReportFinding): boolean {
  return verdict === "fail" || verdict === "unknown";
}

function entryOf({ fingerprint, rule, resource, path, source }: ReportFinding): BaselineEntry {
  return { fingerprint, rule, resource: resource.id, path, ...(source === undefined ? {} : { file: source.file }) };
}

function isEntry(value: unknown): value is BaselineEntry {
  const entry = (value ?? {}) as Partial<Record<keyof BaselineEntry, unknown>>;
  return ([entry.fingerprint, entry.rule, entry.resource, entry.path] as const).every((v) => typeof v === "string");
}
