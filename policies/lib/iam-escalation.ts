import { ESCALATIONS } from "../../core/data/iam-escalation.js";
import type { Grant } from "./iam-policies.js";
import { grantsOnEverything } from "./iam-policies.js";
import type { Statement } from "./iam.js";

/** The ways up that a document opens by itself: the grants that make each, all of them on every resource. */
export function escalationsOf(statements: readonly Statement[]): readonly (readonly Grant[])[] {
  const actions = [...new Set(ESCALATIONS.flat())];
  const grants = new Map(
    grantsOnEverything(statements, { actions, serviceWildcards: true }).map((grant) => [grant.action, grant]),
  );
  return ESCALATIONS.map((way) => way.flatMap((action) => grants.get(action) ?? [])).filter(
    (held, i) => held.length === ESCALATIONS[i]?.length,
  );
}
