/** Text within GitHub-flavoured Markdown: nothing here knows what a report is. */
import { wellFormed } from "./well-formed.js";

/** Characters that Markdown, HTML and GitHub's own mentions and references read as more than text. */
const SPECIAL = /[\\`*_{}[\]<>|~#@&!$]/g;

/** Any text as plain text on one line: no markup, no HTML, no mention of a person, no reference to an issue. */
export function plain(text: string): string {
  return oneLine(text).replace(SPECIAL, (c) => (/[<>&@#]/.test(c) ? `&#${c.charCodeAt(0)};` : `\\${c}`));
}

/** Any text as code on one line. */
export function code(text: string): string {
  const line = oneLine(text);
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Any text as a block of code. */
export function codeBlock(text: string, language = ""): string {
  const shown = wellFormed(text)
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])\p{Cc}/gu, "\uFFFD");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${shown.trimEnd()}\n${fence}`;
}

/** Cells as a row of a table; within a table a pipe divides cells even in code. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
}

/** A table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(head), tableRow(head.map(() => "---")), ...rows.map(tableRow)].join("\n");
}

function oneLine(text: string): string {
  return wellFormed(text)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
