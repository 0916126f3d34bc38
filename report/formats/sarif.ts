import { countsForGate } from "../gate.js";
import type { Report, ReportFinding } from "../model.js";
import { changeText, exemptionTerms } from "../values.js";
import type { RenderContext } from "./model.js";
import { sarifInvocation } from "./sarif-invocation.js";
import { artifactLocation, physicalLocation, regionOf } from "./sarif-locations.js";
import { sarifRule } from "./sarif-rules.js";
import { levelOf } from "./severity.js";

/** The schema that the document follows (OASIS, errata 01). */
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * The report as SARIF 2.1.0 (OASIS standard, errata 01): the rules that were asked with their help, a result for each
 * finding, `open` where it is undecided and suppressed where it is exempted, and what went wrong as notifications.
 */
export function renderSarif(report: Report, context: RenderContext): string {
  const indexes = new Map(context.rules.map(({ id }, i) => [id, i]));
  const shown = report.findings.filter(
    (f) => f.verdict !== "unknown" || context.gate.onUnknown !== "ignore" || countsForGate(f, context.gate),
  );
  const someExempted = shown.some((f) => f.verdict === "exempted");
  const run = {
    tool: {
      driver: {
        name: "Ringfence",
        version: report.ringfence,
        semanticVersion: report.ringfence,
        rules: context.rules.map(sarifRule),
      },
    },
    invocations: [sarifInvocation(report, context)],
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder that the command ran in." } } },
    columnKind: "utf16CodeUnits",
    results: shown.map((finding) => ({
      ...resultOf(finding, report, indexes.get(finding.rule)),
      // The standard asks for suppressions on all results of a run, or on none.
      ...(someExempted ? { suppressions: suppressionsOf(finding) } : {}),
    })),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function resultOf(finding: ReportFinding, report: Report, ruleIndex: number | undefined): object {
  const { rule, severity, ring, resource, path, fingerprint, inBaseline, covers } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    ...kindOf(finding),
    message: { text: plainMessage(messageOf(finding)) },
    locations: [
      {
        ...physicalLocation(finding.source, report),
        logicalLocations: [
          {
            name: resource.name,
            fullyQualifiedName: path === "" ? resource.id : `${resource.id}: ${path}`,
            kind: "resource",
          },
        ],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`, "ringfence/v1": fingerprint },
    ...(inBaseline === undefined ? {} : { baselineState: inBaseline ? "unchanged" : "new" }),
    ...fixesOf(finding),
    properties: {
      severity,
      ring,
      ...("value" in finding ? { value: finding.value } : {}),
      ...(covers.length === 0 ? {} : { covers: covers.map((one) => ({ rule: one.rule, path: one.path })) }),
    },
  };
}

/** `open` is SARIF's word for what cannot be decided; a level other than `none` belongs to `fail` alone. */
function kindOf({ verdict, exemption, severity }: ReportFinding): object {
  if (verdict === "pass") return { kind: "pass", level: "none" };
  const undecided = verdict === "unknown" || exemption?.excuses === "unknown";
  return undecided ? { kind: "open", level: "none" } : { kind: "fail", level: levelOf(severity) };
}

function messageOf({ message, covers }: ReportFinding): string {
  if (covers.length === 0) return message;
  return `${message}. It implies: ${[...new Set(covers.map(({ rule }) => rule))].join(", ")}`;
}

/** Text that is not taken for SARIF's embedded links, `[text](target)`. */
function plainMessage(text: string): string {
  return text.replace(/\[(?=[^\]]*\]\()/g, "\\[");
}

function suppressionsOf({ exemption }: ReportFinding): readonly object[] {
  if (exemption === null) return [];
  const { reason, said } = exemption;
  return [
    {
      kind: said.includes("annotation") ? "inSource" : "external",
      status: "accepted",
      justification: `${reason} (${exemptionTerms(exemption, "owner ")}; ${said})`,
    },
  ];
}

/** What a tool can do about it by replacing text alone: offered when each of the changes is such a replacement. */
function fixesOf({ fix, source }: ReportFinding): { readonly fixes?: readonly object[] } {
  if (source === undefined || fix.length === 0) return {};
  const replacements = fix.flatMap(({ set, replaces }) =>
    replaces?.file !== source.file
      ? []
      : [{ deletedRegion: regionOf(replaces), insertedContent: { text: JSON.stringify(set) } }],
  );
  if (replacements.length < fix.length) return {};
  const text = fix.map(changeText).join("; ");
  const artifactChanges = [{ artifactLocation: artifactLocation(source.file), replacements }];
  return { fixes: [{ description: { text }, artifactChanges }] };
}
