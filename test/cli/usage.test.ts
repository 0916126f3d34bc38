import { once } from "node:events";
import { createServer } from "node:net";
import { mkdirSync, writeFileSync } from "node:fs";
import { InputError, issue, UserError } from "../../core/issue.js";
import { ringfence, RULE, scratch } from "./support.js";

const folder = scratch();
afterAll(folder.remove);

/** Bad usage: exit code 2, nothing on standard output, the program not run. */
async function refused(...argv: readonly string[]): Promise<string> {
  const { code, out, err, calls } = await ringfence(argv);
  expect({ code, out, calls }).toEqual({ code: 2, out: "", calls: [] });
  return err;
}

describe("bad usage", () => {
  it.each([
    [["previw"], "'previw' is no command. Did you mean 'preview'? `ringfence --help` lists the commands"],
    [["synth"], "'synth' is no command. `ringfence --help` lists the commands"],
    [["check", "app.yaml"], "app.yaml: is not there. Give the path of a file or folder"],
    [
      ["preview", "--fial-on", "low"],
      "preview: '--fial-on' must be an option of `ringfence preview`. Did you mean '--fail-on'? `ringfence preview --help` lists them",
    ],
    [
      ["preview", "-x"],
      "preview: '-x' must be an option of `ringfence preview`. `ringfence preview --help` lists them",
    ],
    [
      ["preview", "--fail-on", "hgih"],
      "preview: '--fail-on' must be critical, high, medium, low, info or never, got 'hgih'. Did you mean 'high'?",
    ],
    [
      ["preview", "--on-unknown", "x"],
      "preview: '--on-unknown' must be fail, warn or ignore, got 'x'. Take one of them",
    ],
    [["preview", "--color=blue"], "preview: '--color' must be auto, always or never, got 'blue'. Take one of them"],
    [["preview", "--stack"], "preview: '--stack' must have a value, got nothing. Write it like '--stack NAME'"],
    [["preview", "--stack="], "preview: '--stack' must have a value, got nothing. Write it like '--stack NAME'"],
    [
      ["preview", "--stack", "--quiet"],
      "preview: '--stack' must have a value, got '--quiet'. A value that begins with a dash is written --stack=--quiet",
    ],
    [["preview", "--quiet=yes"], "preview: '--quiet' must stand without a value, got 'yes'. Leave the value out"],
    [
      ["preview", "--stack", "a", "--stack", "b"],
      "preview: '--stack' must be given once, got 'a, b'. Keep the one that you mean",
    ],
    [["preview", "a", "b"], "preview: 'dir' must be given once, got 'a, b'. Leave the rest out"],
    [
      ["preview", "--config", "password"],
      "preview: '--config' must be a key and a value. Write it like '--config aws:region=eu-west-1'",
    ],
    [
      ["preview", "--account", "12"],
      "preview: '--account' must be twelve digits, got '12'. Write it like 111122223333",
    ],
    [
      ["preview", "--region", "Ireland"],
      "preview: '--region' must be the name of an AWS Region, got 'Ireland'. Write it like eu-west-1",
    ],
    [
      ["preview", "--kubernetes-version", "v1.36.1"],
      "preview: '--kubernetes-version' must be a minor version of Kubernetes, got 'v1.36.1'. Write it like 1.36",
    ],
    [
      ["preview", "--quiet", "--verbose"],
      "preview: '--quiet' must stand without --verbose, got '--quiet --verbose'. Keep one of them",
    ],
    [
      ["preview", "--allow-replace", "urn:x"],
      "preview: '--allow-replace' must come with --against, got 'urn:x'. Name the plan to compare with",
    ],
    [
      ["preview", "--against", "/no/such/plan.json"],
      "'--against' must name a saved plan, got '/no/such/plan.json': there is no such file. Write one with --save",
    ],
    [
      ["preview", "--format", "yaml"],
      "preview: '--format' must be text, json, sarif, junit, markdown, github, policyreport, openreports or oscal, got 'yaml'. Take one of them",
    ],
    [
      ["preview", "--format", "json", "--format", "text"],
      "preview: '--format' must go to standard output for one format only, got 'json, text'. Give the other a file with --output",
    ],
    [
      ["preview", "--format", "json", "--output", "a.json", "--output", "b.json"],
      "preview: '--output' must come with a --format of its own, got 'b.json'. Write it like '--format json --output report.json'",
    ],
    [
      ["preview", "--save", "/no/such/folder/plan.json"],
      "preview: '--save' must lie in a folder that exists, got '/no/such/folder/plan.json'. Create '/no/such/folder' first",
    ],
    [
      ["preview", "--output", "-"],
      "preview: '--output' must name a file, got '-'. Leave it out to print to standard output",
    ],
    [
      ["preview", "--save", "x.json", "--output", "./x.json"],
      "preview: '--output' must name a file of its own, got './x.json'. Give another name",
    ],
    [
      ["rules", "pod-no-privileged", "--set", "default"],
      "rules: '--set' must stand without ids, got 'default'. Name rules or sets",
    ],
    [
      ["rules", "--verbose"],
      "rules: '--verbose' must be an option of `ringfence rules`. `ringfence rules --help` lists them",
    ],
  ])("%j is refused on one line", async (argv, message) => {
    expect(await refused(...argv)).toBe(`ringfence: ${message}\n`);
  });

  it.each([
    [["preview", "--rule", "eks-endpoint-public-acces-disabled"], "rule", RULE],
    [["preview", "--set", "defualt"], "set", "default"],
    [["rules", "eks-endpoint-public-acces-disabled"], "rule", RULE],
  ])("%j names the nearest id, and the program does not run", async (argv, what, near) => {
    const err = await refused(...argv);
    expect(err).toContain(`'${what}' must be the id of a ${what}, got`);
    expect(err).toContain(`Did you mean '${near}'`);
  });

  it("is a file that is none, as a folder or a socket: a rename would destroy it", async () => {
    // In the test's own folder: were the check broken, the test would replace what it names.
    mkdirSync(folder.path("taken"));
    const server = createServer().unref().listen(folder.path("socket"));
    await once(server, "listening");
    for (const name of ["taken", "socket"])
      expect(await refused("preview", "--save", folder.path(name))).toBe(
        `ringfence: preview: '--save' must name a file, got '${folder.path(name)}'. Leave it out to print to standard output\n`,
      );
    server.close();
  });

  it("comes out all at once", async () => {
    expect(await refused("preview", "--fail-on", "x", "--account", "1", "--bogus", "--format", "csv")).toBe(
      `ringfence: preview:
  '--bogus' must be an option of \`ringfence preview\`. \`ringfence preview --help\` lists them
  '--fail-on' must be critical, high, medium, low, info or never, got 'x'. Take one of them
  '--format' must be text, json, sarif, junit, markdown, github, policyreport, openreports or oscal, got 'csv'. Take one of them
  '--account' must be twelve digits, got '1'. Write it like 111122223333
`,
    );
  });

  it("is told once when a mistyped option leaves its value behind", async () => {
    const err = await refused("preview", "infra", "--fial-on", "low");
    expect(err).toContain("'--fial-on' must be an option");
    expect(err.trimEnd()).not.toContain("\n");
  });

  it("does not print a configuration value that stands alone: it may be a password", async () => {
    expect(await refused("preview", "--config", "hunter2")).not.toContain("hunter2");
  });

  it("names what is wrong with the plan of --against", async () => {
    writeFileSync(folder.path("text.json"), "{");
    writeFileSync(folder.path("other.json"), '{ "format": "ringfence.report/1" }');
    mkdirSync(folder.path("folder"));
    expect(await refused("preview", "--against", folder.path("text.json"))).toMatch(
      /^ringfence: '.*text.json' is not JSON: /,
    );
    expect(await refused("preview", "--against", folder.path("other.json"))).toContain(
      "other.json: 'format' must be 'ringfence.plan/1', got 'ringfence.report/1'",
    );
    expect(await refused("preview", "--against", folder.path("folder"))).toContain("EISDIR");
  });
});

describe("errors of the run", () => {
  it("is one line and exit code 2 when the program fails", async () => {
    const { code, out, err } = await ringfence(["preview"], { fails: new UserError("the program failed: no 'db'") });
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: "ringfence: the program failed: no 'db'\n" });
  });

  it("prints a single issue on the line of its place, several below each other", async () => {
    const one = new InputError("Network 'prod'", [
      issue("Malformed", "cidr", "must be a block", "x", "Write 10.0.0.0/16"),
    ]);
    expect((await ringfence(["preview"], { fails: one })).err).toBe(
      "ringfence: Network 'prod': 'cidr' must be a block, got 'x'. Write 10.0.0.0/16\n",
    );
  });

  it("is exit code 3 and a line that asks to report it when Ringfence is at fault", async () => {
    const fails = new TypeError("x is undefined");
    const line =
      "ringfence: a defect in Ringfence, please report it with the output under RINGFENCE_DEBUG=1: x is undefined\n";
    expect(await ringfence(["preview"], { fails })).toMatchObject({ code: 3, out: "", err: line });
    const debug = await ringfence(["preview"], { fails, env: { RINGFENCE_DEBUG: "1" } });
    expect(debug.err).toBe(`${line}${fails.stack ?? ""}\n`);
  });
});
