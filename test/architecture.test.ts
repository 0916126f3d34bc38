import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow, importsOf, readSource, resolved } from "./architecture/imports.js";
import { packageOf, violations, ZONES } from "./architecture/rooms.js";

const root = dirname(__dirname);
const roots = [
  ...new Set(ZONES.map((zone) => (zone.path.endsWith(".ts") ? zone.path : (zone.path.split("/")[0] ?? "")))),
];
const sources = roots
  .filter((path) => existsSync(join(root, path)))
  .flatMap((path) => filesBelow(root, path))
  .map((path) => readSource(root, path));

/** The violations of a file that consists of this text. */
function judged(path: string, text: string): string[] {
  return violations({ path, lines: 1, imports: resolved(path, importsOf(text)) });
}

describe("the tree", () => {
  test("imports only in the direction of the rooms", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(violations)).toEqual([]);
  });

  test("imports only packages that consumers get or are told to install", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
      string,
      Record<string, string>
    >;
    const declared = { ...manifest["dependencies"], ...manifest["peerDependencies"] };
    const shipped = sources.filter(({ path }) => !path.startsWith("examples/") && path !== "program.ts");
    const undeclared = shipped.flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier, typeOnly }) => specifier !== undefined && !/^(\.|node:)/.test(specifier) && !typeOnly)
        .map(({ specifier = "" }) => packageOf(specifier))
        .filter((name) => !(name in declared))
        .map((name) => `${path} imports ${name}`),
    );
    expect(undeclared).toEqual([]);
  });

  test("has no circle of imports", () => {
    const edges = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter((i) => !i.typeOnly).flatMap(({ target }) => (target?.endsWith(".ts") === true ? [target] : [])),
      ]),
    );
    expect(circleIn(edges)).toEqual([]);
  });

  test("has no file over 300 lines", () => {
    const others = ["test", "bench"]
      .flatMap((folder) => filesBelow(root, folder))
      .map((path) => readSource(root, path));
    expect([...sources, ...others].filter(({ lines }) => lines > 300).map(({ path }) => path)).toEqual([]);
  });

  test("keeps the breached example free of our own code", () => {
    const breached = sources.filter(({ path }) => path.startsWith("examples/breached-voting-app/"));
    const ours = breached
      .flatMap(({ imports }) => imports)
      .filter(({ specifier = "" }) => /^(ringfence|\.\.\/)/.test(specifier));
    expect(ours).toEqual([]);
  });
});

describe("the reader of imports", () => {
  test.each([
    ['import { a } from "x";', false],
    ['import "x";', false],
    ['import type { a } from "x";', true],
    ['import * as a from "x";', false],
    ['export * from "x";', false],
    ['export type { a } from "x";', true],
    ['import a = require("x");', false],
    ['const a = () => require("x");', false],
    ['const a = require.resolve("x");', false],
    ['const a = await import("x");', false],
    ['let a: typeof import("x");', true],
    ['let a: import("x").A;', true],
  ])("sees %s", (text, typeOnly) => {
    expect(importsOf(text)).toEqual([{ specifier: "x", typeOnly }]);
  });

  test("does not take text or comments for imports", () => {
    expect(importsOf('// import "x"\nconst a = `import "x"`;')).toEqual([]);
  });
});

describe("the direction of dependencies", () => {
  test.each([
    ["core/a.ts", "../infra/b.js"],
    ["infra/a.ts", "../constructs/b.js"],
    ["infra/network/a.ts", "../../policies/b.js"],
    ["constructs/a.ts", "../blueprint/b.js"],
    ["policies/rules/a.ts", "../../infra/b.js"],
    ["policies/a.ts", "../plan/engine/b.js"],
    ["policies/a.ts", "./pack/index.js"],
    ["plan/model/a.ts", "../engine/b.js"],
    ["plan/a.ts", "../policies/b.js"],
    ["report/a.ts", "../cli/b.js"],
    ["cli/a.ts", "../blueprint/b.js"],
    ["index.ts", "./policies/index.js"],
    ["examples/voting-app/a.ts", "../../infra/network/network.js"],
  ])("%s may not import %s", (path, specifier) => {
    const target = join(dirname(path), specifier).replace(/\.js$/, ".ts");
    expect(judged(path, `import type { a } from "${specifier}";`)).toEqual([`${path} imports ${target}`]);
  });

  test.each([
    ["core/a.ts", "@pulumi/pulumi"],
    ["constructs/a.ts", "@pulumi/pulumi"],
    ["infra/a.ts", "cdk8s"],
    ["plan/model/a.ts", "@pulumi/pulumi"],
    ["policies/rules/a.ts", "@pulumi/aws/eks/index.js"],
    ["policies/a.ts", "@pulumi/policy"],
    ["report/a.ts", "@grpc/grpc-js"],
  ])("%s may not import the package %s", (path, specifier) => {
    expect(judged(path, `import type { a } from "${specifier}";`)).toEqual([`${path} imports ${specifier}`]);
  });

  test("only the engine speaks Pulumi's protocol", () => {
    const text = 'import type { A } from "@pulumi/pulumi/proto/resource_pb";';
    expect(judged("plan/engine/a.ts", text)).toEqual([]);
    expect(judged("blueprint/a.ts", text)).toEqual([
      "blueprint/a.ts speaks Pulumi's protocol: @pulumi/pulumi/proto/resource_pb",
    ]);
  });

  test("a component imports one service, never the whole SDK", () => {
    expect(judged("infra/a.ts", 'import * as aws from "@pulumi/aws";')).toEqual([
      "infra/a.ts imports all of @pulumi/aws instead of one service",
    ]);
    expect(judged("infra/a.ts", 'import * as ec2 from "@pulumi/aws/ec2/index.js";')).toEqual([]);
  });

  test("an example sees the package as a consumer does", () => {
    expect(judged("examples/voting-app/a.ts", 'import { Network } from "../../infra/index.js";')).toEqual([]);
    expect(judged("examples/voting-app/a.ts", 'import { Network } from "ringfence/infra";')).toEqual([]);
  });

  test("what nobody can read is refused", () => {
    expect(judged("infra/a.ts", "const a = require(name);")).toEqual([
      "infra/a.ts computes the name of what it imports",
    ]);
  });

  test("a new folder needs a place", () => {
    expect(judged("helpers/a.ts", "")).toEqual(["helpers/a.ts lies in no room"]);
  });
});

/** The first circle in a graph, as the paths along it. */
function circleIn(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const walk = (path: string, above: readonly string[]): string[] => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of edges.get(path) ?? []) {
      const circle = walk(next, [...above, path]);
      if (circle.length > 0) return circle;
    }
    done.add(path);
    return [];
  };
  for (const path of edges.keys()) {
    const circle = walk(path, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
