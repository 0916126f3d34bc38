import type { Finding } from "../model.js";

/** Somebody's permission for one finding at one place, until a day. */
export interface Exemption {
  /** Id of the rule. */
  readonly rule: string;
  /** Id of the resource, as reports print it: `kubernetes:apps/v1:Deployment vote/db`. */
  readonly at: string;
  /**
   * Property path of the finding.
   *
   * @default - every path of the rule's findings at the resource
   */
  readonly path?: string;
  readonly reason: string;
  /** Who answers for it; `not said` for the annotation of another tool, which names nobody. */
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD`; `not said` for the annotation of another tool. */
  readonly until: string;
  /** Where it was said: `ringfence.exemptions.yaml:3`, `annotation of Deployment 'vote/db'`, `code`, `Checkov's annotation of ...`. */
  readonly said: string;
}

/** A finding that an exemption excuses. */
export interface ExemptedFinding {
  readonly finding: Finding;
  readonly exemption: Exemption;
}

/** What is wrong with an exemption: it excuses nothing, its day has passed, or it lacks what it must say. Each fails the gate. */
export interface ExemptionProblem {
  readonly kind: "unused" | "expired" | "malformed";
  /** Where it was said. */
  readonly said: string;
  /** One line: what, where, and what to do. */
  readonly message: string;
}
