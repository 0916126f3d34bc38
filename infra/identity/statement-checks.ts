import { iamActions, iamServices } from "../../core/data/iam-actions.js";
import type { IamAction } from "../../core/data/iam-actions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { nearest } from "../../core/nearest.js";
import { conditionIssues } from "./condition-checks.js";
import type { Statement } from "./policy-document.js";
import { sizeIssues } from "./policy-size.js";
import type { PolicyKind } from "./policy-size.js";

/**
 * Checks the statements of an identity's policy: actions that AWS knows, no patterns of actions, no `*` where the service
 * takes resources, conditions that can hold, and the size as far as it is known. Denials may be as broad as they like.
 *
 * @param path Path of the list, as `statements`.
 */
export function statementIssues(path: string, statements: readonly Statement[], kind: PolicyKind = "inline"): Issue[] {
  const issues = statements.flatMap((statement, i) => [
    ...sidIssues(`${path}[${i}].sid`, statement.sid, statements.slice(0, i)),
    ...actionIssues(`${path}[${i}].actions`, statement),
    ...resourceIssues(`${path}[${i}].resources`, statement),
    ...conditionIssues(`${path}[${i}].conditions`, statement),
    ...principalIssues(`${path}[${i}].principals`, statement),
  ]);
  return issues.length > 0 ? issues : sizeIssues(kind, path, statements);
}

/** IAM takes letters and digits, each text once in a document. */
export function sidIssues(path: string, sid: string | undefined, earlier: readonly Statement[]): Issue[] {
  if (sid === undefined) return [];
  const like = "Write it like 'ReadSecrets'";
  if (!/^[A-Za-z0-9]+$/.test(sid)) return [issue("Malformed", path, "must be of letters and digits", sid, like)];
  if (!earlier.some((other) => other.sid === sid)) return [];
  return [issue("Duplicate", path, "must differ from those before it", sid, "Give each statement its own, or none")];
}

function principalIssues(path: string, { principals }: Statement): Issue[] {
  if (principals === undefined) return [];
  const advice = "Leave it out: who holds the policy is the principal";
  return [issue("NotAllowed", path, "must be left out in the policy of an identity", principals, advice)];
}

function actionIssues(path: string, { actions, effect, relaxations = [] }: Statement): Issue[] {
  if (actions.length === 0)
    return [issue("Required", path, "must name an action", actions, "Write it like ['s3:GetObject']")];
  const may = new Set(relaxations.map(({ kind }) => kind));
  const patterns = effect === "Deny" || may.has("actionPatterns");
  return actions.flatMap((action, i) => {
    const at = `${path}[${i}]`;
    if (!patterns && /[*?]/.test(action)) {
      const [few] = matching(action);
      const like = few === undefined ? "'s3:GetObject'" : `'${few.name}'`;
      const advice = `Name each one, like ${like}, or pass StatementRelaxation.actionPatterns({ reason })`;
      return [issue("NotAllowed", at, "must be one action, without wildcards", action, advice)];
    }
    return may.has("unlistedActions") ? [] : unknownActionIssues(at, action);
  });
}

/** One issue for an action that no service has, or for a pattern that matches none. */
export function unknownActionIssues(path: string, action: string, newer = RELAXED): Issue[] {
  if (action === "*") return [];
  const [service = "", ...rest] = action.split(":");
  const rule = "must be an action that AWS knows";
  if (rest.length !== 1 || !/^[A-Za-z0-9*?]+$/.test(rest[0] ?? ""))
    return [issue("Malformed", path, rule, action, "Write it like 's3:GetObject'")];
  const services = iamServices();
  if (!services.includes(service))
    return [issue("NotFound", path, rule, action, meant(nearest(service, services, 1), newer))];
  const known = iamActions(service);
  if (known.length === 0 || matching(action).length > 0) return [];
  const names = known.map(({ name }) => name);
  return [issue("NotFound", path, rule, action, meant(nearest(action, names, 1), newer))];
}

/** The way out for what is newer than the list. */
const RELAXED = "StatementRelaxation.unlistedActions({ reason }) allows what is newer than this list";

function meant([near]: readonly string[], newer: string): string {
  return near === undefined ? newer : `Did you mean '${near}'? ${newer}`;
}

/** The known actions that a name or pattern stands for. */
function matching(action: string): readonly IamAction[] {
  const known = iamActions(action.split(":")[0] ?? "");
  if (!/[*?]/.test(action)) return known.filter(({ name }) => name === action);
  const pattern = new RegExp(`^${action.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
  return known.filter(({ name }) => pattern.test(name));
}

function resourceIssues(path: string, { actions, resources = [], effect, relaxations = [] }: Statement): Issue[] {
  if (resources.length === 0) {
    const advice = "Write the ARNs, or ['*'] for actions that take no resource";
    return [issue("Required", path, "must name a resource", resources, advice)];
  }
  const broad = effect === "Deny" || relaxations.some(({ kind }) => kind === "allResources");
  return resources.flatMap((resource, i) => {
    if (typeof resource !== "string") return [];
    const at = `${path}[${i}]`;
    if (!/^(\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+)$/s.test(resource)) {
      const advice = "Write it like 'arn:<partition>:s3:::my-bucket/*'";
      return [issue("Malformed", at, "must be an ARN or '*'", resource, advice)];
    }
    if (broad || !/^(\*$|arn:[^:]+:[^:]*\*)/.test(resource)) return [];
    const bound = actions.flatMap((action) => matching(action).filter(({ takesResources }) => takesResources));
    const [first] = bound;
    if (first === undefined) return [];
    const advice =
      "Name the resources, in a statement of their own where other actions take none, " +
      "or pass StatementRelaxation.allResources({ reason })";
    return [issue("NotAllowed", at, `must name the resources of '${first.name}'`, resource, advice)];
  });
}
