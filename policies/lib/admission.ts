import type { CelInput } from "@bufbuild/cel";
import type { PlannedObject } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, Read, Workload, World } from "../../plan/world/index.js";
import { selects, UNKNOWN } from "../../plan/world/index.js";
import type { CelExpression, CelVariables } from "../cel/expression.js";
import { CelLanguage } from "../cel/expression.js";
import { every, some } from "../verdicts.js";

/** API group of admission policies and webhooks. */
export const ADMISSION_GROUP = "admissionregistration.k8s.io";

/** Names that expressions of an admission policy may use (ValidatingAdmissionPolicySpec.validations). */
const NAMES = ["object", "oldObject", "request", "namespaceObject", "params", "authorizer", "variables"];

/** What only a cluster knows: the object before, its namespace as it is, who asks, and parameters. */
const ELSEWHERE = /\b(oldObject|namespaceObject|params|authorizer|request\.(?!operation\b|namespace\b))/;

/** One thing that a policy demands. */
interface Validation {
  readonly at: Cursor;
  readonly ask: CelExpression | undefined;
  /** What the API server says when it refuses. */
  readonly message: string;
}

/** A ValidatingAdmissionPolicy that can be asked. */
export interface AdmissionPolicy {
  readonly object: KubernetesObject;
  readonly validations: readonly Validation[];
  readonly conditions: readonly (CelExpression | undefined)[];
  readonly variables: readonly (readonly [name: string, ask: CelExpression | undefined])[];
  /** Bindings that make the API server refuse. */
  readonly bindings: readonly KubernetesObject[];
}

/** What a policy says of a pod. */
export type Admission =
  | { readonly kind: "admitted" }
  | { readonly kind: "refused"; readonly message: string }
  /** A value that nobody knows yet decides, or an expression that can only be asked in a cluster. */
  | { readonly kind: "unknown" };

const policies = new WeakMap<World, readonly AdmissionPolicy[]>();

/** The planned policies that decide on new pods, each with its bindings that refuse. */
export function podPolicies(world: World): readonly AdmissionPolicy[] {
  let known = policies.get(world);
  if (known === undefined) policies.set(world, (known = readPolicies(world)));
  return known;
}

/** The planned bindings of a policy. */
export function bindingsOfPolicy(world: World, policy: KubernetesObject): readonly KubernetesObject[] {
  const all = world.find({ kind: "ValidatingAdmissionPolicyBinding", group: ADMISSION_GROUP, cluster: policy.cluster });
  return all.filter((binding) => {
    const at = binding.root.at("spec", "policyName");
    return at.string() === policy.name || world.resolve(binding.resource, at).includes(policy.resource);
  });
}

/** Whether a binding makes the API server refuse what does not hold. */
export function denies(binding: KubernetesObject): Read<boolean> {
  const actions = binding.root.at("spec", "validationActions");
  if (actions.isUnknown) return UNKNOWN;
  const texts = actions.items().map((action) => action.string());
  if (texts.includes("Deny")) return true;
  return texts.includes(UNKNOWN) ? UNKNOWN : false;
}

function readPolicies(world: World): readonly AdmissionPolicy[] {
  const all = world.find({ kind: "ValidatingAdmissionPolicy", group: ADMISSION_GROUP });
  const onPods = all.filter(({ root }) => decidesOnPods(root.at("spec")) && root.at("spec", "paramKind").isAbsent);
  if (onPods.length === 0) return [];
  return onPods.map((object) => readPolicy(world, cel(), object));
}

function readPolicy(world: World, language: CelLanguage, object: KubernetesObject): AdmissionPolicy {
  const spec = object.root.at("spec");
  const compiled = (at: Cursor): CelExpression | undefined => {
    const text = at.string();
    const made = typeof text === "string" && !ELSEWHERE.test(text) ? language.compile(text, NAMES) : undefined;
    return typeof made === "function" ? made : undefined;
  };
  return {
    object,
    validations: spec
      .at("validations")
      .items()
      .map((at) => {
        const message = at.at("message").string();
        const shown = typeof message === "string" ? message : `'${String(at.at("expression").string())}' does not hold`;
        return { at, ask: compiled(at.at("expression")), message: shown };
      }),
    conditions: spec
      .at("matchConditions")
      .items()
      .map((at) => compiled(at.at("expression"))),
    variables: spec
      .at("variables")
      .items()
      .map((at) => [String(at.at("name").string()), compiled(at.at("expression"))] as const),
    bindings: bindingsOfPolicy(world, object).filter((binding) => denies(binding) === true),
  };
}

/** Whether the constraints of a policy name the creation of pods. */
function decidesOnPods(spec: Cursor): boolean {
  const has = (list: Cursor, wanted: string) =>
    list.items().some((item) => item.string() === "*" || item.string() === wanted);
  const rules = spec.at("matchConstraints", "resourceRules").items();
  return rules.some(
    (rule) =>
      has(rule.at("apiGroups"), "") && has(rule.at("resources"), "pods") && has(rule.at("operations"), "CREATE"),
  );
}

/** What a policy says of the pods that a workload makes. */
export function admission(world: World, policy: AdmissionPolicy, workload: Workload): Admission {
  const matched = some(policy.bindings.map((binding) => isMatched(world, policy, binding, workload)));
  if (matched === false) return { kind: "admitted" };
  const { variables, isPartial } = givenFor(policy, workload);
  const ask = (expression: CelExpression | undefined): Read<boolean> => {
    const answer = expression?.(variables) ?? { kind: "unknown" as const };
    // What cannot be evaluated is refused, as `failurePolicy: Fail` has it, unless it is for want of a value.
    if (answer.kind === "unknown" || (answer.kind === "error" && isPartial)) return UNKNOWN;
    return answer.kind === "value" && answer.value === true;
  };
  const conditions = policy.conditions.map(ask);
  if (conditions.includes(false)) return { kind: "admitted" };
  if (matched === UNKNOWN || conditions.includes(UNKNOWN)) return { kind: "unknown" };
  const answers = policy.validations.map((validation) => ({ validation, read: ask(validation.ask) }));
  const refused = answers.find(({ read }) => read === false);
  if (refused !== undefined) return { kind: "refused", message: refused.validation.message };
  return { kind: answers.some(({ read }) => read === UNKNOWN) ? "unknown" : "admitted" };
}

/** Whether the selectors of a policy and of a binding take the pods of a workload in. */
function isMatched(
  world: World,
  policy: AdmissionPolicy,
  binding: KubernetesObject,
  workload: Workload,
): Read<boolean> {
  const { object, podLabels } = workload;
  const labels = object.namespace === undefined ? {} : world.namespaceLabels(object.namespace, object.cluster);
  const places = [policy.object.root.at("spec", "matchConstraints"), binding.root.at("spec", "matchResources")];
  if (binding.cluster !== object.cluster) return false;
  return every(
    places.flatMap((place) =>
      (
        [
          ["namespaceSelector", labels],
          ["objectSelector", podLabels],
        ] as const
      ).map(([field, on]): Read<boolean> => {
        const match = selects(place.at(field), on);
        return match === "unknown" ? UNKNOWN : match;
      }),
    ),
  );
}

const pods = new WeakMap<Workload, PlannedObject>();

/** The pod that a workload makes, as the API server is asked to create it. */
function podOf({ object, podMetadata, podSpec }: Workload): PlannedObject {
  const metadata = podMetadata.value;
  const own = typeof metadata === "object" && metadata !== null ? (metadata as PlannedObject) : {};
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...own, name: object.name, ...(object.namespace === undefined ? {} : { namespace: object.namespace }) },
    ...(podSpec.value === undefined ? {} : { spec: podSpec.value }),
  };
}

let language: CelLanguage | undefined;

/** CEL, made once: compiling and values share its tables. */
function cel(): CelLanguage {
  language ??= new CelLanguage();
  return language;
}

/** What expressions about a pod may use. */
interface Given {
  readonly variables: CelVariables;
  /** Whether a variable of the policy's own is missing, since nobody knows its value yet. */
  readonly isPartial: boolean;
}

function givenFor(policy: AdmissionPolicy, workload: Workload): Given {
  let pod = pods.get(workload);
  if (pod === undefined) pods.set(workload, (pod = podOf(workload)));
  const { reveal } = cel().values;
  const namespace = workload.object.namespace ?? "";
  const base = { object: reveal.variable(pod), request: reveal.variable({ operation: "CREATE", namespace }) };
  if (policy.variables.length === 0) return { variables: base, isPartial: false };
  const { celMap } = require("@bufbuild/cel") as typeof import("@bufbuild/cel");
  const known = new Map<string, CelInput>();
  for (const [name, ask] of policy.variables) {
    const answer = ask?.({ ...base, variables: celMap(known) });
    if (answer?.kind === "value") known.set(name, answer.value as CelInput);
  }
  return { variables: { ...base, variables: celMap(known) }, isPartial: known.size < policy.variables.length };
}
