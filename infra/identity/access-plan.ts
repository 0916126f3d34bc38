import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { isNamespaced, personaGroupIn } from "../../core/persona-group.js";
import { namespaceIssues } from "./kubernetes-names.js";
import { PERSONAS } from "./personas.js";
import type { PersonaName, PersonaSpec } from "./personas.js";
import { Principal, principalIssues } from "./principal.js";

/** Somebody who has a persona's rights in some namespaces only. */
export interface NamespaceMember {
  readonly principal: Principal;
  /** Names of namespaces; at least one. */
  readonly namespaces: readonly [string, ...string[]];
}

/** Somebody with a persona: in the namespaces of all applications, or in some. */
export type Member = Principal | NamespaceMember;

/** Who is which persona. */
export interface PersonaMembers {
  /** Cluster administrators, at least one: nobody else can get in to name another. */
  readonly admins: readonly [Principal, ...Principal[]];
  /**
   * Members of the group `ringfence:operator`.
   *
   * @default - none
   */
  readonly operators?: readonly Member[];
  /**
   * Members of the group `ringfence:developer`, or of `ringfence:developer:<namespace>`.
   *
   * @default - none
   */
  readonly developers?: readonly Member[];
  /**
   * Members of the group `ringfence:viewer`.
   *
   * @default - none
   */
  readonly viewers?: readonly Member[];
  /**
   * Members of the group `ringfence:auditor`, which reads roles and admission in the whole cluster, and no Secret.
   *
   * @default - none
   */
  readonly auditors?: readonly Principal[];
  /**
   * Pipelines: members of the group `ringfence:ci-deployer`. See {@link DeliveryRole}.
   *
   * @default - none
   */
  readonly ciDeployers?: readonly Member[];
  /**
   * Roles for emergencies that exist already: cluster administrators, whom an alarm should watch. {@link BreakGlassRole}
   * makes one with its own entry.
   *
   * @default - none
   */
  readonly breakGlass?: readonly Principal[];
}

/** One entry that is to be: who, as what, in which groups. */
export interface PlannedEntry {
  readonly persona: PersonaName;
  readonly principal: Principal;
  readonly groups: readonly string[];
  /** The EKS access policy, for the whole cluster. */
  readonly accessPolicy?: string;
}

/** The argument in which the members of a persona stand. */
const ARGUMENTS = {
  admin: "admins",
  operator: "operators",
  developer: "developers",
  viewer: "viewers",
  auditor: "auditors",
  "ci-deployer": "ciDeployers",
  "break-glass": "breakGlass",
} as const satisfies Record<PersonaName, keyof PersonaMembers>;

const NAMES = Object.keys(ARGUMENTS) as readonly PersonaName[];

/** The personas that have members, in the order of {@link PERSONAS}. */
export function personasWithMembers(members: PersonaMembers): readonly PersonaName[] {
  return NAMES.filter((persona) => listOf(members, persona).length > 0);
}

/** All entries, one per principal. */
export function planEntries(members: Partial<PersonaMembers>): readonly PlannedEntry[] {
  return NAMES.flatMap((persona) =>
    listOf(members, persona).map((member) => {
      const { accessPolicy }: PersonaSpec = PERSONAS[persona];
      const entry = { persona, principal: principalOf(member), groups: groupsOf(persona, member) };
      return accessPolicy === undefined ? entry : { ...entry, accessPolicy };
    }),
  );
}

/**
 * What is wrong with a list of people: nobody to administer, principals that are none or of another partition, one who is
 * two personas (EKS has one entry per principal), namespaces that are none.
 */
export function accessIssues(members: PersonaMembers, partition?: string): Issue[] {
  const seen = new Map<string, Named>();
  return [
    ...someAdmin(members.admins),
    ...NAMES.flatMap((persona) => {
      const list = listOf(members, persona);
      const argument = ARGUMENTS[persona];
      return [
        ...principalIssues(argument, list.map(principalOf), partition),
        ...list.flatMap((member, i) => [
          ...placeIssues(`${argument}[${i}]`, persona, member),
          ...onceIssues(`${argument}[${i}]`, principalOf(member), seen),
        ]),
      ];
    }),
  ];
}

/** The type asks for one, and plain JavaScript has no types. */
function someAdmin(admins: readonly Principal[]): Issue[] {
  if (admins.length > 0) return [];
  const advice = "Write Principal.role('<ARN of the role that you act as>'): nobody could get in to name another";
  return [issue("Required", "admins", "must name an administrator", admins, advice)];
}

interface Named {
  readonly path: string;
  readonly arn: Principal["arn"];
  readonly key: string | undefined;
}

/** One entry per principal, and one name per entry: the name does not hold the persona, so that it can change. */
function onceIssues(path: string, { arn, key }: Principal, seen: Map<string, Named>): Issue[] {
  const list = path.split("[")[0] ?? path;
  const others = [...seen.values()];
  seen.set(path, { path, arn, key });
  const same = typeof arn === "string" ? others.find((other) => other.arn === arn) : undefined;
  if (same !== undefined) {
    const sameList = same.path.startsWith(`${list}[`);
    // Two of one key in one list are reported as such already.
    if (sameList && same.key === key) return [];
    const rule = `must not be a principal that '${same.path}' has already`;
    const advice = `EKS has one access entry per principal: ${sameList ? "name it once" : "choose one persona for it"}`;
    return [issue("Duplicate", path, rule, arn, advice)];
  }
  const alike = others.find((other) => other.key === key && !other.path.startsWith(`${list}[`));
  if (key === undefined || alike === undefined) return [];
  const advice = "Pass `{ key: '...' }` to tell two principals of one name apart";
  return [issue("Duplicate", path, `must differ in its name from '${alike.path}'`, key, advice)];
}

function placeIssues(path: string, persona: PersonaName, member: Member): Issue[] {
  if (member instanceof Principal) return [];
  const names: readonly string[] = member.namespaces;
  if (!isNamespaced(persona)) {
    const advice = "Pass the principal alone";
    return [issue("NotAllowed", `${path}.namespaces`, `must be left out, '${persona}' is cluster-wide`, names, advice)];
  }
  if (names.length === 0) {
    const advice = "Name one, or pass the principal alone for the namespaces of all applications";
    return [issue("Required", `${path}.namespaces`, "must name a namespace", names, advice)];
  }
  return names.flatMap((name, i) => namespaceIssues(`${path}.namespaces[${i}]`, name));
}

function listOf(members: Partial<PersonaMembers>, persona: PersonaName): readonly Member[] {
  return members[ARGUMENTS[persona]] ?? [];
}

function principalOf(member: Member): Principal {
  return member instanceof Principal ? member : member.principal;
}

function groupsOf(persona: PersonaName, member: Member): readonly string[] {
  const { kubernetesGroup }: PersonaSpec = PERSONAS[persona];
  if (!(member instanceof Principal) && isNamespaced(persona))
    return member.namespaces.map((namespace) => personaGroupIn(namespace, persona));
  return kubernetesGroup === undefined ? [] : [kubernetesGroup];
}
