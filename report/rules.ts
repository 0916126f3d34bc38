import { count } from "../core/wording.js";
import { dump } from "js-yaml";
import { createColors } from "picocolors";
import { RINGS } from "../core/ring.js";
import type { Ring } from "../core/ring.js";
import { toPlainJson } from "../plan/model/index.js";
import { planOfExample } from "../policies/examples.js";
import type { Example, FindingExample, Rule, Severity } from "../policies/index.js";
import { SETS } from "../policies/index.js";
import { SEVERITIES } from "../policies/model.js";
import type { OwnSet } from "../policies/own.js";
import { field, printable } from "./layout.js";
import type { Page } from "./page.js";
import { bySeverity } from "./page.js";
import { referenceTexts } from "./values.js";
import { ringfenceVersion } from "./version.js";

/** The mark of the document, with its version. Fields may be added within a version; none changes its meaning or goes. */
export const RULES_FORMAT = "ringfence.rules/1";

/** The version of a set, and the `since` of a rule, that are one's own. */
const OWN = "own";

/** A set of Ringfence, or one of one's own. */
interface ListedSet {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly rules: readonly string[];
}

/** An example as plain JSON: references as text, `"[unknown]"` and `"[secret]"` as in reports. */
export interface RuleExampleDocument {
  readonly title: string;
  /** Where the finding is; left out of examples without one. */
  readonly path?: string;
  /** What is set of the rule's parameters; left out when nothing is. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The plan before, of an example that is compared with one. */
  readonly previous?: readonly RuleExampleResource[];
  readonly resources: readonly RuleExampleResource[];
}

/** One resource of an example. */
export interface RuleExampleResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
  readonly options?: unknown;
}

/** The whole story of a rule. */
export interface RuleDocument {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly ring: Ring;
  readonly since: string;
  readonly rationale: string;
  readonly remediation: string;
  readonly reads: readonly string[];
  readonly references: readonly { readonly framework: string; readonly id: string; readonly source: string }[];
  /** Ids of the sets that hold it. */
  readonly sets: readonly string[];
  /** What a person can set of it. */
  readonly parameters: readonly {
    readonly name: string;
    readonly about: string;
    /** What a value must be. */
    readonly rule: string;
    readonly default: unknown;
  }[];
  /** Ids of the rules whose failures its own implies. */
  readonly covers: readonly string[];
  readonly examples: {
    readonly fail: readonly RuleExampleDocument[];
    readonly pass: readonly RuleExampleDocument[];
    readonly unknown: readonly RuleExampleDocument[];
  };
}

/** What `ringfence rules --format json` prints. */
export interface RulesDocument {
  readonly format: typeof RULES_FORMAT;
  /** Version of Ringfence. */
  readonly ringfence: string;
  readonly sets: readonly {
    readonly id: string;
    readonly title: string;
    /** `own` for a set of one's own. */
    readonly version: string;
    readonly rules: number;
  }[];
  /** By ring from the outermost, then severity, then id. */
  readonly rules: readonly RuleDocument[];
}

/** How rules are printed as text. */
export interface RulesTextOptions {
  readonly width: number;
  readonly colour: boolean;
  /** The whole story of each, and not a line or two. */
  readonly story: boolean;
}

/**
 * Builds the document of some rules.
 *
 * @param ownSets Sets of one's own, listed behind those of Ringfence.
 */
export function buildRules(rules: readonly Rule[], ownSets: readonly OwnSet[] = []): RulesDocument {
  const sets: readonly ListedSet[] = [
    ...SETS,
    ...ownSets.map(({ id, title = id, rules: members }) => ({ id, title, version: OWN, rules: members })),
  ];
  const sorted = [...rules].sort(
    (a, b) =>
      RINGS.indexOf(a.ring) - RINGS.indexOf(b.ring) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.id < b.id ? -1 : 1),
  );
  return {
    format: RULES_FORMAT,
    ringfence: ringfenceVersion(),
    sets: sets.map(({ id, title, version, rules: members }) => ({ id, title, version, rules: members.length })),
    rules: sorted.map((rule) => documentOf(rule, sets)),
  };
}

/** The rules as two-space JSON with a final newline. */
export function renderRulesJson(document: RulesDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The rules as text: a list with their frameworks, or the story of each. */
export function renderRulesText(document: RulesDocument, options: RulesTextOptions): string {
  const page = { width: options.width, paint: createColors(options.colour) };
  if (options.story) return `${document.rules.map((rule) => storyOf(rule, page).join("\n")).join("\n\n\n")}\n`;
  const sets = document.sets.map(
    ({ id, title, version, rules }) =>
      `  ${id} (${version === OWN ? "your own" : `version ${version}`}, ${count(rules, "rule")}): ${title}`,
  );
  const blocks = RINGS.flatMap((ring) => {
    const rules = document.rules.filter((rule) => rule.ring === ring);
    if (rules.length === 0) return [];
    return [
      [
        page.paint.bold(`${ring}: ${count(rules.length, "rule")}`),
        ...rules.flatMap((rule) => entryOf(rule, page)),
      ].join("\n"),
    ];
  });
  const help = "`ringfence rules <id>` tells the whole story of a rule.";
  return `${[...blocks, ["Sets", ...sets].join("\n"), help].join("\n\n")}\n`;
}

type RulePage = Pick<Page, "width" | "paint">;

function entryOf(rule: RuleDocument, page: RulePage): readonly string[] {
  const references = referenceTexts(rule).join(" · ");
  return [
    `  ${bySeverity(page, rule.severity, rule.severity.padEnd(9))}${page.paint.bold(rule.id)}`,
    ...field(" ".repeat(11), rule.title, page.width),
    ...(references === "" ? [] : field(" ".repeat(11), references, page.width).map(page.paint.dim)),
  ];
}

function storyOf(rule: RuleDocument, page: RulePage): readonly string[] {
  const { paint, width } = page;
  const about = [
    bySeverity(page, rule.severity, rule.severity),
    rule.ring,
    rule.since === OWN ? "your own" : `since ${rule.since}`,
    ...(rule.sets.length === 0 ? [] : [`sets: ${rule.sets.join(", ")}`]),
  ];
  const section = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", paint.bold(heading), ...lines];
  return [
    `${paint.bold(rule.id)} (${about.join(" · ")})`,
    ...field("", `Must hold: ${rule.title}.`, width),
    ...section("Why", field("  ", rule.rationale, width)),
    ...section("How to fix it", field("  ", rule.remediation, width)),
    ...section(
      "Frameworks",
      referenceTexts(rule).flatMap((line) => field("  ", line, width)),
    ),
    ...section(
      "Reads",
      rule.reads.map((type) => `  ${type}`),
    ),
    ...section(
      "Parameters",
      rule.parameters.flatMap(({ name, about, rule: form, default: fallback }) =>
        field("  ", `${name}: ${about} Must be ${form}; ${JSON.stringify(fallback)} when left out.`, width),
      ),
    ),
    ...section("Lists under its findings", rule.covers.length === 0 ? [] : field("  ", rule.covers.join(", "), width)),
    ...rule.examples.fail.flatMap((example) => section(`Fails: ${example.title}`, exampleLines(example))),
    ...rule.examples.pass.flatMap((example) => section(`Passes: ${example.title}`, exampleLines(example))),
    ...rule.examples.unknown.flatMap((example) => section(`Undecided: ${example.title}`, exampleLines(example))),
  ];
}

function exampleLines({ resources, previous, parameters, path }: RuleExampleDocument): readonly string[] {
  const shown = (some: readonly RuleExampleResource[]): readonly string[] =>
    some.flatMap(({ type, name, inputs, options }) => [
      `  ${printable(`${type} ${name}`)}`,
      ...yamlLines(options === undefined ? inputs : { inputs, options }),
    ]);
  return [
    ...(parameters === undefined ? [] : ["  with the parameters", ...yamlLines(parameters)]),
    ...(previous === undefined ? [] : ["  before", ...shown(previous), "  now"]),
    ...shown(resources),
    ...(path === undefined || path === "" ? [] : [`  at ${path}`]),
  ];
}

function yamlLines(value: unknown): readonly string[] {
  const lines = dump(value, { lineWidth: -1, noRefs: true }).trimEnd().split("\n");
  return lines.map((line) => `    ${printable(line)}`);
}

function documentOf(rule: Rule, sets: readonly ListedSet[]): RuleDocument {
  const { id, title, severity, ring, since, rationale, remediation, reads, examples } = rule;
  return {
    id,
    title,
    severity,
    ring,
    since,
    rationale,
    remediation,
    reads,
    references: rule.references.map(({ framework, id: of, source }) => ({ framework, id: of, source })),
    sets: sets.filter((set) => set.rules.includes(id)).map((set) => set.id),
    parameters: (rule.parameters ?? []).map(({ name, about, rule: form, fallback }) => ({
      name,
      about,
      rule: form,
      default: fallback,
    })),
    covers: rule.covers ?? [],
    examples: {
      fail: examples.fail.map(exampleOf),
      pass: examples.pass.map(exampleOf),
      unknown: examples.unknown.map(exampleOf),
    },
  };
}

function exampleOf(example: Example | FindingExample): RuleExampleDocument {
  const { title, parameters, previous } = example;
  return {
    title,
    ...("path" in example ? { path: example.path } : {}),
    ...(parameters === undefined ? {} : { parameters }),
    ...(previous === undefined ? {} : { previous: resourcesOf({ title, resources: previous }) }),
    resources: resourcesOf(example),
  };
}

function resourcesOf(example: Example): readonly RuleExampleResource[] {
  return planOfExample(example).resources.map(({ type, name, inputs, options }) => ({
    type,
    name,
    inputs: toPlainJson(inputs),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  }));
}
