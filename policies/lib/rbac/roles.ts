import type { Cursor, KubernetesObject } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import type { Verdict } from "../../model.js";
import type { ObjectView, RuleBody, Verdicts } from "../../shapes.js";
import { labelOf, onKubernetes } from "../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../verdicts.js";
import type { Reach } from "./bindings.js";
import { BINDING_TYPES, holdersOf, reachOf, ROLE_TYPES, selectorsOf } from "./bindings.js";
import type { Right } from "./match.js";
import { grants } from "./match.js";

/** What no role should grant. */
export interface UnwantedRights {
  /** Any of these is a finding; they may depend on the version, and on where the role takes effect. */
  readonly rights: (view: ObjectView, reach: Reach) => readonly Right[];
  /** Whether the rights are on objects without a namespace, which no RoleBinding gives. */
  readonly clusterScoped: boolean;
  /** What they allow, after "lets Group 'ops'": `read Secrets`. */
  readonly allows: string;
}

/** Judges what each rule of each role grants: one verdict for a rule. */
export function onRoles(unwanted: UnwantedRights): RuleBody {
  const body = onKubernetes(ROLE_TYPES, (view) => judgeRole(view, unwanted));
  return { ...body, reads: [...ROLE_TYPES, ...BINDING_TYPES] };
}

function judgeRole(view: ObjectView, unwanted: UnwantedRights): Verdicts {
  const { object, root, world } = view;
  if (selectorsOf(object).length > 0) return notApplicable("the cluster overwrites its rules with those it aggregates");
  const reach = reachOf(world, object);
  if (unwanted.clusterScoped && !reach.clusterWide)
    return notApplicable("what it grants in a namespace reaches no object without one");
  const rules = root.at("rules");
  if (rules.isUnknown) return unknown(rules, undecided(object));
  const rights = unwanted.rights(view, reach);
  const says = `${labelOf(object)} lets ${holdersOf(reach.bindings) ?? "whoever is bound to it"} ${unwanted.allows}`;
  const message = unwanted.clusterScoped ? says : `${says} ${where(reach)}`;
  const verdicts = rules.items().map((rule) => judgeRule(object, rule, rights, message));
  return verdicts.length === 0 ? notApplicable("it has no rules of its own") : verdicts;
}

function judgeRule(object: KubernetesObject, rule: Cursor, rights: readonly Right[], message: string): Verdict {
  const granted = rights.map((right) => grants(rule, right));
  const given = granted.find((g) => g.read === true);
  if (given !== undefined) return fail(given.at, message);
  const hidden = granted.find((g) => g.read === UNKNOWN);
  return hidden === undefined ? pass() : unknown(hidden.at, undecided(object));
}

function undecided(object: KubernetesObject): string {
  return `what ${labelOf(object)} allows is not known before the deployment`;
}

function where({ clusterWide, namespaces }: Reach): string {
  if (clusterWide) return "in every namespace";
  const [first = "?", ...others] = namespaces;
  return others.length === 0 ? `in namespace '${first}'` : `in namespace '${first}' and ${others.length} more`;
}
