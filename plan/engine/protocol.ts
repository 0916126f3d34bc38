/** From the messages of Pulumi's `ResourceMonitor` to plain data. */
import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { PlannedOptions } from "../model/resource.js";
import type { Urn } from "../model/values.js";
import type { Registration } from "./deployment.js";
import type { Alias } from "./urn.js";
import type { WireObject } from "./wire.js";

/** The properties in a message; a message without any has none. */
export function wireObject(struct: { toJavaScript(): unknown } | undefined): WireObject {
  return (struct?.toJavaScript() ?? {}) as WireObject;
}

/** Reads a request to register a resource. */
export function readRegistration(request: RegisterResourceRequest): Registration {
  const propertyDependencies: Record<string, readonly Urn[]> = {};
  for (const [property, urns] of request.getPropertydependenciesMap().entries() as Iterable<
    [string, { getUrnsList(): string[] }]
  >)
    propertyDependencies[property] = [...urns.getUrnsList()].sort() as Urn[];
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: optional(request.getParent()) as Urn | undefined,
    inputs: wireObject(request.getObject()),
    dependencies: [...request.getDependenciesList()].sort() as Urn[],
    propertyDependencies,
    provider: optional(request.getProvider()),
    aliases: [
      ...request.getAliasesList().map(readAlias),
      ...request.getAliasurnsList().map((urn) => ({ urn: urn as Urn })),
    ],
    options: readOptions(request),
  };
}

/** Reads a request to read a resource that exists already. */
export function readRead(request: ReadResourceRequest): Registration {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: true,
    remote: false,
    parent: optional(request.getParent()) as Urn | undefined,
    inputs: wireObject(request.getProperties()),
    dependencies: [...request.getDependenciesList()].sort() as Urn[],
    propertyDependencies: {},
    provider: optional(request.getProvider()),
    aliases: [],
    options: stated({
      version: request.getVersion(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    }),
    readId: request.getId(),
  };
}

function readAlias(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (spec === undefined) return { urn: message.getUrn() as Urn };
  const parts = {
    name: optional(spec.getName()),
    type: optional(spec.getType()),
    stack: optional(spec.getStack()),
    project: optional(spec.getProject()),
    parentUrn: optional(spec.getParenturn()) as Urn | undefined,
  };
  const known = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  return spec.getNoparent() ? { ...known, noParent: true } : known;
}

function readOptions(request: RegisterResourceRequest): PlannedOptions {
  const timeouts = request.getCustomtimeouts();
  return {
    ...(request.hasProtect() ? { protect: request.getProtect() ?? false } : {}),
    ...(request.hasRetainondelete() ? { retainOnDelete: request.getRetainondelete() ?? false } : {}),
    ...(request.getDeletebeforereplacedefined() ? { deleteBeforeReplace: request.getDeletebeforereplace() } : {}),
    ...stated({
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      deletedWith: request.getDeletedwith() as Urn,
      import: request.getImportid(),
      version: request.getVersion(),
      pluginDownloadUrl: request.getPlugindownloadurl(),
      customTimeouts: stated({
        create: timeouts?.getCreate() ?? "",
        update: timeouts?.getUpdate() ?? "",
        delete: timeouts?.getDelete() ?? "",
      }),
    }),
  };
}

/** The entries that say something: protobuf sends empty text and empty lists for what nobody set. */
function stated<T extends object>(options: T): Partial<T> {
  const says = (value: unknown): boolean =>
    typeof value === "string" || Array.isArray(value) ? value.length > 0 : Object.keys(value as object).length > 0;
  return Object.fromEntries(Object.entries(options).filter(([, value]) => says(value))) as Partial<T>;
}

function optional(text: string): string | undefined {
  return text === "" ? undefined : text;
}
