import type { IamAction } from "../../core/data/iam-actions.js";
import { iamActions } from "../../core/data/iam-actions.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import { unknown } from "../verdicts.js";
import { judgeGrants } from "./iam-grants.js";
import type { IdentityPolicy } from "./iam-policies.js";
import { isServiceWildcard } from "./iam-policies.js";
import { anyText, matchesAction } from "./iam.js";
import type { Statement } from "./iam.js";

/** What a rule asks of statements on `*`. */
export interface ScopingQuestion {
  /** The actions that a statement can bind to resources and that must be. */
  readonly counts: (action: IamAction) => boolean;
  /** What follows `'app' may` and a list of actions. */
  readonly where: string;
}

/**
 * Judges a document: no action that takes resources is allowed on `*`. All actions of a service, and everything, are for
 * rules of their own; conditions and denials count as everywhere.
 */
export function judgeScoping(policy: IdentityPolicy, { counts, where }: ScopingQuestion): readonly Verdict[] {
  const open = policy.statements.filter(isOnStar);
  const actions = new Set<string>();
  for (const { actions: patterns } of open)
    for (const item of patterns.items()) {
      const text = item.text();
      if (typeof text !== "string" || isServiceWildcard(text)) continue;
      for (const action of iamActions((text.split(":")[0] ?? "").toLowerCase()))
        if (action.takesResources && matchesAction(text, action.name) && counts(action)) actions.add(action.name);
    }
  const late = open.filter((statement) => anyText(statement.actions, () => false) === UNKNOWN);
  return [
    ...judgeGrants(
      { ...policy, statements: [...open, ...policy.statements.filter(isDenial)] },
      { actions: [...actions], where },
    ),
    ...late.map((statement) =>
      unknown(
        statement.actions,
        `which actions '${policy.holder.name}' may take on everything is not known before the deployment`,
      ),
    ),
  ];
}

/** Whether a statement allows something on `*`, or on what may turn out to be `*`. */
function isOnStar({ effect, resources, notResources }: Statement): boolean {
  if (effect === "Deny") return false;
  return !notResources.isAbsent || anyText(resources, (text) => /^\*+$/.test(text)) !== false;
}

function isDenial({ effect }: Statement): boolean {
  return effect === "Deny";
}
