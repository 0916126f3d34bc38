import type { Cursor, KubernetesObject, Read, World } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import { some } from "../../verdicts.js";
import { minorVersion } from "../kubernetes-version.js";
import { POWERFUL_ROLES, rightsPastTheGuard } from "./escalation.js";
import type { Right } from "./match.js";
import { grants, STREAM_NEEDS_CREATE_SINCE } from "./match.js";
import { RUNS_PODS } from "./rights.js";
import { givesHarmlessRole, rulesOf } from "./role-of.js";

const NO_NAME = (): boolean => false;

/** Rights that lead to every service account where they hold, and so, in kube-system, to the cluster. */
const THROUGH_PODS: readonly Right[] = [
  ...RUNS_PODS,
  { group: "", resources: ["pods/ephemeralcontainers"], verbs: ["update", "patch"], names: NO_NAME },
  { group: "", resources: ["serviceaccounts/token"], verbs: ["create"], names: NO_NAME },
];

/**
 * Whether a binding leads to the whole cluster: it gives, everywhere or in kube-system, rights that go past the guard of
 * RBAC, run pods or commands in pods, or make tokens; or, everywhere, the kubelets. Unknown for a role that neither the plan
 * nor every cluster has.
 */
export function leadsToCluster(world: World, binding: KubernetesObject): Read<boolean> {
  let known = answers.get(world);
  if (known === undefined) answers.set(world, (known = new Map<KubernetesObject, Read<boolean>>()));
  let answer = known.get(binding);
  if (answer === undefined) known.set(binding, (answer = judgeBinding(world, binding)));
  return answer;
}

const answers = new WeakMap<World, Map<KubernetesObject, Read<boolean>>>();

function judgeBinding(world: World, binding: KubernetesObject): Read<boolean> {
  const clusterWide = binding.kind === "ClusterRoleBinding";
  if (!clusterWide && binding.namespace === undefined) return UNKNOWN;
  if (!clusterWide && binding.namespace !== "kube-system") return false;
  return gives(world, binding, takeoverRights(clusterWide, minorVersion(world.kubernetesVersion)));
}

/**
 * Whether a binding gives, where it takes effect, what leads to every service account there: running pods or commands in
 * pods, or making tokens.
 */
export function leadsToAccounts(world: World, binding: KubernetesObject): Read<boolean> {
  return gives(world, binding, [...THROUGH_PODS, commandsAt(minorVersion(world.kubernetesVersion))]);
}

function gives(world: World, binding: KubernetesObject, rights: readonly Right[]): Read<boolean> {
  const [kind, name] = ["kind", "name"].map((field) => binding.root.at("roleRef", field).string());
  if (kind === "ClusterRole" && typeof name === "string" && POWERFUL_ROLES.has(name)) return true;
  if (givesHarmlessRole(binding)) return false;
  const { rules, complete } = rulesOf(world, binding);
  return some([...rules.map((rule) => grantsAny(rule, rights)), complete ? false : UNKNOWN]);
}

function grantsAny(rule: Cursor, rights: readonly Right[]): Read<boolean> {
  return some(rights.map((right) => grants(rule, right).read));
}

function takeoverRights(clusterWide: boolean, minor: number): readonly Right[] {
  const kubelets: Right = { group: "", resources: ["nodes/proxy"], verbs: ["get", "create"] };
  return [
    ...rightsPastTheGuard({ clusterWide }),
    ...THROUGH_PODS,
    commandsAt(minor),
    ...(clusterWide ? [kubelets] : []),
  ];
}

function commandsAt(minor: number): Right {
  return {
    group: "",
    resources: ["pods/exec", "pods/attach"],
    verbs: minor < STREAM_NEEDS_CREATE_SINCE ? ["create", "get"] : ["create"],
    names: NO_NAME,
  };
}
