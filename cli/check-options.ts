import { existsSync, realpathSync } from "node:fs";
import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";
import type { CommandSpec } from "./arguments.js";
import { Arguments } from "./arguments.js";
import type { JudgeRequest, ReportRequest } from "./judge-options.js";
import { readJudgeRequest, readReportRequest, REPORT_OPTIONS, RULE_OPTIONS } from "./judge-options.js";
import type { Target } from "./outputs.js";
import { checkTargets } from "./outputs.js";

/** The command `ringfence check`. */
export const CHECK = {
  name: "check",
  usage: "ringfence check <path...>",
  summary: "judges what already exists as files",
  about:
    "Judges Kubernetes objects as YAML or JSON (files, folders, `-` for standard input), the output of `pulumi preview --json` and `pulumi stack export`, and saved plans. All of them together are one world",
  examples: [
    "ringfence check deploy/",
    "helm template chart | ringfence check -",
    "ringfence check deploy/ state.json --set cis-eks-1.8.0",
    "ringfence check deploy/ --fix --dry-run",
    "ringfence check deploy/ --baseline ringfence.baseline.json",
    "ringfence check deploy/ --format sarif --output ringfence.sarif",
  ],
  exitCodes: {
    0: "nothing at or above --fail-on",
    1: "findings at or above it",
    2: "bad usage, or an input that cannot be read; whatever can be read is judged all the same",
    3: "a rule that broke, or another defect: the judgement is not whole",
  },
  operands: { name: "path", atMost: Number.POSITIVE_INFINITY },
  options: {
    "event-log": { value: "FILE", group: "Input", about: "log of `pulumi preview --event-log`, besides the paths" },
    fix: {
      group: "Changes",
      about: "makes the changes that a machine can make, in the files; judges what is then there",
    },
    "dry-run": { group: "Changes", about: "with --fix: prints the changes as a diff and writes nothing" },
    baseline: {
      value: "FILE",
      group: "Changes",
      about: "findings that were there before: only new ones count; what is mended leaves the file",
    },
    "write-baseline": {
      value: "FILE",
      group: "Changes",
      about: "file to write today's findings to, as a new baseline",
    },
    ...RULE_OPTIONS,
    ...REPORT_OPTIONS,
  },
} as const satisfies CommandSpec<string>;

/** What `ringfence check` is asked to do. */
export interface CheckRequest extends JudgeRequest, ReportRequest {
  readonly paths: readonly string[];
  readonly eventLog?: string;
  /** `show` prints a diff. */
  readonly fix: "no" | "show" | "write";
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** The arguments of `ringfence check`; `help` when they ask for it. */
export function readCheckRequest(argv: readonly string[]): CheckRequest | "help" {
  const args = new Arguments<keyof (typeof CHECK)["options"]>(argv, CHECK);
  if (args.has("help")) return "help";
  const [eventLog, baseline, writeBaseline] = (["event-log", "baseline", "write-baseline"] as const).map((name) =>
    args.one(name),
  );
  const request: CheckRequest = {
    paths: args.operands,
    ...(eventLog === undefined ? {} : { eventLog }),
    fix: !args.has("fix") ? "no" : args.has("dry-run") ? "show" : "write",
    ...(baseline === undefined ? {} : { baseline }),
    ...(writeBaseline === undefined ? {} : { writeBaseline }),
    ...readJudgeRequest(args),
    ...readReportRequest(args),
  };
  args.issues.push(...problemsOf(request, args.has("dry-run")));
  if (request.fix === "show")
    for (const { name, value } of args.inOrder("format", "output", "write-baseline"))
      args.issues.push(
        issue("Conflict", `--${name}`, "must stand without --dry-run, which prints a diff alone", value, "Keep one"),
      );
  if (args.issues.length > 0) throw new InputError("check", args.issues);
  return request;
}

/**
 * The issues of files to be written that would take the place of what is read: by whatever path, a link too.
 *
 * @param read Paths of files that the paths asked for led to.
 */
export function overInputs(request: CheckRequest, read: readonly string[]): readonly Issue[] {
  const { eventLog, baseline, configFile, exemptions } = request;
  const named = [eventLog, baseline, configFile, exemptions].filter((file) => file !== undefined);
  const inputs = new Map(
    [...read, ...named].filter((file) => existsSync(file)).map((file) => [realpathSync(file), file]),
  );
  return targetsOf(request).flatMap(({ option, file }) => {
    const input = existsSync(file) ? inputs.get(realpathSync(file)) : undefined;
    if (input === undefined) return [];
    const rule = input === file ? "must not be a file that is read" : `must not be a file that is read, as '${input}'`;
    return [issue("Conflict", option, rule, file, "Give the name of another file")];
  });
}

function targetsOf(r: CheckRequest): readonly Target[] {
  return [
    ...(r.writeBaseline === undefined ? [] : [{ option: "--write-baseline", file: r.writeBaseline }]),
    ...r.outputs.flatMap(({ file }) => (file === undefined ? [] : [{ option: "--output", file }])),
  ];
}

function problemsOf(r: CheckRequest, dryRun: boolean): readonly Issue[] {
  return [
    ...(r.paths.length === 0 && r.eventLog === undefined
      ? [issue("Required", "path", "must be named", undefined, "Name files or folders, or - for standard input")]
      : []),
    ...(dryRun && r.fix === "no"
      ? [issue("Conflict", "--dry-run", "must come with --fix", "--dry-run", "Add --fix, or leave it out")]
      : []),
    ...(r.baseline !== undefined && r.writeBaseline !== undefined
      ? [issue("Conflict", "--write-baseline", "must stand without --baseline", r.writeBaseline, "Keep one of them")]
      : []),
    ...checkTargets(targetsOf(r)),
  ];
}
