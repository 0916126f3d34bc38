import { loadAll } from "js-yaml";
import type { Plan, PlannedObject, PlannedResource, Urn } from "../../plan/model/index.js";
import type { Finding } from "../../policies/index.js";
import { judge } from "../../policies/index.js";
import { identityOf } from "../../plan/world/index.js";
import { TODAY } from "./said.js";

type Manifest = PlannedObject & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
  readonly items?: readonly Manifest[];
};

/** The plan of manifests as they stand in files; objects of a List stand for themselves. */
export function planOfYaml(text: string): Plan {
  const documents = (loadAll(text) as (Manifest | null)[]).flatMap((d) => d ?? []);
  const objects = documents.flatMap((d) => (d.kind === "List" ? (d.items ?? []) : [d]));
  return {
    project: "files",
    stack: "",
    resources: objects.map(resourceOf),
    stackOutputs: {},
    notEvaluated: [],
    warnings: [],
  };
}

function resourceOf(object: Manifest, i: number): PlannedResource {
  const version = object.apiVersion.includes("/") ? object.apiVersion : `core/${object.apiVersion}`;
  return {
    urn: `urn:ringfence:file.yaml#${i}` as Urn,
    type: `kubernetes:${version}:${object.kind}`,
    name: object.metadata?.name ?? "?",
    custom: true,
    inputs: object,
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    aliases: [],
    options: {},
  };
}

/** What the default set finds in manifests, but for what others imply. */
export function found(text: string): readonly Finding[] {
  const { findings, defects } = judge(planOfYaml(text), { today: TODAY });
  expect(defects).toEqual([]);
  return findings;
}

/** A finding as `rule Kind/name`, with what it implies behind it in brackets. */
export function brief({ rule, resource, verdict, covered }: Finding): string {
  const { type, name } = identityOf(resource);
  const below = [...new Set(covered.map((c) => c.rule.id))].sort().join(" ");
  const kind = type.split(":").at(-1) ?? "";
  return `${verdict === "unknown" ? "?" : ""}${rule.id} ${kind}/${name}${below === "" ? "" : ` (${below})`}`;
}
