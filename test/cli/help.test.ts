import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ringfence } from "./support.js";

const DOCS = join(__dirname, "..", "..", "docs", "cli.md");

const HELP = `Ringfence judges what a Pulumi program would create on AWS and in Kubernetes, before it exists.

Usage
  ringfence preview [dir]       runs a Pulumi program without the cloud and judges what it would
                                create
  ringfence check <path...>     judges what already exists as files
  ringfence rules [id...]       lists the rules, or tells the whole story of some
  ringfence rules test [path...]
                                runs the examples of your own rules as tests
  ringfence connect <cluster>   opens the tunnel to a cluster's private API
  ringfence up [args...]        runs \`pulumi up\` with the tunnels of the stack's clusters open from
                                the start
  ringfence <command> --help    tells the options and exit codes of a command
  ringfence --version           prints the version
`;

/** The help of a command as docs/cli.md shows it: people review it there. */
function documented(usage: string): { readonly block: string; readonly whole: string } {
  const whole = readFileSync(DOCS, "utf8");
  const start = whole.indexOf(`\`\`\`text\n${usage} [options]\n`);
  if (start < 0) throw new Error(`docs/cli.md shows no help of '${usage}'`);
  const from = start + "```text\n".length;
  return { block: whole.slice(from, whole.indexOf("```", from)), whole };
}

describe("help", () => {
  it.each([[["--help"]], [["-h"]]])("%j is printed on standard output with exit code 0", async (argv) => {
    expect(await ringfence(argv)).toEqual({ code: 0, out: HELP, err: "", calls: [] });
  });

  it.each([
    ["ringfence preview [dir]", ["preview", "--help"]],
    ["ringfence preview [dir]", ["preview", "-h", "--no-such-option"]],
    ["ringfence check <path...>", ["check", "--help"]],
    ["ringfence rules [id...]", ["rules", "--help"]],
    ["ringfence rules test [path...]", ["rules", "test", "--help"]],
    ["ringfence connect <cluster>", ["connect", "--help"]],
    ["ringfence up [args...]", ["up", "--help"]],
  ])("of '%s' by %j is the one that docs/cli.md shows (UPDATE_DOCS=1 writes it)", async (usage, argv) => {
    const said = await ringfence(argv);
    const { block, whole } = documented(usage);
    if (process.env["UPDATE_DOCS"] === "1")
      writeFileSync(
        DOCS,
        whole.replace(block, () => said.out),
      );
    expect(said).toEqual({ code: 0, out: documented(usage).block, err: "", calls: [] });
    expect(said.out).toContain("Exit codes\n");
  });

  it("goes to standard error with exit code 2 when no command is given", async () => {
    expect(await ringfence([])).toEqual({ code: 2, out: "", err: HELP, calls: [] });
  });
});

describe("--version", () => {
  it("prints the version of package.json", async () => {
    const manifest = readFileSync(join(__dirname, "../../package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { readonly version: string };
    expect(await ringfence(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "", calls: [] });
  });
});
