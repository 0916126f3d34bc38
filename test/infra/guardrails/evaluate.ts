/** IAM's evaluation of the operators that guardrails use, as the IAM user guide has it, so that tests ask about calls. */
interface Denial {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A call as IAM sees it; a key that the caller leaves out is not in the context. */
export interface Call {
  readonly action: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Sids of the statements that deny a call, sorted. */
export function deniedBy(documents: readonly string[], call: Call): string[] {
  const statements = documents.flatMap(
    (text) => (JSON.parse(text) as { readonly Statement: readonly Denial[] }).Statement,
  );
  return statements
    .filter(
      ({ Effect, Action, Condition }) => Effect === "Deny" && Action.includes(call.action) && holds(Condition, call),
    )
    .map(({ Sid }) => Sid)
    .sort();
}

function holds(conditions: Denial["Condition"], { context }: Call): boolean {
  return Object.entries(conditions ?? {}).every(([operator, block]) =>
    Object.entries(block).every(([key, wanted]) => {
      const given = context[key];
      const values = typeof wanted === "string" ? [wanted] : wanted;
      switch (operator) {
        case "Null":
          return (given === undefined) === values.includes("true");
        case "Bool":
        case "StringEquals":
          return given !== undefined && values.includes(given);
        case "StringNotEquals":
          return given === undefined || !values.includes(given);
        case "ArnNotLike":
          return given === undefined || !values.some((one) => like(one).test(given));
        default:
          throw new Error(`operator ${operator} is not evaluated here`);
      }
    }),
  );
}

function like(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, "\\$&"))
      .join(".*")}$`,
  );
}
