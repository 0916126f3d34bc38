/** Configurations and rules in TypeScript, loaded by the built command from a project of somebody else. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..", "..");
const MAIN = join(ROOT, "dist", "cli", "main.js");

const CONFIG = `import { container, defineConfig, defineRule, deployment, fail, onPods, pass } from "ringfence/policies";

const pinned = defineRule({
  id: "shop-pinned",
  title: "pods are pinned to a pool",
  ring: "container",
  severity: "low",
  rationale: "The shop pays for the pool.",
  remediation: "nodeSelector: { pool: shop }",
  references: [],
  since: "own",
  examples: {
    fail: [{ title: "nothing is said", resources: [container("web", {})], path: "spec.template.spec.nodeSelector.pool" }],
    pass: [{ title: "pinned", resources: [deployment("web", { nodeSelector: { pool: "shop" }, containers: [] })] }],
    unknown: [],
  },
  ...onPods(({ spec, label }) => {
    const pool = spec.at("nodeSelector", "pool");
    return pool.isAbsent ? fail(pool, \`the pods of \${label} may run anywhere\`) : pass();
  }),
});

export default defineConfig({ sets: ["default"], ownRules: [pinned] });
`;

let folder: string;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("this test runs the build: run npm run build first");
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringfence-built-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules", "ringfence"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function rulesTest(file: string, ...packages: readonly string[]) {
  for (const name of packages) symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  writeFileSync(join(folder, file), CONFIG);
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "rules", "test"], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const GOOD = {
  status: 0,
  stdout: expect.stringContaining("1 rule, 2 examples: all say what they show") as string,
  stderr: "",
};

test.each([["tsx"], ["ts-node"]])(
  "TypeScript is loaded by the project's own %s",
  (loader) => {
    expect(rulesTest("ringfence.config.ts", loader)).toEqual(GOOD);
  },
  60_000,
);

test("JavaScript is loaded by Node, as an ES module too", () => {
  expect(rulesTest("ringfence.config.mjs")).toEqual(GOOD);
}, 60_000);
