import { count } from "../core/wording.js";
import { resolve } from "node:path";
import { InputError, issue } from "../core/issue.js";
import type { ExampleResult, Rule } from "../policies/index.js";

import type { CommandSpec } from "./arguments.js";
import { Arguments } from "./arguments.js";
import type { Io } from "./io.js";
import { COLOURS, isColoured } from "./io.js";

/** The command `ringfence rules test`. */
export const RULES_TEST_COMMAND = {
  name: "rules test",
  usage: "ringfence rules test [path...]",
  summary: "runs the examples of your own rules as tests",
  about:
    "Runs the examples of your own rules: what fails must be found, what passes must pass. Takes files and folders with rules in CEL (YAML, JSON), TypeScript or JavaScript; without a path, those of the configuration",
  examples: ["ringfence rules test", "ringfence rules test policies/ team.rules.yaml"],
  exitCodes: {
    0: "every example says what it shows",
    1: "one does not",
    2: "bad usage, or rules that cannot be read",
    3: "a defect in Ringfence itself",
  },
  operands: { name: "path", atMost: Number.POSITIVE_INFINITY },
  options: {
    "config-file": {
      value: "FILE",
      group: "Options",
      about: "configuration that names rules (default: ringfence.config.yaml or .ts, when present)",
    },
    quiet: { group: "Options", about: "prints the examples that fail and the last line" },
    color: { value: "WHEN", group: "Options", about: "auto, always or never (default: auto, which heeds NO_COLOR)" },
    help: { short: "h", group: "Options", about: "prints this" },
  },
} as const satisfies CommandSpec<string>;

/** What `ringfence rules test` is asked to do. */
export interface RulesTestRequest {
  /** Files and folders; those of the configuration when empty. */
  readonly paths: readonly string[];
  readonly configFile: string | undefined;
  readonly quiet: boolean;
  readonly colour: (typeof COLOURS)[number];
}

/** The arguments of `ringfence rules test`; `help` when they ask for it. */
export function readRulesTestRequest(argv: readonly string[]): RulesTestRequest | "help" {
  const args = new Arguments<keyof (typeof RULES_TEST_COMMAND)["options"]>(argv, RULES_TEST_COMMAND);
  if (args.has("help")) return "help";
  const request = {
    paths: args.operands,
    configFile: args.one("config-file"),
    quiet: args.has("quiet"),
    colour: args.choice("color", COLOURS, "auto"),
  };
  if (args.issues.length > 0) throw new InputError("rules test", args.issues);
  return request;
}

/**
 * `ringfence rules test`: runs the examples of one's own rules.
 *
 * @returns the exit code.
 * @throws InputError for rules that cannot be read, and when there are none.
 */
export async function rulesTest(request: RulesTestRequest, io: Io): Promise<number> {
  const [{ runExamples }, { knownRules }, { createColors }] = await Promise.all([
    import("../policies/example-results.js"),
    import("../policies/own.js"),
    import("picocolors"),
  ]);
  const rules = await rulesOf(request);
  knownRules({ rules, sets: [] });
  const colours = createColors(isColoured(request.colour, io));
  const results = rules.map((rule) => ({ rule, examples: runExamples(rule, io.now()) }));
  for (const { rule, examples } of results) {
    const failed = examples.some(({ problems }) => problems.length > 0);
    if (request.quiet && !failed) continue;
    io.stdout.write(`${colours.bold(rule.id)}\n`);
    for (const example of examples) {
      if (request.quiet && example.problems.length === 0) continue;
      const mark = example.problems.length === 0 ? colours.green("ok  ") : colours.red("FAIL");
      io.stdout.write([`  ${mark}  ${LABELS[example.kind]}: ${example.title}`, ...linesOf(example), ""].join("\n"));
    }
    io.stdout.write("\n");
  }
  const all = results.flatMap(({ examples }) => examples);
  const wrong = all.filter(({ problems }) => problems.length > 0).length;
  const end = wrong === 0 ? "all say what they show" : `${wrong} ${wrong === 1 ? "does" : "do"} not say what it shows`;
  io.stdout.write(`${count(rules.length, "rule")}, ${count(all.length, "example")}: ${end}\n`);
  return wrong === 0 ? 0 : 1;
}

const LABELS: Readonly<Record<ExampleResult["kind"], string>> = {
  fail: "fails",
  pass: "passes",
  unknown: "cannot be told",
};

function linesOf({ problems }: ExampleResult): readonly string[] {
  return problems.map((problem) => `        ${problem}`);
}

async function rulesOf({ paths, configFile }: RulesTestRequest): Promise<readonly Rule[]> {
  const { loadConfig, loadConfigFile, loadRules } = await import("../policies/config/load.js");
  if (paths.length > 0) return paths.flatMap((path) => loadRules(resolve(path), path));
  const config = configFile === undefined ? loadConfig(".") : loadConfigFile(configFile);
  const rules = config?.options.ownRules ?? [];
  if (rules.length > 0) return rules;
  const advice = "Name a file or a folder, or list them under 'ownRules' of the configuration";
  throw new InputError("rules test", [issue("Required", "path", "must name rules of your own", undefined, advice)]);
}
