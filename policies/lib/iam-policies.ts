import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import type { RuleBody } from "../shapes.js";
import { onResource } from "../shapes.js";
import { every, negate, notApplicable, pass, some, unknown } from "../verdicts.js";
import { bindsResources, isUnconditional } from "./iam-conditions.js";
import { anyText, matchesAction, statementsOf } from "./iam.js";
import type { Statement } from "./iam.js";

/** Wire token of a policy that stands by itself. */
export const POLICY = "aws:iam/policy:Policy";

/** Wire token of a role, which may hold inline policies. */
export const ROLE = "aws:iam/role:Role";

/** Everything that holds a policy of identities. */
export const IDENTITY_POLICY_TYPES = [
  POLICY,
  ROLE,
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
] as const;

/** One document of a policy of identities. */
export interface IdentityPolicy {
  readonly holder: PlannedResource;
  readonly statements: readonly Statement[];
}

/**
 * Judges each document that gives rights to identities. A policy that serves as a permissions boundary only grants
 * nothing, so it is not judged.
 */
export function onIdentityPolicies(check: (policy: IdentityPolicy) => readonly Verdict[]): RuleBody {
  return onResource(IDENTITY_POLICY_TYPES, ({ resource: holder, inputs, world }) => {
    if (isBoundaryOnly(world, holder)) return notApplicable("it is a permissions boundary, which grants nothing");
    return identityDocuments(holder, inputs).flatMap((document): readonly Verdict[] => {
      const statements = statementsOf(document);
      if (statements === UNKNOWN)
        return [unknown(document, `what the policy of '${holder.name}' allows is not known before the deployment`)];
      const verdicts = check({ holder, statements });
      return verdicts.length === 0 ? [pass()] : verdicts;
    });
  });
}

/** The documents of a policy of identities: its own, or the inline ones of a role. */
export function identityDocuments(holder: PlannedResource, inputs: Cursor): readonly Cursor[] {
  if (holder.type !== ROLE) return [inputs.at("policy")].filter((document) => !document.isAbsent);
  const inline = inputs.at("inlinePolicies");
  if (inline.isUnknown) return [inline];
  return inline
    .items()
    .map((policy) => policy.at("policy"))
    .filter((document) => !document.isAbsent);
}

/** Whether a policy bounds identities and is given to none. Documents that mention it give it to nobody. */
export function isBoundaryOnly(world: World, policy: PlannedResource): boolean {
  const uses = world
    .mentionsOf(policy.urn)
    .filter(({ path }) => !/^(policy|assumeRolePolicy|inlinePolicies)\b/.test(path));
  return uses.length > 0 && uses.every(({ path }) => path === "permissionsBoundary");
}

/** Whether a statement allows every action on every resource, which a rule of its own reports. */
export function isAdministrator({ effect, actions, resources }: Statement): boolean {
  const all = every([
    anyText(actions, (text) => /^\*+(:\*+)?$/.test(text)),
    anyText(resources, (text) => /^\*+$/.test(text)),
  ]);
  return effect === "Allow" && all === true;
}

/** Whether a pattern stands for all actions of a service: `s3:*`. */
export function isServiceWildcard(pattern: string): boolean {
  return /^([^:]*:)?\*+$/.test(pattern);
}

/** What a search for grants counts. */
export interface GrantQuery {
  /** Exact actions, in any letter case. */
  readonly actions: readonly string[];
  /** Whether `s3:*`, which a rule of its own reports, counts as a grant of the actions in it. */
  readonly serviceWildcards: boolean;
  /**
   * Whether a grant of everything, which a rule of its own reports, counts too.
   *
   * @default false
   */
  readonly administrators?: boolean;
}

/** An action that a document grants on all resources, or may grant. */
export interface Grant {
  readonly action: string;
  readonly at: Cursor;
  readonly certain: boolean;
}

/**
 * The actions that a document allows on all resources: of those asked for, and unless a condition binds the statement to
 * some resources, or another statement denies them always and everywhere.
 */
export function grantsOnEverything(statements: readonly Statement[], query: GrantQuery): readonly Grant[] {
  return query.actions.flatMap((action) => {
    const denied = some(statements.map((statement) => denies(statement, action)));
    const [found] = statements
      .map((statement) => ({ statement, granted: every([allows(statement, action, query), negate(denied)]) }))
      .filter(({ granted }) => granted !== false)
      .sort((a, b) => Number(b.granted === true) - Number(a.granted === true));
    if (found === undefined) return [];
    const { actions, notActions } = found.statement;
    return [{ action, at: actions.isAbsent ? notActions : actions, certain: found.granted === true }];
  });
}

function allows(statement: Statement, action: string, query: GrantQuery): Read<boolean> {
  const { serviceWildcards, administrators = false } = query;
  if (!administrators && isAdministrator(statement)) return false;
  const { effect } = statement;
  const covered = effect === UNKNOWN || effect === "Allow" ? covers(statement, action, serviceWildcards) : false;
  if (covered === false) return false;
  return every([
    effect === UNKNOWN ? UNKNOWN : true,
    covered,
    onEverything(statement),
    negate(bindsResources(statement)),
  ]);
}

function denies(statement: Statement, action: string): Read<boolean> {
  const { effect, resources } = statement;
  const covered = effect === UNKNOWN || effect === "Deny" ? covers(statement, action, true) : false;
  if (covered === false) return false;
  return every([
    effect === UNKNOWN ? UNKNOWN : true,
    covered,
    anyText(resources, (text) => /^\*+$/.test(text)),
    isUnconditional(statement),
  ]);
}

function covers({ actions, notActions }: Statement, action: string, serviceWildcards: boolean): Read<boolean> {
  if (!notActions.isAbsent)
    return serviceWildcards ? negate(anyText(notActions, (pattern) => matchesAction(pattern, action))) : false;
  return anyText(
    actions,
    (pattern) => (serviceWildcards || !isServiceWildcard(pattern)) && matchesAction(pattern, action),
  );
}

/** Whether a statement holds for all resources of a kind: `*`, `arn:aws:kms:*:*:key/*`, or all but some. */
export function onEverything({ resources, notResources }: Statement): Read<boolean> {
  if (!notResources.isAbsent) return true;
  return anyText(resources, isEveryResource);
}

/** Kinds of resources that stand before a name in an ARN. In S3 a bucket stands there, so it has none. */
const KINDS =
  /^(access-point|cluster|function|group|key|log-group|parameter|policy|repository|role|secret|server-certificate|table|user)[/:]/;

function isEveryResource(text: string): boolean {
  if (/^\*+$/.test(text)) return true;
  const [arn, , service = "", , , ...rest] = text.split(":");
  if (arn !== "arn" || rest.length === 0) return false;
  const name = rest.join(":");
  return /^\*+([/:]\*+)*$/.test(service === "s3" ? name : name.replace(KINDS, ""));
}
