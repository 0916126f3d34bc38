import type { Issue } from "../core/issue.js";
import { issue } from "../core/issue.js";
import type { Severity } from "../policies/model.js";
import { FAIL_ON, ON_UNKNOWN } from "../policies/config/model.js";
import type { ReportFormatId } from "../report/formats/index.js";
import { REPORT_FORMATS } from "../report/formats/index.js";
import type { Arguments, OptionSpec } from "./arguments.js";
import { COLOURS } from "./io.js";
import type { Output } from "./outputs.js";
import { readOutputs } from "./outputs.js";

/** Options of every command that judges: by what. */
export const RULE_OPTIONS = {
  set: {
    value: "ID",
    repeatable: true,
    group: "Rules",
    about: "set of rules to judge by (default: the set `default`)",
  },
  rule: {
    value: "ID",
    repeatable: true,
    group: "Rules",
    about: "rule to judge by; without --set, these rules alone",
  },
  "kubernetes-version": {
    value: "VERSION",
    group: "Rules",
    about: "version to judge Kubernetes objects at (default: the planned cluster's, else 1.36)",
  },
  "config-file": {
    value: "FILE",
    group: "Rules",
    about: "settings, parameters and own rules (default: ringfence.config.yaml or .ts, when present)",
  },
  exemptions: {
    value: "FILE",
    group: "Rules",
    about: "findings that somebody accepted (default: ringfence.exemptions.yaml, when present)",
  },
  "honour-foreign-skips": {
    group: "Rules",
    about: "heeds the skip annotations of Checkov, kube-linter and Kubescape, and says so",
  },
  "fail-on": {
    value: "SEVERITY",
    group: "Rules",
    about: "critical, high, medium, low, info or never: findings at or above it end with exit code 1 (default: high)",
  },
  "on-unknown": {
    value: "HOW",
    group: "Rules",
    about:
      "values not known before the deployment: fail counts them as findings, warn lists them, ignore only counts them (default: warn)",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Options of every command that prints a report: how. */
export const REPORT_OPTIONS = {
  format: {
    value: "FORMAT",
    repeatable: true,
    group: "Output",
    about: `text, ${REPORT_FORMATS.map(({ id }) => id).join(", ")} (default: text)`,
  },
  output: {
    value: "FILE",
    repeatable: true,
    group: "Output",
    about: "file for the --format before it (default: standard output)",
  },
  all: { group: "Output", about: "lists what passes, too" },
  verbose: { group: "Output", about: "text: every resource as a tree, every finding in full" },
  quiet: { group: "Output", about: "text: failed findings only; nothing on standard error but errors" },
  color: { value: "WHEN", group: "Output", about: "auto, always or never (default: auto, which heeds NO_COLOR)" },
  help: { short: "h", group: "Output", about: "prints this" },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** By what a command is asked to judge; what is left out comes from the configuration, then from the defaults. */
export interface JudgeRequest {
  readonly sets?: readonly string[];
  readonly rules?: readonly string[];
  readonly kubernetesVersion?: string;
  readonly configFile?: string;
  readonly exemptions?: string;
  readonly honourForeignSkips: boolean;
  readonly failOn?: Severity | "never";
  readonly onUnknown?: (typeof ON_UNKNOWN)[number];
}

/** How a command is asked to print a report. */
export interface ReportRequest {
  readonly outputs: readonly Output<"text" | ReportFormatId>[];
  readonly all: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly colour: (typeof COLOURS)[number];
}

/** Reads {@link RULE_OPTIONS}; what is wrong with them joins the issues of the arguments. */
export function readJudgeRequest(args: Arguments<keyof typeof RULE_OPTIONS>): JudgeRequest {
  const [sets, rules] = [args.all("set"), args.all("rule")];
  const [kubernetesVersion, configFile, exemptions] = (
    ["kubernetes-version", "config-file", "exemptions"] as const
  ).map((name) => args.one(name));
  args.issues.push(
    ...malformed(
      "--kubernetes-version",
      kubernetesVersion,
      /^1\.\d{1,3}$/,
      "must be a minor version of Kubernetes",
      "1.36",
    ),
  );
  return {
    ...(sets.length === 0 ? {} : { sets }),
    ...(rules.length === 0 ? {} : { rules }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(configFile === undefined ? {} : { configFile }),
    ...(exemptions === undefined ? {} : { exemptions }),
    honourForeignSkips: args.has("honour-foreign-skips"),
    ...(args.one("fail-on") === undefined ? {} : { failOn: args.choice("fail-on", FAIL_ON, "high") }),
    ...(args.one("on-unknown") === undefined ? {} : { onUnknown: args.choice("on-unknown", ON_UNKNOWN, "warn") }),
  };
}

/** Reads {@link REPORT_OPTIONS}; what is wrong with them joins the issues of the arguments. */
export function readReportRequest(args: Arguments<keyof typeof REPORT_OPTIONS>): ReportRequest {
  const [verbose, quiet] = [args.has("verbose"), args.has("quiet")];
  if (quiet && verbose)
    args.issues.push(
      issue("Conflict", "--quiet", "must stand without --verbose", "--quiet --verbose", "Keep one of them"),
    );
  const outputs = readOutputs(args, ["text", ...REPORT_FORMATS.map(({ id }) => id)]);
  return { outputs, all: args.has("all"), verbose, quiet, colour: args.choice("color", COLOURS, "auto") };
}

/** The issue of an option whose value has not the form that it must have, if it has one. */
export function malformed(
  option: string,
  value: string | undefined,
  form: RegExp,
  rule: string,
  example: string,
): readonly Issue[] {
  if (value === undefined || form.test(value)) return [];
  return [issue("Malformed", option, rule, value, `Write it like ${example}`)];
}
