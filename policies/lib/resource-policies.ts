import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import type { ResourceView } from "../shapes.js";
import { every, fail, negate, notApplicable, pass, some, unknown } from "../verdicts.js";
import { bindsCaller } from "./iam-conditions.js";
import { anyText, statementsOf } from "./iam.js";
import type { Statement } from "./iam.js";

/** Whether a statement speaks of everybody: `"*"`, `{ AWS: "*" }`, any account, or everybody but some. */
export function namesEverybody({ principals, notPrincipals }: Statement): Read<boolean> {
  if (!notPrincipals.isAbsent) return true;
  if (principals.isUnknown) return UNKNOWN;
  if (typeof principals.value === "string") return principals.value === "*";
  return some(
    principals
      .entries()
      .filter(([kind]) => kind !== "CanonicalUser")
      .map(([, who]) => anyText(who, (text) => /^\*+$|^arn:[^:]*:iam::[*?]*[*][*?]*:/.test(text))),
  );
}

/**
 * Whether a statement of a resource's policy lets everybody in: no caller named, and no condition that binds callers.
 */
export function allowsEverybody(statement: Statement): Read<boolean> {
  const { effect } = statement;
  return every([
    effect === UNKNOWN ? UNKNOWN : effect === "Allow",
    namesEverybody(statement),
    negate(bindsCaller(statement)),
  ]);
}

/** Judges a policy of a resource: no statement lets everybody in. Without a policy only the account itself gets in. */
export function judgeOpenPolicy(
  { resource }: Pick<ResourceView, "resource">,
  at: Cursor,
  what: string,
): readonly Verdict[] {
  if (at.isAbsent) return [notApplicable("it has no policy of its own here")];
  const undecided = `whom the policy of ${what} '${resource.name}' lets in is not known before the deployment`;
  const statements = statementsOf(at);
  if (statements === UNKNOWN) return [unknown(at, undecided)];
  if (statements.length === 0) return [pass()];
  return statements.map((statement) => {
    const open = allowsEverybody(statement);
    const place = statement.principals.isAbsent ? statement.at : statement.principals;
    if (open === UNKNOWN) return unknown(place, undecided);
    return open
      ? fail(place, `everybody, in any account, is let in by the policy of ${what} '${resource.name}'`)
      : pass();
  });
}

/**
 * Whether a policy of a resource keeps everybody from it over plain HTTP, whatever they do.
 *
 * @param all What stands for every action of the service, or of all.
 */
export function deniesPlainHttp(policy: Cursor, all: RegExp): Read<boolean> {
  const statements = statementsOf(policy);
  if (statements === UNKNOWN) return UNKNOWN;
  return some(
    statements.map((statement) => {
      const [key, value] =
        statement.conditions
          .at("Bool")
          .entries()
          .find(([name]) => name.toLowerCase() === "aws:securetransport") ?? [];
      const plain = value?.boolean() ?? (key === undefined ? undefined : true);
      return every([
        statement.effect === UNKNOWN ? UNKNOWN : statement.effect === "Deny",
        namesEverybody(statement),
        statement.notPrincipals.isAbsent,
        anyText(statement.actions, (action) => all.test(action)),
        plain === UNKNOWN ? UNKNOWN : plain === false,
      ]);
    }),
  );
}
