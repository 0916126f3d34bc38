import { InputError, issue, UserError } from "../../core/issue.js";
import type { Plan, PlannedResource } from "./resource.js";
import { Concat, isPlannedList, isPlannedObject, JsonText, Ref, Secret, Unknown } from "./values.js";
import type { PlannedObject, PlannedValue, Urn } from "./values.js";

/** The mark of the document, with its version. */
export const PLAN_FORMAT = "ringfence.plan/1";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The saved form of a plan: two-space JSON, resources sorted by URN, no secret in it. The same plan gives the same bytes. */
export function writePlan(plan: Plan): string {
  const resources = [...plan.resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
  const document = {
    format: PLAN_FORMAT,
    project: plan.project,
    stack: plan.stack,
    resources: resources.map((r) => ({ ...r, inputs: encode(r.inputs), outputs: encode(r.outputs) })),
    ...(plan.lookups === undefined
      ? {}
      : { lookups: plan.lookups.map((r) => ({ ...r, inputs: encode(r.inputs), outputs: encode(r.outputs) })) }),
    stackOutputs: encode(plan.stackOutputs),
    notEvaluated: plan.notEvaluated,
    warnings: plan.warnings,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * Reads what {@link writePlan} wrote.
 *
 * @param file Name of the file, for messages.
 * @throws UserError when the text is no JSON; InputError when it is no plan of this version.
 */
export function readPlan(text: string, file: string): Plan {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `'${file}' is not JSON: ${(error as Error).message}. Give a file that \`ringfence preview --save\` wrote`,
    );
  }
  const plan = document as Partial<Plan> & { readonly format?: unknown };
  if (
    typeof document !== "object" ||
    document === null ||
    plan.format !== PLAN_FORMAT ||
    !Array.isArray(plan.resources)
  )
    throw new InputError(file, [
      issue(
        "Malformed",
        "format",
        `must be '${PLAN_FORMAT}'`,
        (document as { format?: unknown } | null)?.format,
        "Give a file that `ringfence preview --save` wrote",
      ),
    ]);
  const decoded = (list: readonly PlannedResource[]): readonly PlannedResource[] =>
    list.map((r) => ({ ...r, inputs: decodeObject(r.inputs as Json), outputs: decodeObject(r.outputs as Json) }));
  return {
    project: plan.project ?? "",
    stack: plan.stack ?? "",
    resources: decoded(plan.resources),
    ...(plan.lookups === undefined ? {} : { lookups: decoded(plan.lookups) }),
    stackOutputs: decodeObject((plan.stackOutputs ?? {}) as Json),
    notEvaluated: plan.notEvaluated ?? [],
    warnings: plan.warnings ?? [],
  };
}

/** A value with its five marks, as it stands in a saved plan. A map that itself has a key beginning with `$` is kept by doubling the sign. */
export function encode(value: PlannedValue): Json {
  if (value instanceof Ref)
    return { $ref: { urn: value.urn, output: value.output, ...(value.cut === undefined ? {} : { cut: value.cut }) } };
  if (value instanceof Concat) return { $concat: value.parts.map(encode) };
  if (value instanceof JsonText) return { $json: encode(value.document) };
  if (value instanceof Unknown)
    return { $unknown: value.type, ...(value.dependencies.length === 0 ? {} : { of: value.dependencies }) };
  if (value instanceof Secret) return { $secret: true };
  if (isPlannedList(value)) return value.map(encode);
  if (isPlannedObject(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k.startsWith("$") ? `$${k}` : k, encode(v)]));
  return value;
}

function decodeObject(json: Json): PlannedObject {
  const value = decode(json);
  return isPlannedObject(value) ? value : {};
}

/** The inverse of {@link encode}; the content of a secret is gone, so it comes back as an unknown within. */
export function decode(json: Json): PlannedValue {
  if (Array.isArray(json)) return (json as readonly Json[]).map(decode);
  if (typeof json !== "object" || json === null) return json;
  const marked = json as Readonly<Record<string, Json>>;
  if ("$ref" in marked) {
    const { urn, output, cut } = marked["$ref"] as { urn: Urn; output: string; cut?: readonly [string, string] };
    return new Ref(urn, output, cut);
  }
  if ("$concat" in marked)
    return new Concat((marked["$concat"] as readonly Json[]).map(decode) as readonly (string | Ref | Unknown)[]);
  if ("$json" in marked) return new JsonText(decode(marked["$json"]));
  if ("$unknown" in marked)
    return new Unknown(marked["$unknown"] as Unknown["type"], (marked["of"] ?? []) as readonly Urn[]);
  if ("$secret" in marked) return new Secret(new Unknown());
  return Object.fromEntries(Object.entries(marked).map(([k, v]) => [k.startsWith("$$") ? k.slice(1) : k, decode(v)]));
}
