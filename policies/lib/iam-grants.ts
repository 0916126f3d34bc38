import type { Verdict } from "../model.js";
import { fail, unknown } from "../verdicts.js";
import { grantsOnEverything } from "./iam-policies.js";
import type { Grant, IdentityPolicy } from "./iam-policies.js";

/** What a rule asks of the grants in a document. */
export interface GrantQuestion {
  /** Actions that must not be granted on all resources. */
  readonly actions: readonly string[];
  /** What follows `'app' may` and a list of actions: `on every key of the account`. */
  readonly where: string;
  /** @default false */
  readonly serviceWildcards?: boolean;
}

/** Judges a document: none of the actions is granted on all resources. One finding for each place. */
export function judgeGrants(policy: IdentityPolicy, question: GrantQuestion): readonly Verdict[] {
  const grants = grantsOnEverything(policy.statements, {
    actions: question.actions,
    serviceWildcards: question.serviceWildcards ?? false,
  });
  const places = [...new Set(grants.map(({ at }) => at.path))];
  return places.flatMap((path): readonly Verdict[] => {
    const here = grants.filter(({ at }) => at.path === path);
    const certain = here.filter((grant) => grant.certain);
    const [first] = certain.length > 0 ? certain : here;
    if (first === undefined) return [];
    return certain.length > 0
      ? [fail(first.at, `'${policy.holder.name}' may ${listed(certain)} ${question.where}`)]
      : [
          unknown(
            first.at,
            `whether '${policy.holder.name}' may ${listed(here)} ${question.where} is not known before the deployment`,
          ),
        ];
  });
}

function listed(grants: readonly Grant[]): string {
  const names = grants.map(({ action }) => action);
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and more` : names.join(", ");
}
