import { InputError, issue } from "./issue.js";

/** What a dangerous choice asks for: why it is made. */
export interface Reason {
  /** A sentence for the reviewer, at least ten characters: "the partner's VPN ends at this address until March". */
  readonly reason: string;
}

/** A default that somebody loosened, published by components as an output and by constructs as an annotation. The rules still judge the result. */
export interface Relaxation extends Reason {
  /** What was chosen instead of the default: `EndpointAccess.publicFrom`. */
  readonly choice: string;
}

/** The annotation under which a construct records its relaxations, a JSON array of {@link Relaxation}. */
export const RELAXATIONS_ANNOTATION = "ringfence.dev/relaxations";

/** The registered output under which a component publishes its relaxations. */
export const RELAXATIONS_OUTPUT = "relaxations";

/**
 * Records a choice and its reason.
 *
 * @throws InputError when the reason is shorter than ten characters.
 */
export function relaxation(choice: string, why: Reason): Relaxation {
  // Plain JavaScript has no compiler that asks for a reason.
  const reason: unknown = (why as Partial<Reason> | undefined)?.reason;
  if (typeof reason !== "string" || reason.trim().length < 10)
    throw new InputError(choice, [
      issue(
        "Required",
        "reason",
        "must say why, in at least ten characters",
        reason,
        "Write what a reviewer needs to know",
      ),
    ]);
  return { choice, reason };
}
