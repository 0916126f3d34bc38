import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ringfence } from "./support.js";

const HELP = `Ringfence judges what a Pulumi program would create on AWS and in Kubernetes, before it exists.

Usage
  ringfence preview [dir]       runs a Pulumi program without the cloud and judges what it would
                                create
  ringfence rules [id...]       lists the rules, or tells the whole story of some
  ringfence <command> --help    tells the options and exit codes of a command
  ringfence --version           prints the version
`;

const PREVIEW_HELP = `ringfence preview [dir] [options]

Runs the Pulumi program in a folder (the working directory, unless named) in the embedded engine,
without an account, a provider or a network, and judges what it would create.

Program
  --stack NAME                  stack whose configuration is read (default: dev)
  --config KEY=VALUE            configuration on top of the stack's file (repeatable)
  --region REGION               AWS Region (default: aws:region of the configuration)
  --account ID                  AWS account that ARNs carry (default: 111122223333)
  --allow-network               lets the program reach the network; the report says so
  --against FILE                saved plan to compare with: what is created, updated, replaced,
                                deleted
  --allow-replace URN           with --against: cluster, key or VPC that may be replaced or deleted
                                (repeatable)
  --save FILE                   file to write the plan to

Rules
  --set ID                      set of rules to judge by (default: the set \`default\`) (repeatable)
  --rule ID                     rule to judge by; without --set, these rules alone (repeatable)
  --kubernetes-version VERSION  version to judge Kubernetes objects at (default: the planned
                                cluster's, else 1.36)
  --fail-on SEVERITY            critical, high, medium, low, info or never: findings at or above it
                                end with exit code 1 (default: high)
  --on-unknown HOW              values not known before the deployment: fail counts them as
                                findings, warn lists them, ignore only counts them (default: warn)

Output
  --format FORMAT               text or json (default: text) (repeatable)
  --output FILE                 file for the --format before it (default: standard output)
                                (repeatable)
  --all                         lists what passes, too
  --verbose                     text: every resource as a tree, every finding in full
  --quiet                       text: failed findings only; nothing on standard error but errors
  --color WHEN                  auto, always or never (default: auto, which heeds NO_COLOR)
  -h, --help                    prints this

Examples
  ringfence preview
  ringfence preview infra --stack prod --region eu-west-1 --fail-on medium
  ringfence preview --format text --format json --output report.json
  ringfence preview --save plan.json
  ringfence preview --against plan.json

Exit codes
  0                             nothing at or above --fail-on
  1                             findings at or above it
  2                             bad usage, bad input, or a program that fails: nothing is written
  3                             a defect in Ringfence itself
`;

const RULES_HELP = `ringfence rules [id...] [options]

Lists the rules with their frameworks. With ids, tells the whole story of each: why, how to fix it,
examples that fail and pass.

Options
  --set ID                      set of rules to list (default: all rules) (repeatable)
  --format FORMAT               text or json (default: text) (repeatable)
  --output FILE                 file for the --format before it (default: standard output)
                                (repeatable)
  --color WHEN                  auto, always or never (default: auto, which heeds NO_COLOR)
  -h, --help                    prints this

Examples
  ringfence rules
  ringfence rules eks-endpoint-public-access-disabled
  ringfence rules --set cross-ring --format json

Exit codes
  0                             the rules were printed
  2                             bad usage: nothing is written
  3                             a defect in Ringfence itself
`;

describe("help", () => {
  it.each([
    [["--help"], HELP],
    [["-h"], HELP],
    [["preview", "--help"], PREVIEW_HELP],
    [["preview", "-h", "--no-such-option"], PREVIEW_HELP],
    [["rules", "--help"], RULES_HELP],
  ])("%j is printed on standard output with exit code 0", async (argv, text) => {
    expect(await ringfence(argv)).toEqual({ code: 0, out: text, err: "", calls: [] });
  });

  it("goes to standard error with exit code 2 when no command is given", async () => {
    expect(await ringfence([])).toEqual({ code: 2, out: "", err: HELP, calls: [] });
  });

  it("is the one that docs/cli.md shows", () => {
    const docs = readFileSync(join(__dirname, "../../docs/cli.md"), "utf8");
    for (const text of [PREVIEW_HELP, RULES_HELP]) expect(docs).toContain(text);
  });
});

describe("--version", () => {
  it("prints the version of package.json", async () => {
    const manifest = readFileSync(join(__dirname, "../../package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { readonly version: string };
    expect(await ringfence(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "", calls: [] });
  });
});
