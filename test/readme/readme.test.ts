import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/run.js";

const root = join(__dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** Code as a consumer writes it: the package's name where the repository has a path. */
function asConsumer(code: string): string {
  return code.replace(/"\.\.\/\.\.\/(?:(\w+)\/)?index\.js"/g, (_, room: string | undefined) =>
    room === undefined ? '"ringfence"' : `"ringfence/${room}"`,
  );
}

test.each([
  "examples/snippets/cluster.ts",
  "examples/snippets/bastion.ts",
  "test/readme/policy-tested-preview.test.ts",
  "program.ts",
])("the README shows %s, which compiles and runs in the tests", (file) => {
  const code = readFileSync(join(root, file), "utf8");
  expect(readme).toContain(`\`\`\`ts\n${file === "program.ts" ? code : asConsumer(code)}\`\`\``);
});

test("what `ringfence check` prints begins as the README says", async () => {
  const out: string[] = [];
  const stream = { write: (text: string) => out.push(text) };
  const here = process.cwd();
  process.chdir(root);
  try {
    const io = { stdout: stream, stderr: stream, env: {}, now: () => new Date("2026-11-21") };
    expect(await run(["check", "examples/manifests"], io)).toBe(1);
  } finally {
    process.chdir(here);
  }
  const [, shown = ""] = /begins with\n\n```text\n(ringfence [\d.]+ · Kubernetes[^`]*)```/.exec(readme) ?? [];
  expect(shown.length).toBeGreaterThan(300);
  expect(out.join("").startsWith(shown)).toBe(true);
});

test("the program is at most twelve lines, imports included", () => {
  expect(readFileSync(join(root, "program.ts"), "utf8").trim().split("\n").length).toBeLessThanOrEqual(12);
});

test("every link to a file of the repository leads somewhere", () => {
  const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? "");
  expect(targets.length).toBeGreaterThan(5);
  for (const target of targets)
    expect(() => readFileSync(join(root, target, target.endsWith("/") ? "README.md" : ""))).not.toThrow();
});
