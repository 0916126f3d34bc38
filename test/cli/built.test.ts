import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Runs the compiled command as a shell would. */
function ringfence(...args: readonly string[]): {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
} {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
}

const component = "test/foreign/component";

test("a program without a finding at the gate ends with 0, and prints the report on standard output", () => {
  const { status, out, err } = ringfence("preview", component, "--fail-on", "critical", "--format", "json");
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    format: "ringfence.report/1",
    theorems: [],
    inputs: [{ kind: "pulumi-program", resources: 3 }],
  });
  expect(err).toBe("");
}, 60_000);

test("findings at the gate end with 1", () => {
  expect(ringfence("preview", "examples/breached-voting-app").status).toBe(1);
}, 60_000);

test("a program that fails ends with 2 and one line", () => {
  const { status, out, err } = ringfence("preview", "test/foreign/broken-throws");
  expect([status, out]).toEqual([2, ""]);
  expect(err).toContain("the program failed: the shop has no name (at Object.<anonymous> (index.js:4:7))");
}, 60_000);

test("bad usage ends with 2, before any program runs", () => {
  const { status, out, err } = ringfence("preview", component, "--fail-on", "huge");
  expect([status, out]).toEqual([2, ""]);
  expect(err).toContain("huge");
});
