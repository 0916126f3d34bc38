import { InputError, issue } from "../core/issue.js";
import type { CommandSpec } from "./arguments.js";
import { Arguments } from "./arguments.js";
import type { Io } from "./io.js";
import { COLOURS, DEFAULT_WIDTH, isColoured, widthOf } from "./io.js";
import type { Output } from "./outputs.js";
import { checkTargets, readOutputs, writeFiles } from "./outputs.js";

/** The command `ringfence rules`. */
export const RULES_COMMAND = {
  name: "rules",
  usage: "ringfence rules [id...]",
  summary: "lists the rules, or tells the whole story of some",
  about:
    "Lists the rules, your own among them, with their frameworks. With ids, tells the whole story of each: why, how to fix it, examples that fail and pass",
  examples: [
    "ringfence rules",
    "ringfence rules eks-endpoint-public-access-disabled",
    "ringfence rules --set cross-ring --format json",
  ],
  exitCodes: { 0: "the rules were printed", 2: "bad usage: nothing is written", 3: "a defect in Ringfence itself" },
  operands: { name: "id", atMost: Number.POSITIVE_INFINITY },
  options: {
    set: { value: "ID", repeatable: true, group: "Options", about: "set of rules to list (default: all rules)" },
    "config-file": {
      value: "FILE",
      group: "Options",
      about: "configuration that names own rules (default: ringfence.config.yaml or .ts, when present)",
    },
    format: { value: "FORMAT", repeatable: true, group: "Options", about: "text or json (default: text)" },
    output: {
      value: "FILE",
      repeatable: true,
      group: "Options",
      about: "file for the --format before it (default: standard output)",
    },
    color: { value: "WHEN", group: "Options", about: "auto, always or never (default: auto, which heeds NO_COLOR)" },
    help: { short: "h", group: "Options", about: "prints this" },
  },
} as const satisfies CommandSpec<string>;

/** What `ringfence rules` is asked to do. */
export interface RulesRequest {
  readonly ids: readonly string[];
  readonly sets: readonly string[];
  /** Where own rules and sets are named; the configuration of the working directory, when there is one, when left out. */
  readonly configFile: string | undefined;
  readonly outputs: readonly Output[];
  readonly colour: (typeof COLOURS)[number];
}

/** The arguments of `ringfence rules`; `help` when they ask for it. */
export function readRulesRequest(argv: readonly string[]): RulesRequest | "help" {
  const args = new Arguments<keyof (typeof RULES_COMMAND)["options"]>(argv, RULES_COMMAND);
  if (args.has("help")) return "help";
  const request = {
    ids: args.operands,
    sets: args.all("set"),
    configFile: args.one("config-file"),
    outputs: readOutputs(args, ["text", "json"]),
    colour: args.choice("color", COLOURS, "auto"),
  };
  args.issues.push(
    ...checkTargets(request.outputs.flatMap(({ file }) => (file === undefined ? [] : [{ option: "--output", file }]))),
  );
  if (request.ids.length > 0 && request.sets.length > 0)
    args.issues.push(
      issue("Conflict", "--set", "must stand without ids", request.sets.join(", "), "Name rules or sets"),
    );
  if (args.issues.length > 0) throw new InputError("rules", args.issues);
  return request;
}

/**
 * `ringfence rules`: prints the rules.
 *
 * @returns the exit code.
 * @throws InputError for an id that does not exist, and for what is wrong with the configuration.
 */
export async function rules({ ids, sets, configFile, outputs, colour }: RulesRequest, io: Io): Promise<number> {
  const [
    { selectRules },
    { knownRules },
    { loadConfig, loadConfigFile },
    { buildRules, renderRulesJson, renderRulesText },
  ] = await Promise.all([
    import("../policies/select.js"),
    import("../policies/own.js"),
    import("../policies/config/load.js"),
    import("../report/rules.js"),
  ]);
  const { ownRules = [], ownSets = [] } =
    (configFile === undefined ? loadConfig(".") : loadConfigFile(configFile))?.options ?? {};
  const own = { rules: ownRules, sets: ownSets };
  const named = ownSets.filter(({ id }) => sets.includes(id)).flatMap((set) => set.rules);
  const chosen =
    ids.length > 0
      ? selectRules(undefined, ids, undefined, own)
      : sets.length > 0
        ? // A judgement asks own rules besides every set; a list of a set is the set.
          selectRules(sets, undefined, undefined, own).filter((r) => !ownRules.includes(r) || named.includes(r.id))
        : knownRules(own);
  const document = buildRules(chosen, ownSets);
  const textOf = ({ format, file }: Output): string =>
    format === "json"
      ? renderRulesJson(document)
      : renderRulesText(document, {
          width: file === undefined ? widthOf(io.stdout) : DEFAULT_WIDTH,
          colour: file === undefined && isColoured(colour, io),
          story: ids.length > 0,
        });
  writeFiles(outputs.flatMap((o) => (o.file === undefined ? [] : [{ file: o.file, text: textOf(o) }])));
  for (const output of outputs) if (output.file === undefined) io.stdout.write(textOf(output));
  return 0;
}
