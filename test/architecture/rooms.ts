import type { SourceFile } from "./imports.js";

/** What a zone of the tree may import. */
interface Zone {
  /** Path of the folder or file; of several that fit, the longest counts. */
  readonly path: string;
  /** Other zones, by path. Every zone may import itself. */
  readonly zones: readonly string[];
  /** Packages of npm. */
  readonly packages: readonly string[];
}

const PLAN = ["plan", "plan/model", "plan/world", "plan/engine", "plan/read", "plan/edit"];
const ENTRIES = ["index.ts", "infra/index.ts", "constructs/index.ts", "policies/index.ts", "plan/index.ts"];
const CLOUD = ["@pulumi/pulumi", "@pulumi/aws"];
const CLUSTER = ["cdk8s", "cdk8s-plus-28", "constructs"];

/** The direction of dependencies. A folder that is not here has no place in the tree yet. */
export const ZONES: readonly Zone[] = [
  { path: "core", zones: [], packages: ["ipaddr.js"] },
  { path: "infra", zones: ["core"], packages: [...CLOUD, "smol-toml"] },
  { path: "tunnel", zones: ["core"], packages: [] },
  { path: "constructs", zones: ["core"], packages: CLUSTER },
  {
    path: "blueprint",
    zones: ["core", "infra", "constructs", "tunnel"],
    packages: [...CLOUD, "@pulumi/kubernetes", ...CLUSTER],
  },
  { path: "plan/model", zones: ["core"], packages: [] },
  { path: "plan/world", zones: ["core", "plan/model"], packages: [] },
  {
    path: "plan/engine",
    zones: ["core", "plan/model", "plan/world"],
    packages: [...CLOUD, "@grpc/grpc-js", "google-protobuf", "js-yaml"],
  },
  { path: "plan/read", zones: ["core", "plan/model", "plan/world", "plan/engine"], packages: ["js-yaml"] },
  { path: "plan/edit", zones: ["core", "plan/model", "plan/read"], packages: ["js-yaml"] },
  { path: "plan", zones: ["core", ...PLAN], packages: [] },
  { path: "policies", zones: ["core", "plan/model", "plan/world"], packages: ["@bufbuild/cel", "js-yaml"] },
  {
    path: "policies/pack",
    zones: ["core", "plan/model", "plan/world", "policies"],
    packages: ["@pulumi/policy", "@pulumi/pulumi"],
  },
  { path: "cost", zones: ["core", "plan/model", "plan/world"], packages: [] },
  { path: "report", zones: ["core", ...PLAN, "policies", "cost"], packages: ["js-yaml", "picocolors"] },
  { path: "cli", zones: ["core", ...PLAN, "policies", "report", "cost", "tunnel"], packages: ["diff", "picocolors"] },
  { path: "index.ts", zones: ["core", "infra", "constructs", "blueprint"], packages: [] },
  { path: "program.ts", zones: ["examples"], packages: [...CLOUD, "@pulumi/kubernetes", ...CLUSTER] },
  { path: "examples", zones: [], packages: [...CLOUD, "@pulumi/kubernetes", ...CLUSTER] },
];

/** Zones that are written as a consumer writes: they see the package through its entries. */
const CONSUMERS = new Set(["program.ts", "examples"]);

/** Internals of the SDK that only the embedded engine speaks. */
const PROTOCOL = /^(@grpc\/|google-protobuf|@pulumi\/pulumi\/(proto|runtime|cmd|provider))/;

/** Whole SDKs, which take a second to load. */
const BARRELS = new Set(["@pulumi/aws", "@pulumi/kubernetes", "@pulumi/aws/index.js", "@pulumi/kubernetes/index.js"]);

/** The zone of a path, or undefined for a path without one. */
export function zoneOf(path: string): Zone | undefined {
  const fitting = ZONES.filter((zone) => path === zone.path || path.startsWith(`${zone.path}/`));
  return fitting.sort((a, b) => b.path.length - a.path.length)[0];
}

/** What is wrong with the imports of a file, one line each. */
export function violations(file: SourceFile): string[] {
  const zone = zoneOf(file.path);
  if (zone === undefined) return [`${file.path} lies in no room`];
  return file.imports.flatMap(({ target, specifier }) => {
    const wrong = problem(zone, target, specifier);
    return wrong === undefined ? [] : [`${file.path} ${wrong}`];
  });
}

function problem(zone: Zone, target: string | undefined, specifier: string | undefined): string | undefined {
  if (target === undefined || specifier === undefined)
    return zone.path === "plan/engine" ? undefined : "computes the name of what it imports";
  if (specifier.startsWith("node:")) return undefined;
  return specifier.startsWith(".") ? wrongSource(zone, target) : wrongPackage(zone, specifier);
}

function wrongSource(zone: Zone, target: string): string | undefined {
  const other = zoneOf(target);
  if (other === zone) return undefined;
  if (CONSUMERS.has(zone.path) && ENTRIES.includes(target)) return undefined;
  return other !== undefined && zone.zones.includes(other.path) ? undefined : `imports ${target}`;
}

function wrongPackage(zone: Zone, specifier: string): string | undefined {
  const name = packageOf(specifier);
  if (name === "ringfence") return CONSUMERS.has(zone.path) ? undefined : "imports the package that it is part of";
  if (!zone.packages.includes(name)) return `imports ${specifier}`;
  if (PROTOCOL.test(specifier) && zone.path !== "plan/engine") return `speaks Pulumi's protocol: ${specifier}`;
  if (BARRELS.has(specifier) && !CONSUMERS.has(zone.path)) return `imports all of ${specifier} instead of one service`;
  return undefined;
}

/** `@pulumi/aws` of `@pulumi/aws/ec2/index.js`. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
