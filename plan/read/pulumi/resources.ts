import { isWireObject } from "../../engine/wire.js";
import type { WireObject, WireValue } from "../../engine/wire.js";
import { nameOf, STACK_TYPE, typeOf } from "../../engine/urn.js";
import type { Operation, PlannedObject, PlannedOptions, PlannedResource, Urn } from "../../model/index.js";
import { isSecretType, maskSecret } from "../kubernetes/objects.js";
import { propertiesOf } from "./values.js";
import type { Reader } from "./values.js";

/**
 * A resource as a state holds it (`ResourceV3` in sdk/go/common/apitype/core.go of pulumi/pulumi 3.259), and the steps of a
 * preview and the events of a log with fewer fields; `undefined` when it has no URN.
 */
export function plannedOf(state: WireObject, reader: Reader, operation?: Operation): PlannedResource | undefined {
  const urn = textAt(state, "urn") as Urn | undefined;
  if (urn?.startsWith("urn:pulumi:") !== true) return undefined;
  const type = textAt(state, "type") ?? typeOf(urn);
  const parent = textAt(state, "parent") as Urn | undefined;
  const provider = providerOf(textAt(state, "provider"));
  const dependencies = dependenciesOf(state["propertyDependencies"]);
  const hide = (properties: PlannedObject): PlannedObject => (isSecretType(type) ? maskSecret(properties) : properties);
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: state["custom"] === true,
    inputs: hide(propertiesOf(state["inputs"], dependencies, reader)),
    outputs: hide(propertiesOf(outputsOf(state), {}, reader)),
    ...(parent === undefined || parent === "" ? {} : { parent }),
    dependencies: urnsOf(state["dependencies"]),
    propertyDependencies: dependencies,
    ...(provider === undefined ? {} : { provider }),
    aliases: urnsOf(state["aliases"]),
    options: optionsOf(state),
    ...(operation === undefined ? {} : { operation }),
  };
}

/** The id is an output like any other. */
function outputsOf(state: WireObject): WireValue {
  const { id, outputs } = state;
  if (typeof id !== "string" || id === "") return outputs;
  return isWireObject(outputs) ? { id, ...outputs } : { id };
}

/** The URN of a provider reference (`<urn>::<id>`), unless it is a default provider. */
function providerOf(reference: string | undefined): Urn | undefined {
  const urn = reference?.replace(/::[^:]*$/, "") ?? "";
  return urn === "" || /^default(_|$)/.test(nameOf(urn as Urn)) ? undefined : (urn as Urn);
}

function dependenciesOf(value: WireValue): Readonly<Record<string, readonly Urn[]>> {
  if (!isWireObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, urns]) => [key, urnsOf(urns)]));
}

function optionsOf(state: WireObject): PlannedOptions {
  const options: Record<string, unknown> = {};
  for (const key of ["protect", "retainOnDelete"]) if (state[key] === true) options[key] = true;
  for (const key of ["ignoreChanges", "replaceOnChanges", "additionalSecretOutputs"])
    if (Array.isArray(state[key])) options[key] = textsOf(state[key]);
  const deletedWith = textAt(state, "deletedWith");
  if (deletedWith !== undefined && deletedWith !== "") options["deletedWith"] = deletedWith;
  const timeouts = state["customTimeouts"];
  if (isWireObject(timeouts)) options["customTimeouts"] = timeoutsOf(timeouts);
  return options;
}

/** The engine writes timeouts in seconds. */
function timeoutsOf(timeouts: WireObject): Readonly<Record<string, string>> {
  const entries = Object.entries(timeouts).flatMap(([key, value]) =>
    typeof value === "number" && value > 0 ? [[key, `${value}s`] as const] : [],
  );
  return Object.fromEntries(entries);
}

/** A text of a map. */
export function textAt(map: WireObject, key: string): string | undefined {
  const value = map[key];
  return typeof value === "string" ? value : undefined;
}

function textsOf(value: WireValue): readonly string[] {
  return Array.isArray(value) ? (value as readonly WireValue[]).filter((item) => typeof item === "string") : [];
}

function urnsOf(value: WireValue): readonly Urn[] {
  return textsOf(value) as readonly Urn[];
}

/** Project and stack, and the exports, by the resources of one program. */
export function programOf(resources: readonly PlannedResource[]): {
  readonly project: string;
  readonly stack: string;
  readonly stackOutputs: PlannedObject;
} {
  const [, stack = "", project = ""] = /^urn:pulumi:([^:]*)::([^:]*)::/.exec(resources[0]?.urn ?? "") ?? [];
  const root = resources.find((resource) => resource.type === STACK_TYPE);
  return { project, stack, stackOutputs: root?.outputs ?? {} };
}
