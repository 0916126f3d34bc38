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
  const denials = policy.statements.filter(isDenial);
  const actions = new Set<string>();
  for (const statement of open)
    for (const pattern of patternsOf(statement)) {
      const matching = actionsOf(pattern).filter(counts);
      for (const { name } of denials.length === 0 ? matching.slice(0, ENOUGH) : matching) actions.add(name);
    }
  const late = open.filter((statement) => anyText(statement.actions, () => false) === UNKNOWN);
  return [
    ...judgeGrants({ ...policy, statements: [...open, ...denials] }, { actions: [...actions], where }),
    ...late.map((statement) =>
      unknown(
        statement.actions,
        `which actions '${policy.holder.name}' may take on everything is not known before the deployment`,
      ),
    ),
  ];
}

/** How many actions of one pattern a message can make use of. */
const ENOUGH = 4;

/** The known patterns of a statement that stand for less than a service. */
function patternsOf({ actions }: Statement): readonly string[] {
  return actions.items().flatMap((item) => {
    const text = item.text();
    return typeof text !== "string" || isServiceWildcard(text) ? [] : [text.toLowerCase()];
  });
}

const expanded = new Map<string, readonly IamAction[]>();

/** The actions that take resources and that a pattern matches. */
function actionsOf(pattern: string): readonly IamAction[] {
  let actions = expanded.get(pattern);
  if (actions === undefined) {
    const all = iamActions(pattern.split(":")[0] ?? "");
    actions = all.filter(({ name, takesResources }) => takesResources && matchesAction(pattern, name));
    expanded.set(pattern, actions);
  }
  return actions;
}

/** Whether a statement allows something on `*`, or on what may turn out to be `*`. */
function isOnStar({ effect, resources, notResources }: Statement): boolean {
  if (effect === "Deny") return false;
  return !notResources.isAbsent || anyText(resources, (text) => /^\*+$/.test(text)) !== false;
}

function isDenial({ effect }: Statement): boolean {
  return effect === "Deny";
}
