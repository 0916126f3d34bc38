import Ajv from "ajv";
import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const DATA = join(__dirname, "../data");

function read(file: string): object {
  const text = readFileSync(join(DATA, file), "utf8");
  return (file.endsWith(".yaml") ? load(text) : JSON.parse(text)) as object;
}

const compiled = new Map<string, Ajv.ValidateFunction>();

/** What a schema of test/report/data says is wrong with a document. */
export function problemsBy(schema: keyof typeof SCHEMAS, document: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validate);
  if (validate(document) === true) return [];
  return (validate.errors ?? []).map(
    ({ dataPath, message, params }) => `${dataPath} ${message ?? ""} ${JSON.stringify(params)}`,
  );
}

function compile(schema: keyof typeof SCHEMAS): Ajv.ValidateFunction {
  const formats = { int32: /^/, int64: /^/ };
  const ajv = new Ajv({ allErrors: true, schemaId: "auto", nullable: true, formats });
  const draft04 = readFileSync(require.resolve("ajv/lib/refs/json-schema-draft-04.json"), "utf8");
  ajv.addMetaSchema(JSON.parse(draft04) as object);
  return ajv.compile(SCHEMAS[schema]());
}

const SCHEMAS = {
  sarif: () => read("sarif-2.1.0.schema.json"),
  oscal: () => read("oscal-1.1.3-assessment-results.schema.json"),
  report: () => {
    const crd = read("openreports.io_reports.yaml") as {
      readonly spec: { readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: object } }[] };
    };
    return closed(crd.spec.versions[0]?.schema.openAPIV3Schema ?? {}) as object;
  },
} as const satisfies Readonly<Record<string, () => object>>;

/** The API server drops fields that it does not know: here they are refused. `metadata` is the server's own. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in inner && !("additionalProperties" in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}
