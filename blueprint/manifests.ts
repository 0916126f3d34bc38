import { ApiObject } from "cdk8s";
import type { App } from "cdk8s";
import { CLUSTER_SCOPED_KINDS, isBuiltInGroup } from "../core/data/cluster-scoped-kinds.js";
import { issue, renderIssue } from "../core/issue.js";
import { hasToken } from "../core/token.js";
import type { LateValues } from "./late-values.js";

/** A Kubernetes object as JSON. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [property: string]: unknown;
}

/** An object of a cdk8s app, ready to be registered. */
export interface SynthesizedObject {
  readonly source: ApiObject;
  /** With tokens in place. */
  readonly manifest: Manifest;
  /** Unique among the objects of a cluster, whatever the version of the API: `apps/Deployment vote/worker`. */
  readonly key: string;
  /** The Pulumi name without the cluster's: `vote/deployment/worker`, `clusterrole/viewer`. */
  readonly path: string;
}

/** The objects of an app in the order of its tree, and what is wrong with it. */
export interface Synthesis {
  readonly objects: readonly SynthesizedObject[];
  readonly problems: readonly string[];
}

/** Renders every object of an app and runs the validations of all its constructs. Nothing is registered, nothing thrown. */
export function synthesize(app: App, late: LateValues): Synthesis {
  const constructs = app.node.findAll();
  const problems = constructs.flatMap((construct) =>
    construct.node.validate().map((problem) => `[${construct.node.path}] ${problem}`),
  );
  const objects: SynthesizedObject[] = [];
  for (const source of constructs.filter((construct) => ApiObject.isApiObject(construct))) {
    try {
      const manifest = source.toJson() as Manifest;
      const found = [...checkMetadata(manifest), ...late.problemsIn(manifest)];
      problems.push(...found.map((problem) => `[${source.node.path}] ${problem}`));
      objects.push({ source, manifest, key: keyOf(manifest), path: pathOf(manifest) });
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { objects, problems };
}

/** See {@link SynthesizedObject.key}. */
export function keyOf(manifest: Manifest): string {
  const { name, namespace } = manifest.metadata;
  return `${groupOf(manifest)}/${manifest.kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** The API group, empty for the core group. */
export function groupOf({ apiVersion }: Manifest): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

function pathOf({ kind, metadata: { name, namespace } }: Manifest): string {
  const object = `${kind.toLowerCase()}/${name}`;
  return namespace === undefined ? object : `${namespace}/${object}`;
}

/** Name and namespace make the Pulumi name and the URN, so they exist before the deployment. */
function checkMetadata(manifest: Manifest): readonly string[] {
  const { kind, metadata } = manifest;
  const literal =
    "Write a literal: names and namespaces make the names of resources, which exist before the deployment";
  const late = (["name", "namespace"] as const).filter((field) => hasToken(metadata[field] ?? ""));
  const issues = late.map((field) =>
    issue("Unsupported", `metadata.${field}`, "must be known while the program runs", metadata[field], literal),
  );
  const namespaced = isBuiltInGroup(groupOf(manifest)) && !CLUSTER_SCOPED_KINDS.has(kind);
  if (namespaced && metadata.namespace === undefined) {
    const advice = "Make it inside a HardenedNamespace, or give the chart a namespace; 'default' is for nobody";
    issues.push(issue("Required", "metadata.namespace", `must be set on a ${kind}`, undefined, advice));
  }
  if (kind.endsWith("List") && Array.isArray(manifest["items"]))
    issues.push(issue("Unsupported", "kind", "must be one object", kind, "Add the items of the list one by one"));
  return issues.map(renderIssue);
}
