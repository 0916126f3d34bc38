import type { PlannedResource } from "../../plan/model/index.js";
import type { Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { every, some } from "../verdicts.js";
import type { HeldStatement, RequestContext } from "./iam-evaluate.js";
import { allows } from "./iam-evaluate.js";
import { mayDo } from "./iam-rights.js";
import { anyText, statementsOf } from "./iam.js";

/** Wire token of a key. */
export const KEY = "aws:kms/key:Key";

/** Wire token of an alias of a key. */
export const KEY_ALIAS = "aws:kms/alias:Alias";

/** The planned key that a value names: by reference, or by a reference to one of its aliases. */
export function keyOf(
  world: World,
  from: PlannedResource,
  at: Parameters<World["resolve"]>[1],
): PlannedResource | undefined {
  const found = world.resolve(from, at);
  const [alias] = found.filter((r) => r.type === KEY_ALIAS);
  const behind = alias === undefined ? [] : world.resolve(alias, world.inputsOf(alias).at("targetKeyId"));
  return [...found, ...behind].find((r) => r.type === KEY);
}

/**
 * Who uses a key: a service of AWS by itself, a role of AWS' own for a service, or a planned role.
 */
export type KeyUser =
  | { readonly kind: "service"; readonly principal: RegExp }
  | { readonly kind: "serviceRole"; readonly name: string }
  | { readonly kind: "role"; readonly role: PlannedResource };

/** A use of a key. */
export interface KeyUse {
  readonly user: KeyUser;
  readonly action: string;
  /** The service by which the call comes, as in `kms:ViaService`: `ec2`. */
  readonly through: string;
  /**
   * The ARN that the call gives as encryption context: its key, and the part behind the account, U+FFFC where it is late.
   *
   * @default - none, or one that nobody knows
   */
  readonly encryptionContext?: { readonly key: string; readonly resource: string };
  /**
   * The part behind the account of the ARN for which a service calls, as in `aws:SourceArn`.
   *
   * @default - none, or one that nobody knows
   */
  readonly sourceResource?: string;
}

const documents = new WeakMap<PlannedResource, Read<readonly HeldStatement[]>>();

/**
 * The statements of a key's policy: where it stands, a policy resource of its own, or, without one, the one that AWS gives to
 * keys, by which the policies of identities in the account decide (KMS developer guide, "Default key policy").
 */
export function keyStatements(world: World, key: PlannedResource): Read<readonly HeldStatement[]> {
  let known = documents.get(key);
  if (known !== undefined) return known;
  const [apart] = world
    .mentionsOf(key.urn)
    .filter(({ resource, path }) => resource.type === "aws:kms/keyPolicy:KeyPolicy" && path === "keyId");
  const holder = apart?.resource ?? key;
  const document = world.inputsOf(holder).at("policy");
  const statements = document.isAbsent ? [] : statementsOf(document);
  known = statements === UNKNOWN ? UNKNOWN : statements.map((statement) => ({ ...statement, holder }));
  documents.set(key, known);
  return known;
}

/** Whether a key's policy is the one that AWS gives to keys. */
export function hasDefaultPolicy(world: World, key: PlannedResource): boolean {
  const statements = keyStatements(world, key);
  return statements !== UNKNOWN && statements.length === 0;
}

/**
 * Whether a use of a key is allowed: by the key's policy for the user itself, or, where it leaves the account's identities to
 * their own policies, by those of the role. A service and a role of AWS' own have none.
 */
export function mayUseKey(world: World, key: PlannedResource, use: KeyUse): Read<boolean> {
  const statements = keyStatements(world, key);
  if (statements === UNKNOWN) return UNKNOWN;
  const { user, action } = use;
  const request = { action, resource: key, context: contextOf(statements, use) };
  const allowed = (speaks: (statement: HeldStatement) => Read<boolean>): Read<boolean> =>
    allows(
      world,
      statements.flatMap((one) =>
        speaks(one) === false ? [] : [speaks(one) === UNKNOWN ? { ...one, effect: UNKNOWN } : one],
      ),
      request,
    );
  const direct = allowed((one) => speaksOf(world, one, user));
  if (user.kind !== "role") return direct;
  const delegated = hasDefaultPolicy(world, key) ? true : allowed(speaksOfAccount);
  const own = mayDo(world, user.role, { action, resource: key, context: request.context });
  return some([direct, every([delegated, own])]);
}

/** Whether a statement names a user; everybody is narrowed by conditions, which the request answers. */
function speaksOf(world: World, { principals, holder }: HeldStatement, user: KeyUser): Read<boolean> {
  const everybody = principals.value === "*" ? true : anyText(principals.at("AWS"), (text) => text === "*");
  switch (user.kind) {
    case "service":
      return anyText(principals.at("Service"), (text) => user.principal.test(text));
    case "serviceRole":
      return some([everybody, anyText(principals.at("AWS"), (text) => text.endsWith(`/${user.name}`))]);
    case "role": {
      const named = principals.at("AWS");
      const items = named.isUnknown ? [named] : named.items();
      return some([everybody, items.some((item) => world.resolve(holder, item).includes(user.role))]);
    }
  }
}

/** Whether a statement leaves the account's identities to their own policies: it names the account, or its root. */
function speaksOfAccount({ principals }: HeldStatement): Read<boolean> {
  return anyText(principals.at("AWS"), (text) => /^(\d{12}|\uFFFC|arn:[^:]+:iam::[^:]+:root)$/.test(text));
}

/**
 * What the request says of itself. Account and Region are those that the policy writes: a plan is of one account and Region,
 * and where they are late values they are so in both.
 */
function contextOf(statements: readonly HeldStatement[], use: KeyUse): RequestContext {
  const { user, through, encryptionContext, sourceResource } = use;
  const texts = statements.flatMap(({ conditions }) =>
    conditions.entries().flatMap(([, block]) =>
      block.entries().flatMap(([key, values]) =>
        (values.isUnknown ? [values] : values.items()).flatMap((item) => {
          const text = item.text();
          return typeof text === "string" ? [{ key: key.toLowerCase(), text }] : [];
        }),
      ),
    ),
  );
  const written = (key: string, begin: string, otherwise: string): readonly string[] => [
    texts.find((one) => one.key === key && one.text.startsWith(begin))?.text ?? otherwise,
  ];
  const arns = [
    ...(encryptionContext === undefined
      ? []
      : [{ key: `kms:encryptioncontext:${encryptionContext.key}`, resource: encryptionContext.resource }]),
    ...(sourceResource === undefined ? [] : [{ key: "aws:sourcearn", resource: sourceResource }]),
  ];
  const arn = user.kind === "serviceRole" ? texts.find(({ text }) => text.endsWith(`/${user.name}`))?.text : undefined;
  return new Map<string, readonly string[] | undefined>([
    ["kms:viaservice", written("kms:viaservice", `${through}.`, `${through}.\uFFFC.amazonaws.com`)],
    ["kms:calleraccount", written("kms:calleraccount", "", "\uFFFC")],
    ["aws:principalaccount", written("aws:principalaccount", "", "\uFFFC")],
    ["aws:sourceaccount", written("aws:sourceaccount", "", "\uFFFC")],
    ["kms:grantisforawsresource", ["true"]],
    ...arns.map(({ key: name, resource }) => {
      const [stated] = written(name, "arn:", "arn:\uFFFC:\uFFFC:\uFFFC:\uFFFC:");
      const parts = (stated ?? "").split(":").slice(0, 5);
      const begin = parts.map((part) => (/[*?]/.test(part) ? "\uFFFC" : part)).join(":");
      return [name, [`${begin}:${resource}`]] as const;
    }),
    ...(user.kind === "serviceRole"
      ? [["aws:principalarn", [arn ?? `arn:\uFFFC:iam::\uFFFC:role/aws-service-role/\uFFFC/${user.name}`]] as const]
      : []),
  ]);
}
