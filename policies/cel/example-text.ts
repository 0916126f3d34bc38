import { issue } from "../../core/issue.js";
import type { Unknown } from "../../plan/model/index.js";
import { Fields } from "../config/fields.js";
import type { Step } from "../config/yaml.js";
import { manifest, planned, unresolved } from "../examples.js";
import type { Example, ExampleObject, ExampleResource, ExampleValue, FindingExample, Rule } from "../model.js";
import type { CelMatch } from "./match.js";

const UNKNOWN_TYPES: readonly Unknown["type"][] = ["any", "string", "number", "boolean", "list", "object"];

const ADVICE = "Write a list of maps with a title and the object; `ringfence rules test` runs them";

/**
 * Reads the field `examples` of a rule: lists `fail`, `pass` and `unknown`, of which the first two hold something.
 *
 * @param path Where the rule's findings point.
 */
export function readExamples(rule: Fields, match: CelMatch, path: string): Rule["examples"] {
  const fields = rule.map("examples", ["fail", "pass", "unknown"]);
  for (const name of ["fail", "pass"])
    if (fields === undefined || fields.list(name, ADVICE).length === 0)
      rule.issues.push(issue("Required", rule.at("examples", name), "must hold an example", undefined, ADVICE));
  const finding = (example: Example): FindingExample => ({ ...example, path });
  return {
    fail: examplesOf(fields, "fail", match).map(finding),
    pass: examplesOf(fields, "pass", match),
    unknown: examplesOf(fields, "unknown", match).map(finding),
  };
}

function examplesOf(fields: Fields | undefined, name: string, match: CelMatch): readonly Example[] {
  if (fields === undefined) return [];
  const names = match.kind === "resources" ? ["title", "type", "inputs"] : ["title", "object", "others"];
  return fields.list(name, ADVICE).flatMap((value, i) => {
    const example = Fields.of(value, [...fields.path, name, i], fields.where, fields.issues, names);
    if (example === undefined) return [];
    const title = example.requiredText("title", "Say what it shows: 'no label at all'");
    return [{ title, resources: match.kind === "resources" ? planOf(example, match.types) : objectsOf(example) }];
  });
}

function planOf(example: Fields, types: readonly string[]): readonly ExampleResource[] {
  const type = example.text("type", "Name one of the types that the rule is about") ?? types[0] ?? "";
  const inputs = example.map("inputs");
  if (!example.has("inputs")) demand(example, "inputs", "Write the resource's inputs");
  return inputs === undefined ? [] : [planned(type, "example", valuesOf(inputs))];
}

/** The object that is judged, and others that stand beside it. */
function objectsOf(example: Fields): readonly ExampleResource[] {
  if (!example.has("object")) demand(example, "object", "Write a Kubernetes object, as in its YAML");
  const others = example.list("others", ADVICE).map((value, i) => [["others", i], value] as const);
  const judged = example.has("object") ? [[["object"], example.any("object")] as const] : [];
  return [...judged, ...others].flatMap(([path, value]) => objectAt(example, path, value));
}

function objectAt(example: Fields, path: readonly Step[], value: unknown): readonly ExampleResource[] {
  const advice = "Write apiVersion, kind and metadata.name, as in its YAML";
  const object = Fields.of(value, [...example.path, ...path], example.where, example.issues);
  if (object === undefined) return [];
  const apiVersion = object.requiredText("apiVersion", advice);
  const kind = object.requiredText("kind", advice);
  if (!object.has("metadata")) demand(object, "metadata", advice);
  const metadata = object.map("metadata");
  const name = metadata?.requiredText("name", advice) ?? "";
  if (metadata === undefined || apiVersion === "" || kind === "" || name === "") return [];
  return [manifest({ ...valuesOf(object), apiVersion, kind, metadata: { ...valuesOf(metadata), name } })];
}

function demand(fields: Fields, name: string, advice: string): void {
  fields.issues.push(issue("Required", fields.at(name), "must be there", undefined, advice));
}

function valuesOf({ values }: Fields): ExampleObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, valueOf(value)]));
}

/** A value of an example; `{ $unknown: string }` is what nobody knows before the deployment, as in a saved plan. */
function valueOf(value: unknown): ExampleValue {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (Array.isArray(value)) return value.map(valueOf);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value ?? {});
  const [only, ...more] = entries;
  const type = only?.[0] === "$unknown" && more.length === 0 ? UNKNOWN_TYPES.find((t) => t === only[1]) : undefined;
  return type === undefined ? Object.fromEntries(entries.map(([key, item]) => [key, valueOf(item)])) : unresolved(type);
}
