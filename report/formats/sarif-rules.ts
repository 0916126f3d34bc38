import type { Rule } from "../../policies/index.js";
import { referenceTexts } from "../values.js";
import { codeBlock } from "./markdown-text.js";
import { levelOf, scoreOf } from "./severity.js";

/** A rule as a `reportingDescriptor` of SARIF, with its help as text and as Markdown. */
export function sarifRule(rule: Rule): object {
  const { id, title, severity, ring, rationale, references } = rule;
  const score = scoreOf(severity);
  return {
    id,
    name: id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: rationale },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: ["security", ring, ...new Set(references.map(({ framework, id: of }) => `${framework}/${of}`))],
      precision: "high",
      ...(score === undefined ? {} : { "security-severity": score }),
    },
  };
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
