import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError } from "../errors.js";

/** A check of a statement's own that somebody loosened. The component that takes the statement publishes it. */
export class StatementRelaxation {
  private constructor(
    readonly kind: "actionPatterns" | "allResources" | "unlistedActions",
    readonly relaxation: Relaxation,
  ) {}

  /**
   * Actions may be patterns: `s3:Get*`. AWS adds actions to a pattern over time.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static actionPatterns(why: Reason): StatementRelaxation {
    return StatementRelaxation.of("actionPatterns", why);
  }

  /**
   * Resources may be `*` although the actions can be bound to resources.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static allResources(why: Reason): StatementRelaxation {
    return StatementRelaxation.of("allResources", why);
  }

  /**
   * Actions and services may be newer than the list in this package.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static unlistedActions(why: Reason): StatementRelaxation {
    return StatementRelaxation.of("unlistedActions", why);
  }

  private static of(kind: StatementRelaxation["kind"], why: Reason): StatementRelaxation {
    return new StatementRelaxation(
      kind,
      asRunError(() => relaxation(`StatementRelaxation.${kind}`, why)),
    );
  }
}
