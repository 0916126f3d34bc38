import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { ValidateFunction } from "ajv";
import type { Manifest } from "./synth.js";

/** Minors whose published OpenAPI lies in `schemas/`. */
export const MINORS = ["1.33", "1.36"] as const;

type Json = Readonly<Record<string, unknown>>;

/** Files of schemas of custom resources, by `apiVersion/kind`. */
const CRD_FILES = ["cilium-1.18", "ingress-certificates-admission", "network-crds"] as const;

/**
 * What the API server of a minor would not take of a manifest: a field that it does not know (as `fieldValidation: Strict`
 * does), a wrong type, a missing field. A kind without a schema is an error.
 */
export function schemaProblems(manifest: Manifest, minor: (typeof MINORS)[number]): readonly string[] {
  const key = `${manifest.apiVersion}/${manifest.kind}`;
  const validate = validatorFor(key, minor);
  if (validate === undefined) return [`${key} has no schema`];
  if (validate(manifest) === true) return [];
  return (validate.errors ?? []).map(
    (e) => `${manifest.kind} ${manifest.metadata.name}${e.dataPath} ${e.message ?? ""} ${JSON.stringify(e.params)}`,
  );
}

const validators = new Map<string, ValidateFunction | undefined>();
const compilers = new Map<string, Ajv.Ajv>();

function validatorFor(key: string, minor: string): ValidateFunction | undefined {
  const cached = `${minor} ${key}`;
  if (!validators.has(cached)) validators.set(cached, kubernetesValidator(key, minor) ?? customValidator(key));
  return validators.get(cached);
}

function kubernetesValidator(key: string, minor: string): ValidateFunction | undefined {
  const file = read(`kubernetes-${minor}`);
  const name = (file["kinds"] as Readonly<Record<string, string>>)[key];
  if (name === undefined) return undefined;
  const id = `kubernetes-${minor}.json`;
  const ajv = compilers.get(id) ?? new Ajv({ unknownFormats: "ignore", schemaId: "auto", format: false });
  if (!compilers.has(id)) {
    compilers.set(id, ajv);
    ajv.addSchema({ $id: id, definitions: strict(file["definitions"]) });
  }
  return ajv.compile({ $ref: `${id}#/definitions/${name}` });
}

function customValidator(key: string): ValidateFunction | undefined {
  for (const name of CRD_FILES) {
    const file = read(name);
    const schema = (file["schemas"] as Readonly<Record<string, unknown>>)[key];
    if (schema === undefined) continue;
    const ajv = new Ajv({ unknownFormats: "ignore", format: false });
    return ajv.compile({ ...(strict(schema) as Json), definitions: strict(file["definitions"] ?? {}) });
  }
  return undefined;
}

function read(name: string): Json {
  return JSON.parse(readFileSync(join(__dirname, "schemas", `${name}.json`), "utf8")) as Json;
}

/** The same schema, in which an object has no field that is not named, and a number or text may be either where Kubernetes says so. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const s = schema as Json;
  if (s["format"] === "int-or-string" || s["x-kubernetes-int-or-string"] === true)
    return { type: ["integer", "string"] };
  const inner = Object.fromEntries(Object.entries(s).map(([key, value]) => [key, strict(value)]));
  const isObject = typeof s["properties"] === "object" && s["additionalProperties"] === undefined;
  return isObject && s["type"] === "object" ? { ...inner, additionalProperties: false } : inner;
}
