/** `ringfence check`: files in, findings out; changes, baselines and exemptions. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { writePlan } from "../../plan/index.js";
import { ID, PID, POD } from "./manifests.js";
import { CLOSED, OPEN, ringfence, RULE, scratch } from "./support.js";

const folder = scratch();
const file = (name: string, text: string): string => {
  const path = folder.path(name);
  writeFileSync(path, text);
  return path;
};

afterAll(folder.remove);

interface Json {
  readonly inputs: unknown;
  readonly problems: readonly { readonly file: string; readonly line?: number; readonly message: string }[];
  readonly summary: Record<string, number>;
  readonly findings: readonly {
    readonly rule: string;
    readonly verdict: string;
    readonly path: string;
    readonly resource: { readonly id: string; readonly urn?: string };
    readonly source?: { readonly file: string; readonly line: number; readonly column: number };
    readonly exemption: unknown;
    readonly inBaseline?: boolean;
  }[];
}

async function json(...argv: readonly string[]): Promise<Json & { readonly code: number }> {
  const { code, out } = await ringfence(["check", ...argv, "--format", "json"]);
  return { ...(JSON.parse(out) as Json), code };
}

test("names file, line and column of what it finds, and ends with exit code 1", async () => {
  const path = file("web.yaml", POD("web"));
  const { code, out } = await ringfence(["check", path, ...PID]);
  expect(code).toBe(1);
  expect(out).toContain(`${path}:7:12`);
  expect(out).toContain("7 |   hostPID: true # see the others");
  const report = await json(path, ...PID);
  expect(report.inputs).toEqual([{ path, kind: "kubernetes-yaml", resources: 1 }]);
  expect(report.findings.map(({ rule, path: at, resource, source }) => [rule, at, resource, source])).toEqual([
    [
      "pod-no-host-pid",
      "spec.hostPID",
      { id: ID, type: "kubernetes:core/v1:Pod", namespace: "vote", name: "web" },
      { file: path, line: 7, column: 12, document: 0, endLine: 7, endColumn: 16, exact: true },
    ],
  ]);
});

test("nothing found is exit code 0", async () => {
  const path = file("calm.yaml", POD("web", "hostPID: false"));
  expect(await ringfence(["check", path, ...PID])).toMatchObject({ code: 0 });
});

test("reads standard input, whatever else it reads", async () => {
  const path = file("other.yaml", POD("other", "hostPID: false"));
  const { code, out } = await ringfence(["check", "-", path, ...PID, "--format", "json"], { stdin: POD("web") });
  expect(code).toBe(1);
  expect((JSON.parse(out) as Json).findings.map(({ source }) => source?.file)).toEqual(["-"]);
});

test("files and a saved plan are one world", async () => {
  const namespace = file("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: vote}\n");
  const plan = file("plan.json", writePlan(OPEN));
  const { findings, summary } = await json(namespace, plan, "--rule", RULE, "--rule", "namespace-psa-enforce");
  expect(summary["resources"]).toBe(2);
  expect(findings.map(({ rule }) => rule).sort()).toEqual([RULE, "namespace-psa-enforce"]);
});

test("an input that cannot be read is exit code 2, and the others are judged all the same", async () => {
  const good = file("good.yaml", POD("web"));
  const bad = file("bad.yaml", "a: 1\na: 2\n");
  const report = await json(good, bad, folder.path("missing.yaml"), ...PID);
  expect(report.code).toBe(2);
  expect(report.findings).toHaveLength(1);
  expect(report.problems.map(({ file: of, line }) => [of, line])).toEqual([
    [bad, 2],
    [folder.path("missing.yaml"), undefined],
  ]);
});

test("every format says something, and none says a secret", async () => {
  const path = file("secret.yaml", POD("web"));
  for (const format of [
    "text",
    "json",
    "sarif",
    "junit",
    "markdown",
    "github",
    "policyreport",
    "openreports",
    "oscal",
  ]) {
    const { code, out, err } = await ringfence(["check", path, "--format", format]);
    expect([format, code, out.length > 100, err]).toEqual([format, 1, true, ""]);
    expect(out).toContain("pod-no-host-pid");
    expect(out).not.toContain("hunter22");
  }
});

test("no secret is shown where several stand on one line", async () => {
  const texts = [
    `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"k":"U2VjcmV0T25l"},"stringData":{"p":"StrDataTwo"}},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"password":"CfgThree"}}]}`,
    `{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {p: StrDataTwo, q: U2Vj}}, {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {password: CfgThree}}]}`,
  ];
  for (const [i, text] of texts.entries()) {
    const { out } = await ringfence(["check", file(`one-line-${i}.yaml`, text), "--verbose"]);
    expect(out).toContain("password");
    expect(out).toContain("[secret]");
    expect(out).not.toMatch(/U2Vj|StrD|Cfg/);
  }
});

test.each([1, 3, 10])("a ConfigMap with a value of %i MB on one line is judged", async (megabytes) => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: vote}\ndata:\n  blob: ${"a1/+".repeat(megabytes * 250_000)}\n`;
  const { problems, summary } = await json(file(`blob-${megabytes}.yaml`, text));
  expect([problems, summary["resources"]]).toEqual([[], 1]);
});

describe("--baseline", () => {
  test("only what is new counts, and what is mended leaves the file", async () => {
    const [one, two] = [file("one.yaml", POD("one")), file("two.yaml", POD("two", "hostPID: false"))];
    const baseline = folder.path("baseline.json");
    expect(await ringfence(["check", one, two, ...PID, "--write-baseline", baseline])).toMatchObject({ code: 1 });
    const first = readFileSync(baseline, "utf8");
    expect(first.match(/"rule"/g)).toHaveLength(1);

    const same = await json(one, two, ...PID, "--baseline", baseline);
    expect([same.code, same.findings[0]?.inBaseline]).toEqual([0, true]);
    expect(readFileSync(baseline, "utf8")).toBe(first);

    file("two.yaml", POD("two"));
    expect((await json(one, two, ...PID, "--baseline", baseline)).code).toBe(1);
    expect(readFileSync(baseline, "utf8")).toBe(first);

    file("one.yaml", POD("one", "hostPID: false"));
    expect((await json(two, ...PID, "--baseline", baseline)).code).toBe(1);
    expect(readFileSync(baseline, "utf8")).toBe(first);
    expect(await ringfence(["check", one, ...PID, "--baseline", baseline])).toMatchObject({
      code: 0,
      err: `ringfence: wrote ${baseline}\n`,
    });
    expect(readFileSync(baseline, "utf8")).not.toContain('"rule"');
  });

  test("a finding that moves to another line is the same", async () => {
    const path = file("moves.yaml", POD("web"));
    const baseline = folder.path("moves.json");
    await ringfence(["check", path, ...PID, "--write-baseline", baseline]);
    file("moves.yaml", `# a comment\n\n${POD("web")}`);
    expect((await json(path, ...PID, "--baseline", baseline)).code).toBe(0);
  });

  test("a file that is none is refused before anything is read", async () => {
    const missing = folder.path("no.json");
    expect(await ringfence(["check", folder.path("web.yaml"), "--baseline", missing])).toMatchObject({
      code: 2,
      out: "",
      err: `ringfence: '--baseline' must name a file that is there, got '${missing}'. Write one with --write-baseline\n`,
    });
    const other = file("other.json", "{}");
    const { code, err } = await ringfence(["check", folder.path("web.yaml"), "--baseline", other]);
    expect([code, err]).toEqual([2, expect.stringContaining("'format' must be 'ringfence.baseline/1'")]);
  });
});

describe("exemptions", () => {
  it("say each problem once, and of a skip of another tool that it has neither owner nor last day", async () => {
    const annotated = file(
      "annotated.yaml",
      `apiVersion: v1
kind: Pod
metadata:
  name: p
  namespace: vote
  annotations:
    checkov.io/skip1: CKV_K8S_17=it reads the processes
    ringfence.dev/exempt: |
      [{ rule: pod-no-host-network, reason: it had to be so once, owner: me, until: 2027-01-31 }]
spec: { hostPID: true, containers: [{ name: web, image: a }] }
`,
    );
    const { out } = await ringfence([
      ...["check", annotated, "--rule", "pod-no-host-pid", "--rule", "pod-no-host-network"],
      "--honour-foreign-skips",
    ]);
    expect(out.match(/annotation of Pod/g)).toHaveLength(1);
    expect(out).toContain("it reads the processes (without owner and last day; Checkov's");
  });

  const entry = (until: string, rest = ""): string =>
    `exemptions:\n  - rule: pod-no-host-pid\n    at: ${ID}\n    reason: it reads the processes\n    owner: platform\n    until: ${until}\n${rest}`;

  test("of a file take a finding out and stand in the report", async () => {
    const path = file("exempted.yaml", POD("web"));
    const exemptions = file("exemptions.yaml", entry("2027-01-31"));
    const { code, findings, summary } = await json(path, ...PID, "--exemptions", exemptions);
    expect([code, summary["fail"], summary["exempted"]]).toEqual([0, 0, 1]);
    expect(findings.map((f) => [f.verdict, f.exemption])).toEqual([
      ["exempted", expect.objectContaining({ owner: "platform", until: "2027-01-31" })],
    ]);
  });

  test("that have passed, or excuse nothing, end with exit code 1", async () => {
    const path = file("expired.yaml", POD("web"));
    const expired = file("expired-exemptions.yaml", entry("2026-11-20"));
    expect((await json(path, ...PID, "--exemptions", expired)).code).toBe(1);
    const calm = file("calm-web.yaml", POD("web", "hostPID: false"));
    const unused = file("unused.yaml", entry("2027-01-31"));
    expect((await json(calm, ...PID, "--exemptions", unused)).code).toBe(1);
    expect((await json(calm, ...PID, "--exemptions", unused, "--fail-on", "never")).code).toBe(1);
  });
});

test("a folder of many files is read in order", async () => {
  mkdirSync(folder.path("many"));
  for (const name of ["b", "a"]) file(`many/${name}.yaml`, POD(name));
  const { findings } = await json(folder.path("many"), ...PID);
  expect(findings.map(({ source }) => source?.file)).toEqual(
    ["a", "b"].map((name) => folder.path(`many/${name}.yaml`)),
  );
});

test("what is asked wrongly is told in one go", async () => {
  const { code, out, err } = await ringfence(["check", "--dry-run", "--fail-on", "hihg"]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("'path' must be named, got nothing. Name files or folders, or - for standard input");
  expect(err).toContain("'--dry-run' must come with --fix, got '--dry-run'. Add --fix, or leave it out");
  expect(err).toContain("Did you mean 'high'");
});

test("a plan that is in order judges in order", async () => {
  const plan = file("closed.json", writePlan(CLOSED));
  expect(await ringfence(["check", plan, "--rule", RULE])).toMatchObject({ code: 0 });
});
