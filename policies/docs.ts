import { dump } from "js-yaml";
import { toPlainJson } from "../plan/model/index.js";
import { planOfExample } from "./examples.js";
import type { Example, FindingExample, Reference, Rule } from "./model.js";
import type { Parameter } from "./parameters.js";

/** The page of a rule, `docs/rules/<id>.md`: everything that its object says, and nothing else. */
export function ruleMarkdown(rule: Rule): string {
  const { examples } = rule;
  return [
    `# ${rule.id}`,
    `Must hold: ${rule.title}.`,
    `| Severity | Ring | Since |\n| --- | --- | --- |\n| ${rule.severity} | ${rule.ring} | ${rule.since} |`,
    "## Why",
    rule.rationale,
    "## How to fix it",
    fenced("ts", rule.remediation),
    ...section("Fails", examples.fail),
    ...section("Passes", examples.pass),
    ...section("Cannot be told before the deployment", examples.unknown),
    "## Reads",
    rule.reads.map((type) => `- \`${type}\``).join("\n"),
    ...parameters(rule.parameters ?? []),
    ...covered(rule.covers ?? []),
    ...frameworks(rule.references),
    "This page is generated from the rule; a test fails when the two differ.\n",
  ].join("\n\n");
}

/** The list of all rules, `docs/rules/README.md`. */
export function rulesIndexMarkdown(rules: readonly Rule[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((rule) => `| [${rule.id}](${rule.id}.md) | ${rule.ring} | ${rule.severity} | ${rule.title} |`);
  return [
    "# Rules",
    "Each rule is one file with everything there is to say about it; these pages are generated from them.",
    ["| Rule | Ring | Severity | Must hold |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    "",
  ].join("\n\n");
}

function section(heading: string, examples: readonly (Example | FindingExample)[]): readonly string[] {
  if (examples.length === 0) return [];
  return [
    `## ${heading}`,
    ...examples.flatMap((example) => [caption(example), ...before(example), fenced("yaml", yamlOf(example))]),
  ];
}

/** The plan before, of an example that is compared with one. */
function before({ title, previous }: Example): readonly string[] {
  return previous === undefined ? [] : ["Before:", fenced("yaml", yamlOf({ title, resources: previous })), "Now:"];
}

function caption(example: Example | FindingExample): string {
  const title = `${example.title.charAt(0).toUpperCase()}${example.title.slice(1)}`;
  if (!("path" in example)) return `${title}.`;
  const on = example.on ?? example.resources[0]?.name ?? "";
  return `${title}. Found at ${example.path === "" ? `\`${on}\` as a whole` : `\`${example.path}\` of \`${on}\``}.`;
}

/** The resources as YAML, each under a comment with its type and name; references as their text. */
function yamlOf(example: Example): string {
  return planOfExample(example)
    .resources.map((r) => {
      const body = {
        ...(toPlainJson(r.inputs) as object),
        ...(Object.keys(r.options).length === 0 ? {} : { $options: r.options }),
      };
      return `# ${r.type} ${r.name}\n${dump(body, { lineWidth: 120, noRefs: true }).trimEnd()}`;
    })
    .join("\n---\n");
}

function parameters(list: readonly Parameter[]): readonly string[] {
  if (list.length === 0) return [];
  const rows = list.map(
    ({ name, about, rule, fallback }) => `| \`${name}\` | ${about} | ${rule} | \`${JSON.stringify(fallback)}\` |`,
  );
  return ["## Parameters", ["| Name | Meaning | Value | Default |", "| --- | --- | --- | --- |", ...rows].join("\n")];
}

function covered(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const links = [...ids].sort().map((id) => `- [${id}](${id}.md)`);
  return ["## Lists under its findings", "Its failure implies theirs at the same place:", links.join("\n")];
}

function frameworks(references: readonly Reference[]): readonly string[] {
  if (references.length === 0) return [];
  const rows = references.map(({ framework, id }) => `| ${framework} | ${id} |`);
  const sources = [...new Set(references.map(({ source }) => source))];
  return [
    "## Frameworks",
    ["| Framework | Id |", "| --- | --- |", ...rows].join("\n"),
    `Where the mapping comes from: ${sources.join("; ")}.`,
  ];
}

function fenced(language: string, text: string): string {
  return ["```" + language, text, "```"].join("\n");
}
