import { ApiObject, JsonPatch } from "cdk8s";
import type { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { validateWith } from "./checks.js";

/**
 * Last-resort edit of the object behind a construct (its `Resource`), after every default: sets the value at a path, and
 * makes synthesis fail when the value is not there in the end. Rules still judge the result.
 *
 * @param path A JSON pointer, such as `/spec/template/spec/hostUsers`; `~1` stands for `/` within a key, `-` for the end of a list.
 * @param value JSON; tokens in strings are kept.
 */
export function patch(target: Construct, path: string, value: unknown): void {
  const object = ApiObject.of(target);
  object.addJsonPatch(JsonPatch.add(path, value));
  validateWith(object, () => checkLanded(object, path, value));
}

/** Some of the fields of a manifest, at any depth; a list is given as a whole. */
export type PartOf<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: PartOf<T[K]> }
    : T;

/**
 * {@link patch} for many fields at once, checked by the compiler: sets what `part` holds and leaves the rest as it is. The type
 * is that of whoever describes the kind, such as `KubeDeployment`'s props of `cdk8s import`.
 *
 * @example patchFields<KubeDeploymentProps>(web, { spec: { template: { spec: { schedulerName: "batch" } } } });
 */
export function patchFields<T extends object>(target: Construct, part: PartOf<T>): void {
  const present: unknown = ApiObject.of(target).toJson();
  for (const { pointer, value } of additions(present, part, "")) patch(target, pointer, value);
}

/** The values to add: each as deep as its parents are there. */
function additions(
  present: unknown,
  part: object,
  at: string,
): readonly { readonly pointer: string; readonly value: unknown }[] {
  return Object.entries(part)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]: [string, unknown]) => {
      const pointer = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      const there = stepInto(present, key);
      return isFields(there) && isFields(value) ? additions(there, value, pointer) : [{ pointer, value }];
    });
}

function isFields(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkLanded(object: ApiObject, path: string, value: unknown): readonly Issue[] {
  let landed: unknown;
  try {
    landed = valueAt(object.toJson(), path);
  } catch {
    return [
      issue("NotFound", path, "must lie in an object or list that is there", value, "Set the missing parent first"),
    ];
  }
  if (holds(landed, value)) return [];
  const advice =
    "The library that made the object does not know the field, or a later patch replaced it: use a plain ApiObject";
  return [issue("Unsupported", path, "must hold the patched value", landed, advice)];
}

/** Whether all of `value` is there. More may be: a later patch that adds to it is no loss. */
function holds(landed: unknown, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return landed === value;
  if (typeof landed !== "object" || landed === null || Array.isArray(landed) !== Array.isArray(value)) return false;
  return Object.entries(value).every(([key, inner]) =>
    holds((landed as Readonly<Record<string, unknown>>)[key], inner),
  );
}

function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(stepInto, document);
}

function stepInto(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return key === "-" ? (value.at(-1) as unknown) : (value[Number(key)] as unknown);
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
