import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../plan/world/index.js";
import { every, negate, some } from "../verdicts.js";
import { anyText, matchesAction } from "./iam.js";
import type { Statement } from "./iam.js";
import { operatorHolds } from "./iam-operators.js";
import { matchesLate } from "./wildcards.js";

/**
 * Values of a request's condition keys, the keys in lower case. `undefined` says that the request lacks the key; a key that
 * is not in the map is one that nobody knows.
 */
export type RequestContext = ReadonlyMap<string, readonly string[] | undefined>;

/** What somebody asks of AWS. */
export interface IamRequest {
  /** `kms:Decrypt`. */
  readonly action: string;
  /** A planned resource, an ARN (late values in it are U+FFFC), or `undefined` for any one resource at all. */
  readonly resource: PlannedResource | string | undefined;
  /** @default - nobody knows any key */
  readonly context?: RequestContext;
}

const NO_CONTEXT: RequestContext = new Map();

/** A statement and the resource whose input it stands in. */
export interface HeldStatement extends Statement {
  readonly holder: PlannedResource;
}

/**
 * Whether statements of one kind (all policies of an identity, or a resource's own) allow a request: one allows it and none
 * denies it (IAM user guide, "Policy evaluation logic").
 */
export function allows(world: World, statements: readonly HeldStatement[], request: IamRequest): Read<boolean> {
  const applies = (effect: string) =>
    some(
      statements.map((statement) =>
        every([
          statement.effect === UNKNOWN ? UNKNOWN : statement.effect === effect,
          statementApplies(world, statement, request),
        ]),
      ),
    );
  const allowed = applies("Allow");
  return allowed === false ? false : every([allowed, negate(applies("Deny"))]);
}

/** Whether a statement speaks of a request, whatever its effect. Principals are left to the caller. */
export function statementApplies(world: World, statement: HeldStatement, request: IamRequest): Read<boolean> {
  const { actions, notActions, resources, notResources, conditions, holder } = statement;
  const named = (element: Cursor) => anyText(element, (pattern) => matchesAction(pattern, request.action));
  const action = notActions.isAbsent ? named(actions) : negate(named(notActions));
  if (action === false) return false;
  const targets = (element: Cursor) =>
    some(itemsOf(element).map((item) => patternMatches(world, holder, item, request.resource)));
  const isOwn = resources.isAbsent && notResources.isAbsent;
  const resource = isOwn ? true : notResources.isAbsent ? targets(resources) : negate(targets(notResources));
  return every([action, resource, conditionsHold(conditions, request.context ?? NO_CONTEXT)]);
}

/** The items of an element that is one value or a list; a late value is an item. */
function itemsOf(element: Cursor): readonly Cursor[] {
  return element.isUnknown ? [element] : element.items();
}

/** Whether a condition block holds for a request: every line of it must. */
export function conditionsHold(conditions: Cursor, context: RequestContext): Read<boolean> {
  if (conditions.isUnknown) return UNKNOWN;
  return every(
    conditions.entries().flatMap(([operator, block]) => {
      if (block.isUnknown) return [UNKNOWN];
      return block.entries().map(([key, values]) => {
        const name = key.toLowerCase();
        if (!context.has(name)) return UNKNOWN;
        const wanted = itemsOf(values).map((item) => textOf(item, context));
        // A value with a variable that the request lacks matches nothing.
        return operatorHolds(
          operator,
          wanted.flatMap((text) => text ?? []),
          context.get(name),
        );
      });
    }),
  );
}

/** A value of a condition, its policy variables replaced; `undefined` when the request lacks one of them. */
function textOf(item: Cursor, context: RequestContext): string | undefined {
  const stated = item.value;
  const text = typeof stated === "number" || typeof stated === "boolean" ? String(stated) : item.text();
  if (text === UNKNOWN) return PLACEHOLDER;
  const values = [...(text ?? "").matchAll(VARIABLE)].map((match) => valueOf(match, context));
  if (values.includes(undefined)) return undefined;
  const rest = [...values];
  return text?.replace(VARIABLE, () => rest.shift() ?? "");
}

/** A policy variable, with the value it takes when the request has none: `${aws:PrincipalTag/team, 'nobody'}`. */
const VARIABLE = /\$\{([^},]+)(?:,\s*'([^']*)')?\}/g;

function valueOf([, name = "", fallback]: RegExpMatchArray, context: RequestContext): string | undefined {
  if (["*", "?", "$"].includes(name)) return name;
  const key = name.trim().toLowerCase();
  return context.has(key) ? (context.get(key)?.[0] ?? fallback) : PLACEHOLDER;
}

/** Outputs and inputs that name a resource in its ARN, by the service and the kind that stand before the name. */
const ARNS: ReadonlyMap<string, readonly [prefix: string, suffix: string]> = new Map([
  ["aws:ecr/repository:Repository", ["ecr:\uFFFC:\uFFFC:repository/", ""]],
  ["aws:eks/cluster:Cluster", ["eks:\uFFFC:\uFFFC:cluster/", ""]],
  ["aws:iam/role:Role", ["iam::\uFFFC:role/", ""]],
  ["aws:kms/key:Key", ["kms:\uFFFC:\uFFFC:key/", ""]],
  ["aws:secretsmanager/secret:Secret", ["secretsmanager:\uFFFC:\uFFFC:secret:", "-\uFFFC"]],
  ["aws:ssm/parameter:Parameter", ["ssm:\uFFFC:\uFFFC:parameter", ""]],
]);

/**
 * Whether an item of `Resource` covers a resource. A reference to it does, with whatever comes behind it; a reference to
 * another of its kind does not; else the texts are compared, as far as names are known.
 */
export function patternMatches(
  world: World,
  holder: PlannedResource,
  pattern: Cursor,
  resource: PlannedResource | string | undefined,
): Read<boolean> {
  const text = pattern.text();
  if (text === "*") return true;
  if (resource === undefined) return UNKNOWN;
  if (typeof resource === "string")
    return text === UNKNOWN ? UNKNOWN : matchesLate(text ?? "", inPartitionOf(text ?? "", resource));
  const referred = world.resolve(holder, pattern);
  if (referred.includes(resource)) return true;
  if (referred.some((other) => other.type === resource.type)) return false;
  return text === UNKNOWN ? UNKNOWN : matchesLate(text ?? "", inPartitionOf(text ?? "", arnText(world, resource)));
}

/** An ARN whose partition is late, in the one that a pattern names: a plan is of one partition. */
function inPartitionOf(pattern: string, arn: string): string {
  const [, partition = PLACEHOLDER] = /^arn:([\w-]+):/.exec(pattern) ?? [];
  return arn.replace(/^arn:\uFFFC:/, `arn:${partition}:`);
}

/** The ARN of a resource as far as it is known. */
function arnText(world: World, resource: PlannedResource): string {
  const form = ARNS.get(resource.type);
  if (form === undefined) return PLACEHOLDER;
  const name = resource.type === "aws:kms/key:Key" ? UNKNOWN : world.inputsOf(resource).at("name").text();
  const shown = typeof name === "string" ? name : PLACEHOLDER;
  const joined = form[0].endsWith(":parameter") && !shown.startsWith("/") ? `/${shown}` : shown;
  return `arn:\uFFFC:${form[0]}${joined}${form[1]}`;
}
