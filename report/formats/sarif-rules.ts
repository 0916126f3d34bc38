import type { Rule } from "../../policies/index.js";
import { SETS } from "../../policies/index.js";
import { referenceTexts } from "../values.js";
import { codeBlock } from "./markdown-text.js";
import { levelOf, scoreOf } from "./severity.js";

/** A rule as a `reportingDescriptor` of SARIF, with its help as text and as Markdown. */
export function sarifRule(rule: Rule): object {
  const { id, title, severity, ring, rationale, references } = rule;
  const isSecurity = !isReliability(id);
  const score = isSecurity ? scoreOf(severity) : undefined;
  return {
    id,
    name: id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: rationale },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: [
        isSecurity ? "security" : "reliability",
        ring,
        ...new Set(references.map(({ framework, id: of }) => `${framework}/${of}`)),
      ],
      precision: "high",
      ...(score === undefined ? {} : { "security-severity": score }),
    },
  };
}

/** Whether a rule is about failures alone: code scanning shows what is not tagged `security` apart. */
function isReliability(id: string): boolean {
  const inSet = (name: string): boolean =>
    SETS.some((set) => set.id === name && (set.rules as readonly string[]).includes(id));
  return inSet("reliability") && !inSet("default");
}

function helpText(rule: Rule): string {
  const { id, title, rationale, remediation } = rule;
  const references = referenceTexts(rule);
  return [
    `Must hold: ${title}.`,
    `Why: ${rationale}`,
    `How to fix it: ${remediation}`,
    ...(references.length === 0 ? [] : [`Frameworks: ${references.join("; ")}`]),
    `ringfence rules ${id} tells more.`,
  ].join("\n\n");
}

function helpMarkdown(rule: Rule): string {
  const { id, title, rationale, remediation } = rule;
  const references = referenceTexts(rule);
  return [
    `**Must hold:** ${title}.`,
    rationale,
    "**How to fix it**",
    codeBlock(remediation),
    ...(references.length === 0 ? [] : [`**Frameworks:** ${references.join("; ")}`]),
    `\`ringfence rules ${id}\` tells more.`,
  ].join("\n\n");
}

function sentence(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;
}
