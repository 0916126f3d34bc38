import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { readInputs } from "../../../plan/read/index.js";
import type { ReadProgress } from "../../../plan/read/index.js";
import { lines, POD, scratch } from "./support.js";

const { root, file } = scratch();
const pod = (name: string): string => POD.replace("name: web", `name: ${name}`);
const at = (...parts: readonly string[]): string => join(root, ...parts);

describe("a folder", () => {
  test("is read with everything below, sorted, but for hidden things, node_modules and what is not about Kubernetes", async () => {
    file("tree/b/2.yml", pod("two"));
    file("tree/a/1.yaml", pod("one"));
    file("tree/c.json", JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "three" } }));
    file("tree/.git/x.yaml", pod("hidden"));
    file("tree/node_modules/x.yaml", pod("module"));
    file("tree/notes.txt", pod("text"));
    file("tree/compose.yaml", "services:\n  web: {image: nginx}\n");
    file("tree/tsconfig.json", "{ // a comment\n}");
    file("tree/broken-pipeline.yaml", "on: [push\n");
    const read = await readInputs([at("tree")]);
    expect(read.problems).toEqual([]);
    expect(read.inputs).toEqual([
      { path: at("tree/a/1.yaml"), kind: "kubernetes-yaml", resources: 1 },
      { path: at("tree/b/2.yml"), kind: "kubernetes-yaml", resources: 1 },
      { path: at("tree/c.json"), kind: "kubernetes-json", resources: 1 },
    ]);
    expect(read.skipped.map(({ path, reason }) => [path, reason])).toEqual([
      [at("tree/broken-pipeline.yaml"), "not-kubernetes"],
      [at("tree/compose.yaml"), "not-kubernetes"],
      [at("tree/tsconfig.json"), "not-kubernetes"],
    ]);
  });

  test("of Kustomize or Helm is skipped, with the command to run", async () => {
    file("sources/base/kustomization.yaml", "resources: [pod.yaml]\n");
    file("sources/base/pod.yaml", POD);
    file("sources/my chart/Chart.yaml", "name: c\n");
    file("sources/my chart/templates/pod.yaml", POD);
    file("sources/plain.yaml", POD);
    const read = await readInputs([at("sources")]);
    expect(read.problems).toEqual([]);
    expect(read.inputs.map(({ path }) => path)).toEqual([at("sources/plain.yaml")]);
    expect(read.skipped).toEqual([
      {
        path: at("sources/base"),
        reason: "kustomize",
        message: `'${at("sources/base")}' is a Kustomize folder, which is a source of objects. Run: kustomize build ${at("sources/base")} | ringfence check -`,
      },
      {
        path: at("sources/my chart"),
        reason: "helm",
        message: `'${at("sources/my chart")}' is a Helm chart, which is a source of objects. Run: helm template '${at("sources/my chart")}' | ringfence check -`,
      },
    ]);
  });

  test("that was named and gives nothing is a problem", async () => {
    file("only-chart/Chart.yaml", "name: c\n");
    file("only-notes/a.yaml", "a: 1\n");
    const read = await readInputs([at("only-chart"), at("only-notes")]);
    expect(read.problems).toEqual([
      {
        file: at("only-chart"),
        message: `is a Helm chart, which is a source of objects. Run: helm template ${at("only-chart")} | ringfence check -`,
      },
      {
        file: at("only-notes"),
        message: "holds no Kubernetes object. Give a folder with YAML or JSON of Kubernetes in it",
      },
    ]);
  });

  test.each([".", "./", "./dots", "dots/.", "dots/../dots", "../%/dots"])(
    "may be named with dots: %s",
    async (name) => {
      file("dots/a.yaml", POD);
      const before = process.cwd();
      const isHere = /^\.\/?$/.test(name);
      process.chdir(isHere ? at("dots") : root);
      try {
        const read = await readInputs([name.replace("%", basename(root))]);
        expect(read.problems).toEqual([]);
        expect(read.inputs.map(({ path }) => path)).toEqual([
          isHere ? "a.yaml" : name.startsWith("..") ? `../${basename(root)}/dots/a.yaml` : "dots/a.yaml",
        ]);
      } finally {
        process.chdir(before);
      }
    },
  );

  test("named '.' that holds nothing is a problem, whatever else is read", async () => {
    file("hollow/notes.txt", "none");
    const before = process.cwd();
    process.chdir(at("hollow"));
    try {
      const stdin = Readable.from([POD]);
      expect(lines(await readInputs([".", "-"], { stdin }))).toEqual([
        "holds no Kubernetes object. Give a folder with YAML or JSON of Kubernetes in it",
      ]);
    } finally {
      process.chdir(before);
    }
  });

  test("that leads back to itself by a link is read once", async () => {
    file("loop/a.yaml", POD);
    symlinkSync(at("loop"), at("loop/again"));
    symlinkSync("self", at("loop/self"));
    const read = await readInputs([at("loop"), at("loop/a.yaml")]);
    expect(read.inputs.map(({ path }) => path)).toEqual([at("loop/a.yaml")]);
    expect(read.skipped.map(({ path, reason }) => [path, reason])).toEqual([
      [at("loop/again"), "same-file"],
      [at("loop/a.yaml"), "same-file"],
    ]);
    expect(lines(read)).toEqual(["is a symbolic link that leads back to itself. Take the link away"]);
  });
});

describe("a path that cannot be read", () => {
  test("is named, and every other is read all the same", async () => {
    const good = file("paths/good.yaml", POD);
    const bad = file("paths/bytes.yaml", Buffer.from([...Buffer.from("a: é\nb: "), 0xe9, 0x0a]));
    const cut = file("paths/cut.yaml.gz", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]));
    symlinkSync("gone", at("paths/dangling.yaml"));
    execFileSync("mkfifo", [at("paths/pipe")]);
    const read = await readInputs([
      at("missing"),
      bad,
      cut,
      at("paths/dangling.yaml"),
      at("paths/pipe"),
      "/dev/null",
      good,
    ]);
    expect(read.problems).toEqual([
      {
        file: "/dev/null",
        message: "is a device, and neither file nor folder. Give its content by a pipe, as path '-'",
      },
      { file: at("missing"), message: "is not there. Give the path of a file or folder" },
      { file: bad, line: 2, column: 4, message: "must be UTF-8, and this byte is not. Save the file as UTF-8" },
      { file: cut, message: "is gzip that cannot be unpacked: it is cut off or damaged. Pack it again" },
      {
        file: at("paths/dangling.yaml"),
        message: "is a symbolic link to nothing. Take the link away, or make what it leads to",
      },
      {
        file: at("paths/pipe"),
        message: "is a named pipe, and neither file nor folder. Give its content by a pipe, as path '-'",
      },
    ]);
    expect(read.plan.resources.map(({ name }) => name)).toEqual(["web"]);
  });

  (process.getuid?.() === 0 ? test.skip : test)("for want of permission is named", async () => {
    const closed = file("closed.yaml", POD);
    chmodSync(closed, 0);
    expect(lines(await readInputs([closed]))).toEqual([
      "is a file that may not be read. Give its reader the permission",
    ]);
  });
});

test.each([
  ["kustomization.yaml", "resources: [a.yaml]\n", "kustomize build"],
  ["kustomization.yml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "kustomize build"],
  ["Chart.yaml", "name: c\n", "helm template"],
])("the file %s of a source says what to run", async (name, content, command) => {
  const path = file(`named-${name}/${name}`, content);
  expect(lines(await readInputs([path]))).toEqual([
    `is a source of objects and holds none. Run: ${command} ${at(`named-${name}`)} | ringfence check -`,
  ]);
});

test("the order of paths decides nothing but which of two definitions counts", async () => {
  const a = file("order/a.yaml", `${pod("one")}---\n${pod("both")}`);
  const b = file("order/b.yaml", `${pod("two")}---\n${pod("both")}`);
  const [ab, ba] = [await readInputs([a, b]), await readInputs([b, a])];
  expect(ab.plan.resources.map(({ urn }) => urn)).toEqual(
    [`${a}#0`, `${b}#0`, `${b}#1`].map((u) => `urn:ringfence:${u}`),
  );
  expect(ba.plan.resources.map(({ urn }) => urn)).toEqual(
    [`${a}#0`, `${a}#1`, `${b}#0`].map((u) => `urn:ringfence:${u}`),
  );
  expect(ab.inputs.map(({ path }) => path)).toEqual([a, b]);
  expect(ab.warnings).toEqual([`Pod vote/both is defined twice, in ${a}:13 and in ${b}:13: the last counts`]);
});

test("progress is told after each file", async () => {
  const paths = ["p/1.yaml", "p/2.yaml"].map((name) => file(name, pod(`pod-${name.charAt(2)}`)));
  const told: ReadProgress[] = [];
  await readInputs(paths, { onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([
    { filesDone: 1, files: 2, resources: 1 },
    { filesDone: 2, files: 2, resources: 2 },
  ]);
});

test("an empty folder holds nothing", async () => {
  mkdirSync(at("empty"));
  expect(lines(await readInputs([at("empty")]))).toEqual([
    "holds no Kubernetes object. Give a folder with YAML or JSON of Kubernetes in it",
  ]);
});
