import { DefectError } from "../core/issue.js";
import type { Plan, PlannedObject, PlannedResource, PlannedValue, Urn } from "../plan/model/index.js";
import { Concat, JsonText, Ref, Secret, Unknown } from "../plan/model/index.js";
import type { Example, ExampleObject, ExampleResource, ExampleValue } from "./model.js";
import { ExampleRef, ExampleText } from "./model.js";

/** A resource of an example. */
export function planned(
  type: string,
  name: string,
  inputs: ExampleObject,
  rest: Pick<ExampleResource, "provider" | "options"> = {},
): ExampleResource {
  return { type, name, inputs, ...rest };
}

/** A Kubernetes object of an example, written as in YAML. Its Pulumi name is `metadata.name`. */
export function manifest(
  object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: ExampleObject & { readonly name: string };
  } & ExampleObject,
  rest: Pick<ExampleResource, "provider" | "options"> & { readonly as?: string } = {},
): ExampleResource {
  const { as, ...others } = rest;
  const version = object.apiVersion.includes("/") ? object.apiVersion : `core/${object.apiVersion}`;
  return { type: `kubernetes:${version}:${object.kind}`, name: as ?? object.metadata.name, inputs: object, ...others };
}

/** A Deployment in the namespace `vote`, with this pod. */
export function deployment(
  name: string,
  podSpec: ExampleObject,
  rest: Pick<ExampleResource, "provider"> = {},
): ExampleResource {
  return manifest(
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: "vote" },
      spec: {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: podSpec },
      },
    },
    rest,
  );
}

/** A Deployment in the namespace `vote` with one container, called like it. */
export function container(name: string, fields: ExampleObject): ExampleResource {
  return deployment(name, { containers: [{ name, image: "example.com/app@sha256:" + "0".repeat(64), ...fields }] });
}

/** An EKS cluster called `prod`, and the provider `k8s` by which Kubernetes objects reach it. */
export function cluster(inputs: ExampleObject = {}): readonly ExampleResource[] {
  return [
    planned("aws:eks/cluster:Cluster", "prod", inputs),
    planned("pulumi:providers:kubernetes", "k8s", { kubeconfig: ref("prod", "endpoint") }),
  ];
}

/** The output of another resource of the example. */
export function ref(name: string, output: string): ExampleRef {
  return new ExampleRef(name, output);
}

/** What nobody can know before the deployment. */
export function unresolved(type: Unknown["type"] = "any"): Unknown {
  return new Unknown(type);
}

/** A Pulumi secret. */
export function secret(value: PlannedValue): Secret {
  return new Secret(value);
}

/** Text with references in it. */
export function concat(...parts: readonly (string | ExampleRef | Unknown)[]): ExampleText {
  return new ExampleText("concat", parts);
}

/** A JSON document as text, with references in it. */
export function json(document: ExampleValue): ExampleText {
  return new ExampleText("json", document);
}

const EXAMPLE_URN = "urn:pulumi:example::example::";

/** The URN of an example's resource. */
export function exampleUrn({ type, name }: Pick<ExampleResource, "type" | "name">): Urn {
  return `${EXAMPLE_URN}${type}::${name}` as Urn;
}

/**
 * The plan that an example describes.
 *
 * @throws DefectError when a reference names no resource of the example, which is an error in the rule's file.
 */
export function planOfExample(example: Example): Plan {
  const urns = new Map(example.resources.map((r) => [r.name, exampleUrn(r)]));
  const urnOf = (name: string): Urn => {
    const urn = urns.get(name);
    if (urn === undefined) throw new DefectError(`example '${example.title}' has no resource '${name}'`);
    return urn;
  };
  return {
    project: "example",
    stack: "example",
    resources: example.resources.map((r) => plannedOf(r, urnOf)),
    stackOutputs: {},
    notEvaluated: [],
    warnings: [],
  };
}

function plannedOf(example: ExampleResource, urnOf: (name: string) => Urn): PlannedResource {
  const inputs = Object.fromEntries(Object.entries(example.inputs).map(([k, v]) => [k, valueOf(v, urnOf)]));
  const dependencies = Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, urnsWithin(v)]));
  return {
    urn: exampleUrn(example),
    type: example.type,
    name: example.name,
    custom: true,
    inputs,
    outputs: {},
    dependencies: [...new Set(Object.values(dependencies).flat())],
    propertyDependencies: dependencies,
    ...(example.provider === undefined ? {} : { provider: urnOf(example.provider) }),
    aliases: [],
    options: example.options ?? {},
  };
}

/** An example's value as a plan holds it. */
export function valueOf(value: ExampleValue, urnOf: (name: string) => Urn): PlannedValue {
  if (value instanceof ExampleRef) return new Ref(urnOf(value.name), value.output);
  if (value instanceof ExampleText) return textOf(value, urnOf);
  if (Array.isArray(value)) return (value as readonly ExampleValue[]).map((item) => valueOf(item, urnOf));
  if (isPlainObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, valueOf(v, urnOf)]));
  return value as PlannedValue;
}

/** Whether an example's value is a map, and none of the classes. */
export function isPlainObject(value: ExampleValue): value is ExampleObject {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function textOf({ kind, content }: ExampleText, urnOf: (name: string) => Urn): PlannedValue {
  const value = valueOf(content, urnOf);
  return kind === "json" ? new JsonText(value) : new Concat(value as readonly (string | Ref | Unknown)[]);
}

function urnsWithin(value: PlannedValue): readonly Urn[] {
  if (value instanceof Ref) return [value.urn];
  if (value instanceof Concat) return value.parts.flatMap((part) => (part instanceof Ref ? [part.urn] : []));
  if (value instanceof JsonText) return urnsWithin(value.document);
  if (Array.isArray(value)) return (value as readonly PlannedValue[]).flatMap(urnsWithin);
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.values(value as PlannedObject).flatMap(urnsWithin);
  return [];
}
