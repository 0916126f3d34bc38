import { ESCALATIONS } from "../../core/data/iam-escalation.js";
import { MANAGED_POLICIES } from "../../core/data/aws-managed-policies.js";
import type { PlannedResource } from "../../plan/model/index.js";
import { Cursor, UNKNOWN } from "../../plan/world/index.js";
import type { Read, World } from "../../plan/world/index.js";
import { every } from "../verdicts.js";
import type { HeldStatement, IamRequest } from "./iam-evaluate.js";
import { allows } from "./iam-evaluate.js";
import { grantsOnEverything, identityDocuments, POLICY, ROLE } from "./iam-policies.js";
import { statementsOf } from "./iam.js";

/** A set of policies, read as one. */
export interface Policies {
  readonly statements: readonly HeldStatement[];
  /** Whether every document of them is known. */
  readonly complete: boolean;
}

/** What a role may do. */
export interface Rights {
  /** Its policies: inline ones, planned ones and those of AWS that are known. */
  readonly given: Policies;
  /** What it may do at most; `undefined` without a permissions boundary. */
  readonly boundary: Policies | undefined;
}

const ATTACHMENTS = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
] as const;

/** Wire tokens that decide what a role may do. */
export const RIGHTS_TYPES = [ROLE, POLICY, "aws:iam/rolePolicy:RolePolicy", ...ATTACHMENTS] as const;

/** The name of a policy of AWS' own, in any partition: `AdministratorAccess`. */
export function managedName(arn: Read<string | undefined>): string | undefined {
  return typeof arn === "string" ? /:iam::aws:policy\/(?:[\w-]+\/)*([\w+=,.@-]+)$/.exec(arn)?.[1] : undefined;
}

const known = new WeakMap<World, Map<PlannedResource, Rights>>();

/** Everything that the plan says of what a role may do. */
export function rightsOf(world: World, role: PlannedResource): Rights {
  let roles = known.get(world);
  if (roles === undefined) known.set(world, (roles = new Map<PlannedResource, Rights>()));
  let rights = roles.get(role);
  if (rights === undefined) roles.set(role, (rights = readRights(world, role)));
  return rights;
}

function readRights(world: World, role: PlannedResource): Rights {
  const inputs = world.inputsOf(role);
  const mentions = world.mentionsOf(role.urn).filter(({ path }) => /^roles?\b/.test(path));
  const inline = mentions.filter(({ resource }) => resource.type === "aws:iam/rolePolicy:RolePolicy");
  const attached = mentions.filter(({ resource }) => ATTACHMENTS.some((type) => type === resource.type));
  const list = inputs.at("managedPolicyArns");
  const parts = [
    ...[role, ...inline.map(({ resource }) => resource)].flatMap((holder) =>
      identityDocuments(holder, world.inputsOf(holder)).map((document) => read(holder, document)),
    ),
    ...(list.isUnknown ? [list] : list.items()).map((arn) => policyAt(world, role, arn)),
    ...attached.map(({ resource }) => policyAt(world, resource, world.inputsOf(resource).at("policyArn"))),
  ];
  const bound = inputs.at("permissionsBoundary");
  return { given: join(parts), boundary: bound.isAbsent ? undefined : policyAt(world, role, bound) };
}

/** The policy that an ARN names: a planned one, or one of AWS that is known. */
export function policyAt(world: World, from: PlannedResource, arn: Cursor): Policies {
  const [policy] = world.resolve(from, arn).filter((r) => r.type === POLICY);
  if (policy !== undefined) return read(policy, world.inputsOf(policy).at("policy"));
  const grant = MANAGED_POLICIES.get(managedName(arn.text()) ?? "");
  if (grant === undefined) return { statements: [], complete: false };
  const actions = grant.allBut === true ? { NotAction: grant.actions } : { Action: grant.actions };
  const document = new Cursor({ Statement: [{ Effect: "Allow", ...actions, Resource: "*" }] }, arn.path);
  return read(from, document);
}

function read(holder: PlannedResource, document: Cursor): Policies {
  const statements = statementsOf(document);
  if (statements === UNKNOWN) return { statements: [], complete: false };
  return { statements: statements.map((statement) => ({ ...statement, holder })), complete: true };
}

function join(parts: readonly Policies[]): Policies {
  return {
    statements: parts.flatMap(({ statements }) => statements),
    complete: parts.every(({ complete }) => complete),
  };
}

/** Whether a role's own policies and its boundary allow a request, as far as the plan shows them. */
export function mayDo(world: World, role: PlannedResource, request: IamRequest): Read<boolean> {
  const { given, boundary } = rightsOf(world, role);
  const decide = ({ statements, complete }: Policies): Read<boolean> => {
    const allowed = allows(world, statements, request);
    if (complete || (allowed === false && isDenied(world, statements, request))) return allowed;
    return UNKNOWN;
  };
  return every((boundary === undefined ? [given] : [given, boundary]).map(decide));
}

/** A denial that is known stands, whatever else there is. */
function isDenied(world: World, statements: readonly HeldStatement[], request: IamRequest): boolean {
  const turned = statements
    .filter(({ effect }) => effect === "Deny")
    .map((statement) => ({ ...statement, effect: "Allow" }));
  return allows(world, turned, request) === true;
}

/** Actions that read what an account keeps: objects, parameters, secrets, rows (cloudsplaining's list, and DynamoDB). */
export const DATA_ACTIONS = [
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "s3:GetObject",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
] as const;

/** A power over the account as a whole. */
export interface Power {
  /** Everything; more rights for itself; or all data of a kind. */
  readonly kind: "administrator" | "escalation" | "data";
  /** For messages: `iam:PassRole with ec2:RunInstances`. */
  readonly what: string;
  readonly certain: boolean;
}

const powers = new WeakMap<World, Map<PlannedResource, Power | undefined>>();

/** The worst that a role may do with the account; `undefined` for nothing of that size that the plan shows. */
export function worstPower(world: World, role: PlannedResource): Power | undefined {
  let roles = powers.get(world);
  if (roles === undefined) powers.set(world, (roles = new Map<PlannedResource, Power | undefined>()));
  if (!roles.has(role)) roles.set(role, findPower(world, role));
  return roles.get(role);
}

function findPower(world: World, role: PlannedResource): Power | undefined {
  const rights = rightsOf(world, role);
  const holds = (action: string) => mayOnEverything(rights, action);
  // The first is an action that no service has, so that only a grant of everything holds it.
  const everything = ["everything:Everything", "iam:PutRolePolicy"].map(holds);
  const ways: readonly Power[] = [
    ...powerOf("administrator", "everything", everything),
    ...ESCALATIONS.flatMap((way) => powerOf("escalation", way.join(" with "), way.map(holds))),
    ...DATA_ACTIONS.flatMap((action) => powerOf("data", `${action} on everything`, [holds(action)])),
  ];
  return ways.find(({ certain }) => certain) ?? ways[0];
}

function powerOf(kind: Power["kind"], what: string, held: readonly Read<boolean>[]): readonly Power[] {
  const all = every(held);
  return all === false ? [] : [{ kind, what, certain: all === true }];
}

/** Whether an action is allowed on all resources, by the policies and by the boundary. */
function mayOnEverything({ given, boundary }: Rights, action: string): Read<boolean> {
  const wide = ({ statements }: Policies): Read<boolean> => {
    const [grant] = grantsOnEverything(statements, { actions: [action], serviceWildcards: true, administrators: true });
    if (grant === undefined) return false;
    return grant.certain ? true : UNKNOWN;
  };
  const own = wide(given);
  if (own === false || boundary === undefined) return own;
  return every([own, boundary.complete ? wide(boundary) : UNKNOWN]);
}
