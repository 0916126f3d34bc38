import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";
import type { CommandSpec } from "./arguments.js";
import { Arguments } from "./arguments.js";
import type { JudgeRequest, ReportRequest } from "./judge-options.js";
import { malformed, readJudgeRequest, readReportRequest, REPORT_OPTIONS, RULE_OPTIONS } from "./judge-options.js";
import { checkTargets } from "./outputs.js";

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
    3: "a rule that broke, or another defect: the judgement is not whole",
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
    ...RULE_OPTIONS,
    ...REPORT_OPTIONS,
  },
} as const satisfies CommandSpec<string>;

/** What `ringfence preview` is asked to do. */
export interface PreviewRequest extends JudgeRequest, ReportRequest {
  readonly folder: string;
  readonly stack?: string;
  readonly config: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly account?: string;
  readonly allowNetwork: boolean;
  readonly against?: string;
  readonly allowReplace: readonly string[];
  readonly save?: string;
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
  const [stack, region, account, against, save] = (["stack", "region", "account", "against", "save"] as const).map(
    (name) => args.one(name),
  );
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
    ...readJudgeRequest(args),
    ...readReportRequest(args),
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
    ...checkTargets(targets),
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
