import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { importsOf } from "../architecture/imports.js";
import { Consumer, emptyFolder, pack, runTool } from "./consumer.js";

const packed = emptyFolder();
const tarball = pack(packed);
const consumers: Consumer[] = [];

function consumer(source: string, packages: readonly string[]): Consumer {
  const made = new Consumer(source, tarball, packages);
  consumers.push(made);
  return made;
}

afterAll(() => {
  for (const made of consumers) made.remove();
  rmSync(packed, { recursive: true, force: true });
});

test("the types resolve for CommonJS, ESM, bundlers and the old resolution, at every entry", () => {
  const data = ["--exclude-entrypoints", "package.json", "policies/pack/package.json"];
  const { code, stdout } = runTool(packed, "attw", [tarball, "--format", "table", "--no-color", "--no-emoji", ...data]);
  expect(stdout).toContain("No problems found");
  expect(code).toBe(0);
});

describe("a project with Ringfence and nothing else", () => {
  const judgeOnly = consumer("judge-only", ["@types/node"]);
  const installed = join(judgeOnly.folder, "node_modules/ringfence");

  test("gets the code, its declarations and the papers, and nothing of the workshop", () => {
    const files = filesBelow(installed).filter((path) => !path.startsWith("node_modules/"));
    const others = files.filter((path) => !/^dist\/.*\.(js|d\.ts)$/.test(path));
    expect(others.sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/core/data/aws-taggable.json",
      "dist/core/data/iam-actions.json",
      "dist/plan/engine/shapes/data/aws.json",
      "dist/plan/world/aws-forms/data/aliases.json",
      "dist/policies/pack/PulumiPolicy.yaml",
      "dist/policies/pack/package.json",
      "docs/report.schema.json",
      "docs/ringfence.config.schema.json",
      "docs/ringfence.exemptions.schema.json",
      "package.json",
    ]);
    expect(files.filter((path) => /^dist\/(examples|program|test|bench)/.test(path))).toEqual([]);
    expect(statSync(tarball).size).toBeLessThan(1_500_000);
  });

  test("has an executable command", () => {
    expect(judgeOnly.run("npx", "--no", "--", "ringfence", "--version")).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  });

  test("has no SDK", () => {
    expect(
      readdirSync(join(judgeOnly.folder, "node_modules")).filter((name) => /pulumi|cdk8s|constructs/.test(name)),
    ).toEqual([]);
  });

  test("compiles against ringfence/plan and ringfence/policies with every library checked, and judges a saved plan", () => {
    expect(judgeOnly.compile(".")).toMatchObject({ code: 0, stdout: "" });
    const { code, stdout } = judgeOnly.run("node", "judge.js");
    expect(stdout).toContain("fail eks-endpoint-public-access-disabled vpcConfig.endpointPublicAccess\n");
    expect(code).toBe(0);
  });

  test.each(["plan", "policies"])("meets no declaration of an SDK behind ringfence/%s", (entry) => {
    const reached = declarationsFrom(installed, `dist/${entry}/index.d.ts`);
    expect(reached.files).toContain("dist/plan/model/resource.d.ts");
    expect(reached.packages).toEqual([]);
  });

  test.each([
    ["ringfence", "npm install ringfence @pulumi/pulumi @pulumi/aws @pulumi/kubernetes cdk8s constructs"],
    ["ringfence/infra", "npm install ringfence @pulumi/pulumi @pulumi/aws"],
    ["ringfence/constructs", "npm install ringfence cdk8s constructs"],
    ["./node_modules/ringfence/dist/policies/pack", "npm install ringfence @pulumi/pulumi @pulumi/policy"],
  ])("learns from %s what to install", (entry, line) => {
    const { code, stderr } = judgeOnly.run("node", "-e", `require("${entry}")`);
    // Node shows the throwing line of the source first, and an error without a stack in brackets.
    expect(stderr.split("Run: ").at(-1)).toMatch(new RegExp(`^${line}\\]?\n`));
    expect(stderr).not.toContain("MODULE_NOT_FOUND");
    expect(code).toBe(1);
  });

  test("learns it from the command as well, in one line", () => {
    const { code, stdout, stderr } = judgeOnly.run("node_modules/.bin/ringfence", "preview");
    expect(stderr).toMatch(
      /^[^\n]*npm install ringfence @pulumi\/pulumi @pulumi\/aws @pulumi\/kubernetes cdk8s constructs\n$/,
    );
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

test("a project with cdk8s and no Pulumi compiles a chart under strict and synthesizes it", () => {
  const charts = consumer("charts-only", ["cdk8s", "constructs", "@types/node"]);
  expect(existsSync(join(charts.folder, "node_modules/@pulumi"))).toBe(false);
  expect(charts.compile(".")).toMatchObject({ code: 0, stdout: "" });
  const { code, stdout } = charts.run("node", "app.js");
  expect(stdout).toContain("pod-security.kubernetes.io/enforce: restricted");
  expect(stdout).toContain("kind: Deployment");
  expect(code).toBe(0);
});

describe("a project with everything", () => {
  const everything = consumer("everything", [
    ...["@pulumi/pulumi", "@pulumi/aws", "@pulumi/kubernetes", "@pulumi/policy", "cdk8s", "constructs", "@types/node"],
  ]);

  test.each([
    ["CommonJS", "."],
    ["ESM", "esm"],
    ["a bundler", "tsconfig.bundler.json"],
    ["moduleResolution node", "tsconfig.node10.json"],
  ])("compiles a ten-line program under strict, for %s", (_how, project) => {
    expect(everything.compile(project)).toMatchObject({ code: 0, stdout: "" });
  });

  test.each([
    ["CommonJS", "."],
    ["ESM", "esm"],
  ])("previews that program as %s, with nothing found", (_how, folder) => {
    const { code, stdout } = everything.run("npx", "--no", "ringfence", "preview", folder, "--format", "json");
    const report = JSON.parse(stdout) as { readonly summary: { readonly resources: number; readonly fail: number } };
    expect(report.summary.fail).toBe(0);
    expect(report.summary.resources).toBeGreaterThan(50);
    expect(code).toBe(0);
  });

  test("starts the policy pack from the folder that it resolves to", async () => {
    const script = 'console.log(require("node:path").dirname(require.resolve("ringfence/policies/pack/package.json")))';
    const folder = everything.run("node", "-e", script).stdout.trim();
    expect(relative(everything.folder, folder)).toBe("node_modules/ringfence/dist/policies/pack");
    expect(versionIn(folder)).toBe(versionIn(dirname(dirname(dirname(folder)))));
    const runner = join(everything.folder, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    const server = spawn(process.execPath, [runner, "127.0.0.1:1", folder], { cwd: folder });
    const [port] = (await once(server.stdout, "data")) as [Buffer];
    server.kill();
    expect(port.toString()).toMatch(/^\d+\n$/);
  });

  test("holds one copy of each SDK", () => {
    const copies = filesBelow(join(everything.folder, "node_modules")).filter((path) =>
      /(^|\/)(@pulumi\/pulumi|cdk8s|constructs)\/package\.json$/.test(path),
    );
    expect(copies.sort()).toEqual(["@pulumi/pulumi/package.json", "cdk8s/package.json", "constructs/package.json"]);
  });
});

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly version: string }).version;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** The declaration files that one leads to, and the packages that they name. */
function declarationsFrom(folder: string, entry: string): { readonly files: string[]; readonly packages: string[] } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files)
    for (const { specifier = "" } of importsOf(readFileSync(join(folder, file), "utf8"), file))
      if (specifier.startsWith(".")) files.add(join(dirname(file), specifier).replace(/\.js$/, ".d.ts"));
      else if (!specifier.startsWith("node:")) packages.add(`${specifier} in ${file}`);
  return { files: [...files], packages: [...packages] };
}
