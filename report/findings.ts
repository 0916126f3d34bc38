import type { PlannedResource } from "../plan/model/index.js";
import { renderKey, splitPath, toPlainJson } from "../plan/model/index.js";
import type { SourcePlace } from "../plan/read/index.js";
import { Cursor } from "../plan/world/index.js";
import type { Change, Exemption, Finding, Judgement, Pass, Rule } from "../policies/index.js";
import { fingerprintsOf } from "./fingerprint.js";
import type { ReportChange, ReportCovered, ReportExemption, ReportFinding, ReportSource } from "./model.js";
import { reportResource } from "./names.js";
import type { SecretMask } from "./secret-mask.js";
import { secretMask } from "./secret-mask.js";

/** Where a property of a resource stands in its file; `undefined` for what comes from no file. */
export type Locate = (resource: PlannedResource, path: string) => SourcePlace | undefined;

/** How findings are described. */
export interface FindingParts {
  readonly judgement: Judgement;
  readonly locate: Locate;
  /** Fingerprints of the baseline; `undefined` without one. */
  readonly baseline: ReadonlySet<string> | undefined;
  /** Whether passes are listed. */
  readonly all: boolean;
}

/** The findings of a judgement as reports have them: failed and undecided ones, exempted ones, passes if wanted. */
export function reportFindings({ judgement, locate, baseline, all }: FindingParts): readonly ReportFinding[] {
  const { exempted, passes } = judgement;
  const mask = secretMask(judgement);
  const marked: readonly { readonly finding: Finding; readonly exemption?: Exemption }[] = [
    ...judgement.findings.map((finding) => ({ finding })),
    ...exempted,
  ];
  const fingerprints = fingerprintsOf(marked.map(({ finding }) => finding));
  const found = marked.map(({ finding, exemption }, i) => {
    const fingerprint = fingerprints[i] ?? "";
    const inBaseline = baseline === undefined || exemption !== undefined ? undefined : baseline.has(fingerprint);
    return describeFinding(finding, { mask, locate, fingerprint, exemption, inBaseline });
  });
  if (!all) return found;
  const passMarks = fingerprintsOf(passes.map((pass) => ({ ...pass, path: "" })));
  return [...found, ...passes.map((pass, i) => describePass(pass, locate, passMarks[i] ?? ""))];
}

interface Context {
  readonly mask: SecretMask;
  readonly locate: Locate;
  readonly fingerprint: string;
  readonly exemption: Exemption | undefined;
  /** `undefined` where there is no baseline to ask. */
  readonly inBaseline: boolean | undefined;
}

function describeFinding(finding: Finding, context: Context): ReportFinding {
  const { mask, locate, fingerprint, exemption, inBaseline } = context;
  const { rule, resource, path, fix, covered } = finding;
  const described: ReportFinding = {
    ...headOf(rule),
    verdict: exemption === undefined ? finding.verdict : "exempted",
    severity: finding.severity,
    ring: rule.ring,
    resource: reportResource(resource),
    ...(resource.source === undefined ? sourceOf(resource, path, locate) : { source: resource.source }),
    path: renderKey(path),
    ...valueOf(finding, mask),
    message: mask.text(resource, finding.message),
    remediation: rule.remediation,
    references: referencesOf(rule),
    fix: [],
    covers: covered.map((one) => coveredOf(one, resource, mask)),
    fingerprint,
    exemption: exemption === undefined ? null : exemptionOf(exemption, finding.verdict),
    ...(inBaseline === undefined ? {} : { inBaseline }),
  };
  if (resource.source !== undefined)
    whenAsked(described, "source", () => sourceOf(resource, path, locate).source ?? resource.source);
  if (fix.length > 0) whenAsked(described, "fix", () => fix.map((change) => changeOf(change, resource, mask, locate)));
  return described;
}

/**
 * Lets a field be worked out when it is first read: to find a place in a file takes its text apart, and of ten thousand
 * findings a terminal shows some.
 */
function whenAsked<K extends keyof ReportFinding>(finding: ReportFinding, key: K, work: () => ReportFinding[K]): void {
  const keep = (value: ReportFinding[K]): ReportFinding[K] => {
    Object.defineProperty(finding, key, { value, enumerable: true });
    return value;
  };
  Object.defineProperty(finding, key, { get: () => keep(work()), enumerable: true, configurable: true });
}

function describePass({ rule, resource }: Pass, locate: Locate, fingerprint: string): ReportFinding {
  return {
    ...headOf(rule),
    verdict: "pass",
    severity: rule.severity,
    ring: rule.ring,
    resource: reportResource(resource),
    ...sourceOf(resource, "", locate),
    path: "",
    message: rule.title,
    remediation: rule.remediation,
    references: referencesOf(rule),
    fix: [],
    covers: [],
    fingerprint,
    exemption: null,
  };
}

function headOf({ id, title }: Rule): Pick<ReportFinding, "rule" | "title"> {
  return { rule: id, title };
}

const referencesByRule = new WeakMap<Rule, ReportFinding["references"]>();

function referencesOf(rule: Rule): ReportFinding["references"] {
  let known = referencesByRule.get(rule);
  if (known === undefined)
    referencesByRule.set(rule, (known = rule.references.map(({ framework, id }) => ({ framework, id }))));
  return known;
}

function exemptionOf({ reason, owner, until, said }: Exemption, excuses: "fail" | "unknown"): ReportExemption {
  return { reason, owner, until, said, excuses };
}

function valueOf({ verdict, path, value, resource }: Finding, mask: SecretMask): { readonly value?: unknown } {
  if (value !== undefined) return { value: mask.value(resource, toPlainJson(value)) };
  return verdict === "unknown" && path !== "" ? { value: "[unknown]" } : {};
}

function coveredOf(finding: Finding, of: PlannedResource, mask: SecretMask): ReportCovered {
  const { rule, verdict, severity, resource, path, message } = finding;
  return {
    ...headOf(rule),
    verdict,
    severity,
    ...(resource === of ? {} : { resource: reportResource(resource) }),
    path: renderKey(path),
    ...valueOf(finding, mask),
    message: mask.text(resource, message),
  };
}

function changeOf(change: Change, resource: PlannedResource, mask: SecretMask, locate: Locate): ReportChange {
  const path = renderKey(change.path);
  if (change.kind === "remove") return { path, remove: true };
  const set = mask.value(resource, toPlainJson(change.value));
  const replaces = scalarAt(resource, change.path, locate);
  return replaces === undefined ? { path, set } : { path, set, replaces };
}

/** Where a scalar stands on one line, to be replaced as text. */
function scalarAt(resource: PlannedResource, path: string, locate: Locate): Required<ReportSource> | undefined {
  const at = new Cursor(resource.inputs).at(...splitPath(path));
  if (at.secret || !["string", "number", "boolean"].includes(typeof at.value)) return undefined;
  const place = locate(resource, path);
  if (place?.exact !== true || place.line !== place.endLine || place.value.end === place.value.start) return undefined;
  return spanOf(place);
}

function sourceOf(resource: PlannedResource, path: string, locate: Locate): { readonly source?: ReportSource } {
  const place = locate(resource, path);
  if (place !== undefined) return { source: spanOf(place) };
  return resource.source === undefined ? {} : { source: resource.source };
}

function spanOf({ file, line, column, document, endLine, endColumn, exact }: SourcePlace): Required<ReportSource> {
  return { file, line, column, document, endLine, endColumn, exact };
}
