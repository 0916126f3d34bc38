/** `ringfence check`: the files that it changes and writes, and those that it does not. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { ID, PID, POD } from "./manifests.js";
import { ringfence, scratch } from "./support.js";

const folder = scratch();
const file = (name: string, text: string): string => {
  const path = folder.path(name);
  writeFileSync(path, text);
  return path;
};

afterAll(folder.remove);

describe("files to be written", () => {
  test.each(["--output", "--write-baseline"])("%s takes the place of nothing that is read", async (option) => {
    mkdirSync(folder.path(`judged${option}`));
    const path = file(`judged${option}/web.yaml`, POD("web"));
    const link = folder.path(`link${option}.yaml`);
    symlinkSync(path, link);
    for (const [target, as] of [
      [path, ""],
      [link, `, as '${path}'`],
    ] as const) {
      const argv = ["check", folder.path(`judged${option}`), ...PID, option, target, "--fix"];
      expect(await ringfence(argv)).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringContaining(
          `'${option}' must not be a file that is read${as}, got '${target}'. Give the name of another file`,
        ) as string,
      });
      expect(readFileSync(path, "utf8")).toBe(POD("web"));
    }
  });

  test("may take the place of an earlier report in a folder that is judged", async () => {
    mkdirSync(folder.path("with-report"));
    file("with-report/web.yaml", POD("web"));
    const target = folder.path("with-report/report.json");
    const again = ["check", folder.path("with-report"), ...PID, "--format", "json", "--output", target];
    expect((await ringfence(again)).code).toBe(1);
    expect((await ringfence(again)).code).toBe(1);
  });
});

describe("--fix", () => {
  test("changes the file, keeps its comments, and judges what is then there", async () => {
    const path = file("fix.yaml", POD("web"));
    const { code, err } = await ringfence(["check", path, ...PID, "--fix"]);
    expect([code, err]).toEqual([0, "ringfence: made 1 change in 1 file\n"]);
    expect(readFileSync(path, "utf8")).toBe(POD("web", "hostPID: false # see the others"));
  });

  test("with --dry-run prints the changed lines and writes nothing", async () => {
    const path = file("dry.yaml", POD("web"));
    const { code, out, err } = await ringfence(["check", path, ...PID, "--fix", "--dry-run"]);
    expect(out).toBe(
      `--- ${path}\n+++ ${path}\n@@ -7,1 +7,1 @@ ${ID}\n-  hostPID: true # see the others\n+  hostPID: false # see the others\n`,
    );
    expect([code, err]).toEqual([1, "ringfence: would make 1 change in 1 file\n"]);
    expect(readFileSync(path, "utf8")).toBe(POD("web"));
  });

  test("a diff shows no secret, even where all of an object stands on one line", async () => {
    const path = file(
      "line.json",
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"hostPID":true,"containers":[{"name":"a","env":[{"name":"DB_PASSWORD","value":"hunter22secret"}]}]}}`,
    );
    const { out } = await ringfence(["check", path, "--fix", "--dry-run"]);
    expect(out).toContain('"hostPID":false');
    expect(out).not.toContain("hunter22");
  });

  test("a diff shows no copy of a Secret that kubectl kept, in whatever spelling", async () => {
    const copy =
      '{"apiVersion":"v1","data":{"k":"U2VjcmV0"},"kind":"Secret","metadata":{"name":"s"},"stringData":{"p":"a\\u0026b\\"cd"}}\n';
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", annotations: { "kubectl.kubernetes.io/last-applied-configuration": copy } },
      data: { k: "TmV3ZXI=" },
    };
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec: { hostPID: true, containers: [] } };
    const path = file("kept.json", JSON.stringify({ apiVersion: "v1", kind: "List", items: [secret, pod] }));
    const { out } = await ringfence(["check", path, ...PID, "--fix", "--dry-run"]);
    expect(out).toContain('"hostPID":false');
    expect(out).not.toMatch(/U2Vj|u0026|TmV3/);
  });

  test("a byte order mark stays", async () => {
    const path = file("marked.yaml", `\ufeff${POD("web")}`);
    const dry = await ringfence(["check", path, ...PID, "--fix", "--dry-run"]);
    expect(dry.out).toContain("@@ -7,1 +7,1 @@");
    expect(await ringfence(["check", path, ...PID, "--fix"])).toMatchObject({
      code: 0,
      err: "ringfence: made 1 change in 1 file\n",
    });
    expect(readFileSync(path, "utf8")).toBe(`\ufeff${POD("web", "hostPID: false # see the others")}`);
  });

  test("what stands in no file of plain text is named and left alone", async () => {
    const { code, err } = await ringfence(["check", "-", ...PID, "--fix"], { stdin: POD("web") });
    expect(code).toBe(1);
    expect(err).toContain(`ringfence: not changed: pod-no-host-pid at ${ID}: it is not in a file of plain text\n`);
  });
});

test("standard input is judged again after a fix elsewhere", async () => {
  const path = file("beside-stdin.yaml", POD("beside"));
  const { code, out } = await ringfence(["check", "-", path, ...PID, "--fix", "--format", "json"], {
    stdin: POD("web"),
  });
  const report = JSON.parse(out) as { problems: unknown; findings: { resource: { id: string } }[] };
  expect([code, report.problems, report.findings.map(({ resource }) => resource.id)]).toEqual([1, [], [ID]]);
});

test("a diff goes to standard output alone: nothing that is asked for beside it is ignored", async () => {
  const path = file("diff-alone.yaml", POD("web"));
  const argv = ["check", path, "--fix", "--dry-run", "--output", folder.path("diff.txt")];
  const { code, out, err } = await ringfence(argv);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("'--output' must stand without --dry-run, which prints a diff alone");
});
