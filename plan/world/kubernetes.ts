import { CLUSTER_SCOPED_KINDS, isBuiltInGroup } from "../../core/data/cluster-scoped-kinds.js";
import type { PlannedResource } from "../model/resource.js";
import { isPlannedObject } from "../model/values.js";
import { Cursor, UNKNOWN } from "./cursor.js";

/** A Kubernetes object in a plan, with what every rule asks of it. */
export interface KubernetesObject {
  readonly resource: PlannedResource;
  /** API group, empty for the core group. A kind that left `extensions` counts to the group that it went to. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `metadata.name` when it is known, else the Pulumi name. */
  readonly name: string;
  /** `metadata.namespace`; `default` when a namespaced object names none; `undefined` for a cluster-scoped object. */
  readonly namespace: string | undefined;
  /** Labels whose values are known. */
  readonly labels: Readonly<Record<string, string>>;
  /** Which cluster it goes to: the URN of its provider, empty for the ambient one and for files. */
  readonly cluster: string;
  /** The object itself. */
  readonly root: Cursor;
}

const TOKEN = /^kubernetes:(?:([^/:]+)\/)?([^/:]+):([^:]+)$/;

/** What was read of each resource: readers, the world and reports ask for the same objects. */
const known = new WeakMap<PlannedResource, KubernetesObject | null>();

/** Reads a planned resource as a Kubernetes object; `undefined` for anything that is none (AWS, providers, Helm releases). */
export function kubernetesObject(resource: PlannedResource): KubernetesObject | undefined {
  let object = known.get(resource);
  if (object === undefined) known.set(resource, (object = readObject(resource) ?? null));
  return object ?? undefined;
}

function readObject(resource: PlannedResource): KubernetesObject | undefined {
  const token = TOKEN.exec(resource.type);
  if (token === null || !resource.custom) return undefined;
  const [, group = "", version = "", kind = ""] = token;
  if (!/^v\d/.test(version)) return undefined;
  const root = new Cursor(resource.inputs);
  const metadata = root.at("metadata");
  const name = plainText(metadata.at("name"));
  const namespace = plainText(metadata.at("namespace"));
  return {
    resource,
    group: homeOf(group, kind),
    version,
    kind,
    name: typeof name === "string" ? name : resource.name,
    namespace: namespaceOf(kind, group, namespace),
    labels: knownLabels(metadata.at("labels")),
    cluster: resource.provider ?? "",
    root,
  };
}

/** Group and version as the object itself states them: `v1`, `apps/v1`, `extensions/v1beta1`. */
export function apiVersionOf({ resource, version }: KubernetesObject): string {
  const [, group = "core"] = TOKEN.exec(resource.type) ?? [];
  return group === "core" ? version : `${group}/${version}`;
}

/** Where the kinds of `extensions/v1beta1` went; Kubernetes served the last of them until 1.21 (Deprecated API Migration Guide). */
const LEFT_EXTENSIONS: Readonly<Record<string, string>> = {
  DaemonSet: "apps",
  Deployment: "apps",
  Ingress: "networking.k8s.io",
  NetworkPolicy: "networking.k8s.io",
  ReplicaSet: "apps",
};

function homeOf(group: string, kind: string): string {
  if (group === "core") return "";
  return group === "extensions" ? (LEFT_EXTENSIONS[kind] ?? group) : group;
}

/** Text that may be shown: a name that is a secret reads as one that nobody knows. */
function plainText(cursor: Cursor): string | undefined | typeof UNKNOWN {
  return cursor.secret ? UNKNOWN : cursor.string();
}

function namespaceOf(kind: string, group: string, stated: string | undefined | typeof UNKNOWN): string | undefined {
  if (stated === UNKNOWN) return undefined;
  if (stated !== undefined && stated !== "") return stated;
  return CLUSTER_SCOPED_KINDS.has(kind) || !isBuiltInGroup(group) ? undefined : "default";
}

/** The entries of a label map whose values are known. */
export function knownLabels(labels: Cursor): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  const map = labels.value;
  if (!isPlannedObject(map)) return texts;
  for (const key of Object.keys(map)) {
    const value = map[key];
    const text = typeof value === "string" ? value : labels.at(key).string();
    if (typeof text === "string") texts[key] = text;
  }
  return texts;
}

/** What a selector says of a set of labels; `unknown` when the selector itself is not known yet. */
export type SelectorMatch = boolean | "unknown";

/**
 * Whether a LabelSelector (`matchLabels` and `matchExpressions`) selects the labels. An empty or absent selector selects
 * everything, as in a NetworkPolicy; `NotIn` and `DoesNotExist` match a missing key.
 */
export function selects(selector: Cursor, labels: Readonly<Record<string, string>>): SelectorMatch {
  if (selector.isUnknown || selector.at("matchLabels").isUnknown || selector.at("matchExpressions").isUnknown)
    return "unknown";
  let unknown = false;
  for (const [key, value] of selector.at("matchLabels").entries()) {
    const wanted = value.string();
    if (wanted === UNKNOWN) unknown = true;
    else if (labels[key] !== wanted) return false;
  }
  for (const expression of selector.at("matchExpressions").items()) {
    const match = matchesExpression(expression, labels);
    if (match === false) return false;
    if (match === "unknown") unknown = true;
  }
  return unknown ? "unknown" : true;
}

function matchesExpression(expression: Cursor, labels: Readonly<Record<string, string>>): SelectorMatch {
  const key = expression.at("key").string();
  const operator = expression.at("operator").string();
  if (typeof key !== "string" || typeof operator !== "string") return "unknown";
  const actual = labels[key];
  const values = expression
    .at("values")
    .items()
    .map((v) => v.string());
  switch (operator) {
    case "Exists":
      return actual !== undefined;
    case "DoesNotExist":
      return actual === undefined;
    case "In":
      return actual !== undefined && (values.includes(actual) || (values.includes(UNKNOWN) ? "unknown" : false));
    case "NotIn":
      return actual === undefined || (!values.includes(actual) && (values.includes(UNKNOWN) ? "unknown" : true));
    default:
      return "unknown";
  }
}
