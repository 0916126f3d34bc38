import { evaluate } from "./cel.js";
import { MARKED_NAMESPACE } from "./requests.js";
import type { AdmissionCase, Sent } from "./requests.js";

/** An object of an engine, as it is sent to the cluster. */
export interface RenderedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

interface Requirement {
  readonly key: string;
  readonly operator: "NotIn";
  readonly values: readonly string[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly Requirement[];
}

interface Expressions {
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
}

interface ResourceRules {
  readonly resourceRules: readonly Readonly<
    Record<"apiGroups" | "apiVersions" | "resources" | "operations", readonly string[]>
  >[];
}

const PLURALS: Readonly<Record<string, string>> = {
  Ingress: "ingresses",
  PodAttachOptions: "pods",
  PodExecOptions: "pods",
};
const CLUSTER_KINDS = ["Namespace", "PersistentVolume", "ClusterRole"];

/**
 * The messages with which the rendered objects of one control refuse a request, as the documentation of each engine says:
 * which requests it looks at, in which namespaces, and what the expressions say.
 */
export function refusals(objects: readonly RenderedObject[], request: AdmissionCase): readonly string[] {
  const [first, second] = objects;
  switch (first?.kind) {
    case "ValidatingAdmissionPolicy": {
      const policy = first.spec as Expressions & { readonly matchConstraints: ResourceRules };
      const binding = second?.spec as { readonly matchResources: { readonly namespaceSelector: Selector } };
      const looks = matchesRules(policy.matchConstraints, request) && inNamespaces(binding.matchResources, request);
      return looks ? evaluate(policy, bindingsOf(request)) : [];
    }
    case "ValidatingPolicy": {
      const policy = first.spec as Expressions & {
        readonly matchConstraints: ResourceRules & { readonly namespaceSelector: Selector };
      };
      const looks = matchesRules(policy.matchConstraints, request) && inNamespaces(policy.matchConstraints, request);
      return looks ? evaluate(policy, bindingsOf(request)) : [];
    }
    case "ConstraintTemplate": {
      const { targets } = first.spec as { targets: [{ code: [{ source: Expressions }] }] };
      const { match } = second?.spec as {
        match: { kinds: { apiGroups: string[]; kinds: string[] }[]; namespaceSelector: Selector };
      };
      const [group] = groupVersion(request.object);
      const looks = match.kinds.some((k) => k.apiGroups.includes(group) && k.kinds.includes(request.object.kind));
      return looks && inNamespaces(match, request) ? evaluate(targets[0].code[0].source, bindingsOf(request)) : [];
    }
    default:
      throw new Error(`no engine renders ${first?.kind ?? "nothing"}`);
  }
}

function groupVersion({ apiVersion }: Sent): readonly [string, string] {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? ["", group ?? ""] : [group ?? "", version];
}

function operationOf({ old, subResource }: AdmissionCase): string {
  if (subResource === "exec" || subResource === "attach") return "CONNECT";
  return old === undefined ? "CREATE" : "UPDATE";
}

function resourceOf({ object, subResource }: AdmissionCase): string {
  const plural = PLURALS[object.kind] ?? `${object.kind.toLowerCase()}s`;
  return subResource === undefined ? plural : `${plural}/${subResource}`;
}

function matchesRules({ resourceRules }: ResourceRules, request: AdmissionCase): boolean {
  const [group, version] = groupVersion(request.object);
  return resourceRules.some(
    (rule) =>
      rule.apiGroups.includes(group) &&
      rule.apiVersions.includes(version) &&
      rule.resources.includes(resourceOf(request)) &&
      rule.operations.includes(operationOf(request)),
  );
}

function inNamespaces(
  { namespaceSelector }: { readonly namespaceSelector: Selector },
  { object }: AdmissionCase,
): boolean {
  const labels = namespaceLabels(object);
  if (labels === undefined) return true;
  const { matchLabels = {}, matchExpressions = [] } = namespaceSelector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => !values.includes(labels[key] ?? ""))
  );
}

/** Of the object's namespace, or of the Namespace itself; objects of the cluster are looked at whatever the selector says. */
function namespaceLabels({ kind, metadata }: Sent): Readonly<Record<string, string>> | undefined {
  if (kind === "Namespace") return { ...metadata.labels, "kubernetes.io/metadata.name": metadata.name };
  if (CLUSTER_KINDS.includes(kind)) return undefined;
  if (metadata.namespace === MARKED_NAMESPACE.metadata.name) return MARKED_NAMESPACE.metadata.labels ?? {};
  return { "kubernetes.io/metadata.name": metadata.namespace ?? "" };
}

function bindingsOf(request: AdmissionCase): Readonly<Record<"object" | "oldObject" | "request", unknown>> {
  return {
    object: request.object,
    oldObject: request.old ?? null,
    request: {
      operation: operationOf(request),
      name: request.object.metadata.name,
      namespace: request.object.metadata.namespace ?? "",
      ...(request.subResource === undefined ? {} : { subResource: request.subResource }),
      userInfo: { username: request.user ?? "kubernetes-admin" },
    },
  };
}
