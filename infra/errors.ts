import * as pulumi from "@pulumi/pulumi";
import type { UserError } from "../core/issue.js";
import { InputError } from "../core/issue.js";
import type { Issue } from "../core/issue.js";

/**
 * Refuses bad arguments of a component: every problem in one error, and nothing when there is none.
 *
 * @param where The component, as `Network 'prod'`.
 * @throws pulumi.RunError, which Pulumi prints as its text alone. `stack` equals `message`: Pulumi's printer runs away on
 *   some stack frames.
 */
export function refuse(where: string, issues: readonly Issue[]): void {
  if (issues.length > 0) throw runError(new InputError(where, issues));
}

/**
 * Runs a factory of `core` and turns its {@link InputError} into the error that Pulumi prints well.
 *
 * @throws pulumi.RunError with the text of the InputError; any other error as it is.
 */
export function asRunError<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw error instanceof InputError ? runError(error) : error;
  }
}

/** The error that Pulumi prints as its text alone. */
export function runError(error: InputError | UserError): pulumi.RunError {
  const converted = new pulumi.RunError(error.message);
  converted.stack = error.message;
  return converted;
}
