import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";
import { SEVERITIES } from "../policies/model.js";
import type { Gate } from "../report/gate.js";
import { UNKNOWN_POLICIES } from "../report/gate.js";
import type { CommandSpec } from "./arguments.js";
import { Arguments } from "./arguments.js";
import { COLOURS } from "./io.js";
import type { Output } from "./outputs.js";
import { checkTargets, readOutputs } from "./outputs.js";

/** The command `ringfence preview`. */
export const PREVIEW = {
  name: "preview",
  usage: "ringfence preview [dir]",
  summary: "runs a Pulumi program without the cloud and judges what it would create",
  about:
    "Runs the Pulumi program in a folder (the working directory, unless named) in the embedded engine, without an account, a provider or a network, and judges what it would create",
  examples: [
    "ringfence preview",
    "ringfence preview infra --stack prod --region eu-west-1 --fail-on medium",
    "ringfence preview --format text --format json --output report.json",
    "ringfence preview --save plan.json",
    "ringfence preview --against plan.json",
  ],
  exitCodes: {
    0: "nothing at or above --fail-on",
    1: "findings at or above it",
    2: "bad usage, bad input, or a program that fails: nothing is written",
    3: "a defect in Ringfence itself",
  },
  operands: { name: "dir", atMost: 1 },
  options: {
    stack: { value: "NAME", group: "Program", about: "stack whose configuration is read (default: dev)" },
    config: {
      value: "KEY=VALUE",
      repeatable: true,
      group: "Program",
      about: "configuration on top of the stack's file",
    },
    region: { value: "REGION", group: "Program", about: "AWS Region (default: aws:region of the configuration)" },
    account: { value: "ID", group: "Program", about: "AWS account that ARNs carry (default: 111122223333)" },
    "allow-network": { group: "Program", about: "lets the program reach the network; the report says so" },
    against: {
      value: "FILE",
      group: "Program",
      about: "saved plan to compare with: what is created, updated, replaced, deleted",
    },
    "allow-replace": {
      value: "URN",
      repeatable: true,
      group: "Program",
      about: "with --against: cluster, key or VPC that may be replaced or deleted",
    },
    save: { value: "FILE", group: "Program", about: "file to write the plan to" },
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
    format: { value: "FORMAT", repeatable: true, group: "Output", about: "text or json (default: text)" },
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
  },
} as const satisfies CommandSpec<string>;

/** What `ringfence preview` is asked to do. */
export interface PreviewRequest {
  readonly folder: string;
  readonly stack?: string;
  readonly config: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly account?: string;
  readonly allowNetwork: boolean;
  readonly against?: string;
  readonly allowReplace: readonly string[];
  readonly save?: string;
  readonly sets?: readonly string[];
  readonly rules?: readonly string[];
  readonly kubernetesVersion?: string;
  readonly gate: Gate;
  readonly outputs: readonly Output[];
  readonly all: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly colour: (typeof COLOURS)[number];
}

/** The arguments of `ringfence preview`; `help` when they ask for it. */
export function readPreviewRequest(argv: readonly string[]): PreviewRequest | "help" {
  const args = new Arguments<keyof (typeof PREVIEW)["options"]>(argv, PREVIEW);
  if (args.has("help")) return "help";
  const request = requestOf(args);
  args.issues.push(...problemsOf(request));
  if (args.issues.length > 0) throw new InputError("preview", args.issues);
  return request;
}

function requestOf(args: Arguments<keyof (typeof PREVIEW)["options"]>): PreviewRequest {
  const [stack, region, account, against, save, kubernetesVersion] = (
    ["stack", "region", "account", "against", "save", "kubernetes-version"] as const
  ).map((name) => args.one(name));
  const [sets, rules] = [args.all("set"), args.all("rule")];
  return {
    folder: args.operands[0] ?? ".",
    ...(stack === undefined ? {} : { stack }),
    config: readConfig(args.all("config"), args.issues),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    allowNetwork: args.has("allow-network"),
    ...(against === undefined ? {} : { against }),
    allowReplace: args.all("allow-replace"),
    ...(save === undefined ? {} : { save }),
    ...(sets.length === 0 ? {} : { sets }),
    ...(rules.length === 0 ? {} : { rules }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    gate: {
      failOn: args.choice("fail-on", [...SEVERITIES, "never"], "high"),
      onUnknown: args.choice("on-unknown", UNKNOWN_POLICIES, "warn"),
    },
    outputs: readOutputs(args),
    all: args.has("all"),
    verbose: args.has("verbose"),
    quiet: args.has("quiet"),
    colour: args.choice("color", COLOURS, "auto"),
  };
}

function readConfig(pairs: readonly string[], issues: Issue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const at = pair.indexOf("=");
      if (at > 0) return [[pair.slice(0, at), pair.slice(at + 1)] as const];
      // The value may be a password: only the fact that there is no key is told.
      issues.push({
        code: "Malformed",
        path: "--config",
        rule: "must be a key and a value",
        advice: "Write it like '--config aws:region=eu-west-1'",
      });
      return [];
    }),
  );
}

function problemsOf(r: PreviewRequest): readonly Issue[] {
  const named = [{ option: "--save", file: r.save }, ...r.outputs.map(({ file }) => ({ option: "--output", file }))];
  const targets = named.flatMap(({ option, file }) => (file === undefined ? [] : [{ option, file }]));
  return [
    ...malformed("--account", r.account, /^\d{12}$/, "must be twelve digits", "111122223333"),
    ...malformed("--region", r.region, /^[a-z]{2,}(-[a-z]+)+-\d+$/, "must be the name of an AWS Region", "eu-west-1"),
    ...malformed(
      "--kubernetes-version",
      r.kubernetesVersion,
      /^1\.\d{1,3}$/,
      "must be a minor version of Kubernetes",
      "1.36",
    ),
    ...checkTargets(targets),
    ...(r.quiet && r.verbose
      ? [issue("Conflict", "--quiet", "must stand without --verbose", "--quiet --verbose", "Keep one of them")]
      : []),
    ...(r.allowReplace.length > 0 && r.against === undefined
      ? [
          issue(
            "Conflict",
            "--allow-replace",
            "must come with --against",
            r.allowReplace.join(", "),
            "Name the plan to compare with",
          ),
        ]
      : []),
  ];
}

function malformed(
  option: string,
  value: string | undefined,
  form: RegExp,
  rule: string,
  example: string,
): readonly Issue[] {
  if (value === undefined || form.test(value)) return [];
  return [issue("Malformed", option, rule, value, `Write it like ${example}`)];
}
