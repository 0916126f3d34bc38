import type { CommandSpec, OptionSpec } from "./arguments.js";

/** Columns of a help text. */
const WIDTH = 100;

/** Column at which the explanations begin. */
const INDENT = 32;

/** The help of the program: its commands. */
export function helpOf(commands: readonly Pick<CommandSpec<string>, "usage" | "summary">[]): string {
  return [
    "Ringfence judges what a Pulumi program would create on AWS and in Kubernetes, before it exists.",
    "",
    "Usage",
    ...commands.flatMap(({ usage, summary }) => row(usage, summary)),
    ...row("ringfence <command> --help", "tells the options and exit codes of a command"),
    ...row("ringfence --version", "prints the version"),
    "",
  ].join("\n");
}

/** The help of a command: its options by group. */
export function helpOfCommand({ usage, about, options, examples, exitCodes }: CommandSpec<string>): string {
  const all: readonly (readonly [string, OptionSpec])[] = Object.entries(options);
  const groups = [...new Set(all.map(([, { group }]) => group))];
  return [
    `${usage} [options]`,
    "",
    ...fill(`${about}.`, WIDTH),
    "",
    ...groups.flatMap((group) => [
      group,
      ...all.filter(([, option]) => option.group === group).flatMap(([name, option]) => optionRow(name, option)),
      "",
    ]),
    "Examples",
    ...examples.map((example) => `  ${example}`),
    "",
    "Exit codes",
    ...Object.entries(exitCodes).flatMap(([code, meaning]) => row(code, meaning)),
    "",
  ].join("\n");
}

function optionRow(name: string, { value, short, about, repeatable }: OptionSpec): readonly string[] {
  const flag = `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
  return row(flag, repeatable === true ? `${about} (repeatable)` : about);
}

function row(left: string, right: string): readonly string[] {
  const lines = fill(right, WIDTH - INDENT);
  const fits = left.length + 4 <= INDENT;
  const rest = lines.map((line) => " ".repeat(INDENT) + line);
  if (!fits) return [`  ${left}`, ...rest];
  return [`  ${left.padEnd(INDENT - 2)}${lines[0] ?? ""}`, ...rest.slice(1)];
}

function fill(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
