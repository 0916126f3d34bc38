import type { PolicyResource } from "@pulumi/policy";
import type {
  Plan,
  PlannedObject,
  PlannedOptions,
  PlannedResource,
  PlannedValue,
  Urn,
} from "../../plan/model/index.js";
import { isPlannedList, isPlannedObject, Secret, Unknown } from "../../plan/model/index.js";
import { SENSITIVE_INPUTS } from "../lib/sensitive-inputs.js";

/** By this property a policy server's proxy, which throws on unknowns, gives out what lies behind it (@pulumi/policy 1.21, `proxy.js`). */
const BEHIND_PROXY = "__getSpecialProxyTarget";

/** What stands for an unknown, by type (@pulumi/policy 1.21, `proxy.js`; the same values as in Pulumi's engine). */
const UNKNOWNS: ReadonlyMap<unknown, Unknown["type"]> = new Map<unknown, Unknown["type"]>([
  ["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "boolean"],
  ["3eeb2bf0-c639-47a8-9e75-3b44932eb421", "number"],
  ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", "any"],
  ["6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", "list"],
  ["030794c1-ac77-496b-92df-f27374a8bd58", "any"],
  ["e48ece36-62e2-4504-bad9-02848725956a", "any"],
  ["dd056dcd-154b-4c76-9bd3-c8f88648b5ff", "object"],
]);

/** Under this key a provider notes which inputs it filled in itself (pulumi-terraform-bridge, `defaults.go`). */
const DEFAULTS = "__defaults";

/** What each resource was given, raw, by URN. */
export type GivenInputs = ReadonlyMap<string, unknown>;

/** Components of the Kubernetes package, whose tokens look like those of objects. */
const KUBERNETES_COMPONENT = /^kubernetes:(yaml|kustomize|helm\.sh\/v[24])[/:]/;

/** Types of custom resources, where the engine does not say: those of the packages that rules read, and providers. */
const CUSTOM_TYPE = /^(aws|kubernetes|pulumi:providers):/;

/**
 * The resources that Pulumi's engine hands to a policy, as a plan. An unknown carries the URNs that its property is computed
 * from; a text is taken for a reference by the World when it is an output of one of these. The engine hands secrets over
 * without their mark, so inputs that are secret by what they are get it back.
 */
export function planOfPolicyResources(resources: readonly PolicyResource[], given: GivenInputs = new Map()): Plan {
  const [stack] = resources.filter((r) => r.type === "pulumi:pulumi:Stack");
  const [, stackName = "", project = ""] = /^urn:pulumi:([^:]*)::([^:]*)::/.exec(resources[0]?.urn ?? "") ?? [];
  return {
    project,
    stack: stackName,
    resources: resources.map((resource) => plannedOf(resource, given.get(resource.urn))),
    stackOutputs: stack === undefined ? {} : inputsOf(stack, undefined),
    notEvaluated: [],
    warnings: [],
  };
}

/** The raw properties behind the proxy, as JSON can compare them. */
export function rawPropertiesOf({ props }: { readonly props: unknown }): unknown {
  return (props as Readonly<Record<string, unknown>>)[BEHIND_PROXY] ?? props;
}

function plannedOf(resource: PolicyResource, given: unknown): PlannedResource {
  const { parent, provider } = resource;
  const isExplicit = provider !== undefined && !/^default(_|$)/.test(provider.name);
  return {
    urn: resource.urn as Urn,
    type: resource.type,
    name: resource.name,
    custom: isCustom(resource),
    inputs: inputsOf(resource, given),
    outputs: given === undefined ? {} : inputsOf(resource, undefined),
    ...(parent === undefined ? {} : { parent: parent.urn as Urn }),
    dependencies: resource.dependencies.map((d) => d.urn as Urn),
    propertyDependencies: dependenciesOf(resource),
    ...(isExplicit ? { provider: provider.urn as Urn } : {}),
    aliases: resource.opts.aliases as Urn[],
    options: optionsOf(resource),
  };
}

function isCustom({ type, provider }: PolicyResource): boolean {
  if (KUBERNETES_COMPONENT.test(type)) return false;
  return provider !== undefined || CUSTOM_TYPE.test(type);
}

function dependenciesOf(resource: PolicyResource): Readonly<Record<string, readonly Urn[]>> {
  const entries = Object.entries(resource.propertyDependencies);
  return Object.fromEntries(entries.map(([key, list]) => [key, list.map((r) => r.urn as Urn)]));
}

function optionsOf({ opts }: PolicyResource): PlannedOptions {
  return {
    protect: opts.protect,
    ignoreChanges: opts.ignoreChanges,
    additionalSecretOutputs: opts.additionalSecretOutputs,
  };
}

/**
 * The inputs as the program gave them, where they were seen. Else the outputs, without what is unknown and was given by
 * nobody: the provider alone adds it.
 */
function inputsOf(resource: PolicyResource, given: unknown): PlannedObject {
  const dependencies = dependenciesOf(resource);
  const named = new Set(Object.keys(dependencies));
  const sensitive = new Set(SENSITIVE_INPUTS.get(resource.type) ?? []);
  const raw = Object.entries((given ?? rawPropertiesOf(resource)) as object) as readonly (readonly [string, unknown])[];
  const entries = raw.map(([key, value]) => {
    const planned = plannedValue(value, dependencies[key] ?? []);
    return [key, sensitive.has(key) ? new Secret(planned) : planned] as const;
  });
  const isGiven = (key: string): boolean => given !== undefined || named.size === 0 || named.has(key);
  return Object.fromEntries(entries.filter(([key, value]) => isGiven(key) || isKnown(value)));
}

function isKnown(value: PlannedValue): boolean {
  if (value instanceof Unknown) return false;
  if (isPlannedList(value)) return value.every(isKnown);
  return !isPlannedObject(value) || Object.values(value).every(isKnown);
}

function plannedValue(value: unknown, dependencies: readonly Urn[]): PlannedValue {
  const unknownType = UNKNOWNS.get(value);
  if (unknownType !== undefined) return new Unknown(unknownType, dependencies);
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (Array.isArray(value)) return value.map((item: unknown) => plannedValue(item, dependencies));
  // An asset or archive: its content is a file, which no rule reads.
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return new Unknown();
  const entries = Object.entries(value).filter(([key]) => key !== DEFAULTS) as readonly (readonly [string, unknown])[];
  return Object.fromEntries(entries.map(([key, item]) => [key, plannedValue(item, dependencies)]));
}
