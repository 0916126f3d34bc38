import { isCelError, run } from "@bufbuild/cel";
import type { CelInput } from "@bufbuild/cel";

/** JSON as the API server hands it to CEL: whole numbers are `int`, objects are maps. */
export function celInput(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(celInput);
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (typeof value === "object" && value !== null)
    return new Map(Object.entries(value).map(([key, inner]) => [key, celInput(inner)]));
  return value as CelInput;
}

/** What a list of variables and validations says of a request: the messages of those that do not hold. */
export function evaluate(
  {
    variables = [],
    validations,
  }: {
    readonly variables?: readonly { readonly name: string; readonly expression: string }[];
    readonly validations: readonly { readonly expression: string; readonly message: string }[];
  },
  bindings: Readonly<Record<"object" | "oldObject" | "request", unknown>>,
): readonly string[] {
  const scope: Record<string, CelInput> = Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [name, celInput(value)]),
  );
  const known = new Map<string, CelInput>();
  const value = (expression: string): unknown => {
    const result = run(expression, { ...scope, variables: known });
    if (isCelError(result)) throw new Error(`${expression}: ${result.message}`);
    return result;
  };
  for (const { name, expression } of variables) known.set(name, value(expression) as CelInput);
  return validations.filter(({ expression }) => value(expression) !== true).map(({ message }) => message);
}
