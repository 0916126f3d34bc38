import type { Cursor, KubernetesObject } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import type { Severity, Verdict } from "../../model.js";
import type { ObjectView, RuleBody, Verdicts } from "../../shapes.js";
import { labelOf, onKubernetes } from "../../shapes.js";
import type { FailureDetails } from "../../verdicts.js";
import { fail, notApplicable, pass, unknown } from "../../verdicts.js";
import type { Reach } from "./bindings.js";
import { BINDING_TYPES, holdersOf, isUnbound, reachOf, ROLE_TYPES, selectorsOf } from "./bindings.js";
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
  /**
   * How much it matters where the role takes effect in namespaces alone, none of them kube-system.
   *
   * @default - as much as everywhere
   */
  readonly confined?: Severity;
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
  const allows = unwanted.clusterScoped ? unwanted.allows : `${unwanted.allows} ${whereOf(reach)}`;
  const { message, details } = failureOf(view, reach, allows, unwanted.confined);
  const verdicts = rules.items().map((rule) => judgeRule(object, rule, rights, (at) => fail(at, message, details)));
  return verdicts.length === 0 ? notApplicable("it has no rules of its own") : verdicts;
}

/** What to say of a role that allows something, and how much it matters: little while nobody holds it. */
export function failureOf(
  { object, world }: ObjectView,
  reach: Reach,
  allows: string,
  confined?: Severity,
): { readonly message: string; readonly details: FailureDetails } {
  if (isUnbound(world, object, reach))
    return {
      message: `${labelOf(object)} would let whoever is bound to it ${allows}; nobody in this plan is`,
      details: { severity: "low" },
    };
  const inside = confined !== undefined && !reach.clusterWide && !reach.namespaces.includes("kube-system");
  return {
    message: `${labelOf(object)} lets ${holdersOf(reach.bindings) ?? "whoever is bound to it"} ${allows}`,
    details: inside ? { severity: confined } : {},
  };
}

function judgeRule(
  object: KubernetesObject,
  rule: Cursor,
  rights: readonly Right[],
  failure: (at: Cursor) => Verdict,
): Verdict {
  const granted = rights.map((right) => grants(rule, right));
  const given = granted.find((g) => g.read === true);
  if (given !== undefined) return failure(given.at);
  const hidden = granted.find((g) => g.read === UNKNOWN);
  return hidden === undefined ? pass() : unknown(hidden.at, undecided(object));
}

function undecided(object: KubernetesObject): string {
  return `what ${labelOf(object)} allows is not known before the deployment`;
}

/** Where a role takes effect, for messages: `in every namespace`. */
export function whereOf({ clusterWide, namespaces }: Reach): string {
  if (clusterWide) return "in every namespace";
  const [first = "?", ...others] = namespaces;
  return others.length === 0 ? `in namespace '${first}'` : `in namespace '${first}' and ${others.length} more`;
}
