import type { PlannedObject, PlannedResource, PlannedValue, Urn } from "../../model/index.js";
import { isPlannedList, isPlannedObject, joinPath, Secret } from "../../model/values.js";
import { isConfiguration } from "../data/configuration-groups.js";
import { shortened } from "../limits.js";

/** An object found in a document, or what is wrong with it. */
export interface FoundObject {
  readonly resource?: PlannedResource;
  /** What is wrong, and with which property of the document; empty for the document itself. */
  readonly problem?: { readonly path: string; readonly message: string };
  /** The document configures a program and is no object of the API: its kind. */
  readonly configuration?: string;
}

/** A document of a file. */
export interface DocumentPlace {
  readonly file: string;
  readonly document: number;
  /** Where an item of nested Lists begins, and the document for no items. */
  readonly at: (items: readonly number[]) => { readonly line: number; readonly column: number };
}

/** The URN of an object in a file; objects of a List have their index behind the document's. */
export function fileUrn(file: string, document: number, items: string): Urn {
  return `urn:ringfence:${file}#${document}${items}` as Urn;
}

/** The parts of a URN that {@link fileUrn} made; `undefined` for others. */
export function parseFileUrn(
  urn: string,
): { readonly file: string; readonly document: number; readonly items: readonly number[] } | undefined {
  const [, file, document, items = ""] = /^urn:ringfence:(.*)#(\d+)((?:\[\d+\])*)$/s.exec(urn) ?? [];
  if (file === undefined || document === undefined) return undefined;
  return { file, document: Number(document), items: Array.from(items.matchAll(/\d+/g), ([index]) => Number(index)) };
}

/** Path of an item of nested Lists, from the root of their document. */
export function itemPath(items: readonly number[]): string {
  return items.map((index) => `items[${index}]`).join(".");
}

/** Whether a value claims to be a Kubernetes object. */
export function claimsToBeObject(value: PlannedValue | undefined): boolean {
  return isPlannedObject(value) && "kind" in value && "apiVersion" in value;
}

/** The objects of a document: itself, or the items of a List and of Lists within. */
export function objectsIn(value: PlannedValue, place: DocumentPlace): readonly FoundObject[] {
  return objectsAt(value, [], place, {});
}

/** What a typed list (`ConfigMapList`) says of items that do not say it themselves. */
interface Inherited {
  readonly apiVersion?: string;
  readonly kind?: string;
}

function objectsAt(
  value: PlannedValue,
  items: readonly number[],
  place: DocumentPlace,
  inherited: Inherited,
): readonly FoundObject[] {
  const path = itemPath(items);
  if (!isPlannedObject(value))
    return [
      {
        problem: { path, message: `must be a Kubernetes object, got ${nameOf(value)}. Write 'apiVersion' and 'kind'` },
      },
    ];
  const object = Object.hasOwn(value, "kind") ? value : { ...inherited, ...value };
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== "string" || !API_VERSION.test(apiVersion))
    return [
      problem(path, "apiVersion", "must be a version like 'apps/v1' or 'v1'", apiVersion, "Write the one of the kind"),
    ];
  if (typeof kind !== "string" || !/^[A-Za-z0-9]+$/.test(kind))
    return [problem(path, "kind", "must be the name of a kind", kind, "Write one like 'Deployment'")];
  const list = object["items"];
  if (kind.endsWith("List") && isPlannedList(list))
    return list.flatMap((item, i) => objectsAt(item, [...items, i], place, inheritedFrom(apiVersion, kind)));
  return [objectOf(object, apiVersion, kind, items, place)];
}

const API_VERSION = /^(?:[a-z0-9][-a-z0-9.]*\/)?[a-z0-9]+$/;

function inheritedFrom(apiVersion: string, kind: string): Inherited {
  return kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
}

function objectOf(
  object: PlannedObject,
  apiVersion: string,
  kind: string,
  items: readonly number[],
  place: DocumentPlace,
): FoundObject {
  const path = itemPath(items);
  const metadata = object["metadata"];
  const fields = isPlannedObject(metadata) ? metadata : {};
  const { name, generateName, namespace } = fields;
  if ((name === undefined || name === null) && (generateName === undefined || generateName === null)) {
    if (isConfiguration(apiVersion, kind)) return { configuration: `${kind} of ${apiVersion}` };
    return problem(path, "metadata.name", `must be set on a ${kind}`, name, "Name the object");
  }
  for (const [key, value] of Object.entries({ name, generateName, namespace }))
    if (value !== undefined && value !== null && typeof value !== "string")
      return problem(path, `metadata.${key}`, "must be text", value, "Write it in quotes");
  const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
  const resource: PlannedResource = {
    urn: fileUrn(place.file, place.document, items.map((index) => `[${index}]`).join("")),
    type,
    name: typeof name === "string" ? name : textOr(generateName),
    custom: true,
    inputs: kind === "Secret" && apiVersion === "v1" ? maskSecret(object) : object,
    outputs: NOTHING,
    dependencies: NONE,
    propertyDependencies: NOTHING_DEPENDED,
    aliases: NONE,
    options: {},
    source: { file: place.file, ...place.at(items), document: place.document },
  };
  return { resource };
}

function textOr(value: PlannedValue | undefined): string {
  return typeof value === "string" ? value : "";
}

const NONE: readonly Urn[] = [];
const NOTHING: PlannedObject = {};
const NOTHING_DEPENDED: Readonly<Record<string, readonly Urn[]>> = {};

function problem(
  path: string,
  property: string,
  rule: string,
  got: PlannedValue | undefined,
  advice: string,
): FoundObject {
  const at = path === "" ? property : `${path}.${property}`;
  return { problem: { path: at, message: `'${at}' ${rule}, got ${nameOf(got)}. ${advice}` } };
}

/** A value as messages name it: collections by what they are. */
function nameOf(value: PlannedValue | undefined): string {
  if (value === undefined || value === null) return value === null ? "null" : "nothing";
  if (typeof value === "string") return `'${shortened(value)}'`;
  if (typeof value !== "object") return String(value);
  return isPlannedList(value) ? "a list" : "a map";
}

/** Whether a type is that of Kubernetes' Secret, whose content no report shows. */
export function isSecretType(type: string): boolean {
  return /^kubernetes:core\/v1:Secret(?:Patch)?$/.test(type);
}

/** Where `kubectl apply` keeps a copy of the object, content and all. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** The places of a Secret whose values are secret; of maps, each value is one. */
export const SECRET_PLACES: readonly (readonly string[])[] = [
  ["data"],
  ["stringData"],
  ["metadata", "annotations", LAST_APPLIED],
];

/** Paths of {@link SECRET_PLACES}. */
export const SECRET_PATHS: readonly string[] = SECRET_PLACES.map((steps) => steps.reduce(joinPath, ""));

/** A Secret with its content marked as secret. The keys of its maps stay readable. */
export function maskSecret(object: PlannedObject): PlannedObject {
  return SECRET_PLACES.reduce(maskAt, object);
}

function maskAt(object: PlannedObject, [step, ...rest]: readonly string[]): PlannedObject {
  const value = step === undefined ? undefined : object[step];
  if (step === undefined || value === undefined || value === null) return object;
  if (rest.length > 0) return isPlannedObject(value) ? { ...object, [step]: maskAt(value, rest) } : object;
  return { ...object, [step]: isPlannedObject(value) ? masked(value) : secretOf(value) };
}

function masked(map: PlannedObject): PlannedObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, secretOf(value)]));
}

function secretOf(value: PlannedValue): Secret {
  return value instanceof Secret ? value : new Secret(value);
}
