import type { Cursor, Read, World } from "../../../../plan/world/index.js";
import { selects, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { namespaceOf, neighbours, SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import type { Direction } from "../../../lib/network-policies.js";
import { DIRECTIONS, isolates, NETWORK_POLICY } from "../../../lib/network-policies.js";
import type { PodView } from "../../../shapes.js";
import { onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import type { FailureDetails } from "../../../verdicts.js";
import { every, fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const WEB = deployment("web", { containers: [] });

/** Kinds by which other engines, and newer parts of Kubernetes, isolate pods; this rule does not read them. */
const OTHER_POLICIES = [
  { group: "cilium.io", kind: "CiliumNetworkPolicy" },
  { group: "cilium.io", kind: "CiliumClusterwideNetworkPolicy" },
  { group: "crd.projectcalico.org", kind: "NetworkPolicy" },
  { group: "crd.projectcalico.org", kind: "GlobalNetworkPolicy" },
  { group: "projectcalico.org", kind: "NetworkPolicy" },
  { group: "projectcalico.org", kind: "GlobalNetworkPolicy" },
  { group: "policy.networking.k8s.io", kind: "ClusterNetworkPolicy" },
  { group: "policy.networking.k8s.io", kind: "AdminNetworkPolicy" },
  { group: "policy.networking.k8s.io", kind: "BaselineAdminNetworkPolicy" },
  { group: "networking.k8s.aws", kind: "ClusterNetworkPolicy" },
];

/**
 * Of each workload's pods some NetworkPolicy of the namespace isolates ingress, and some egress. Pods on the host's network
 * are left out: no policy applies to them.
 */
export const podCoveredByNetworkPolicy = defineRule({
  id: "pod-covered-by-network-policy",
  title: "a network policy covers every pod, both ways",
  ring: "cluster",
  severity: "high",
  rationale:
    "A pod that no policy selects in a direction may be reached by, or reach, everything in that direction: one intruder's pod leads to all others.",
  remediation: 'spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] }  // a NetworkPolicy in the namespace',
  references: references(
    "catalogue/rules.csv: CKV2_K8S_6, C-0260, KL non-isolated-pod, KSc pod-networkpolicy, PO missingNetworkPolicy, KY require-network-policy, KICS 0401f71b",
    { "cis-eks-1.8.0": ["4.3.2"], "nsa-cisa": ["network-separation"], "owasp-k8s": ["K05"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no policy at all", resources: [WEB], path: "spec.template.metadata.labels" },
      {
        title: "only its ingress is isolated: without policyTypes, an empty egress list isolates nothing",
        resources: [WEB, networkPolicy({ egress: [] })],
        path: "spec.template.metadata.labels",
      },
      {
        title: "the policy is for other pods",
        resources: [
          WEB,
          networkPolicy({ podSelector: { matchLabels: { app: "db" } }, policyTypes: ["Ingress", "Egress"] }),
        ],
        path: "spec.template.metadata.labels",
      },
    ],
    pass: [
      { title: "by its label", resources: [WEB, networkPolicy({ policyTypes: ["Ingress", "Egress"] })] },
      {
        title: "by an expression that a missing label fulfils",
        resources: [
          WEB,
          networkPolicy({
            podSelector: { matchExpressions: [{ key: "tier", operator: "NotIn", values: ["edge"] }] },
            policyTypes: ["Ingress", "Egress"],
          }),
        ],
      },
      { title: "on the host's network", resources: [deployment("web", { hostNetwork: true, containers: [] })] },
    ],
    unknown: [
      {
        title: "whom the policy selects is an output",
        resources: [WEB, networkPolicy({ podSelector: unresolved("object"), policyTypes: ["Ingress", "Egress"] })],
        path: "spec.template.metadata.labels",
      },
    ],
  },
  ...onPods((pod) => {
    const { object, podMetadata } = pod.workload;
    if (SYSTEM_NAMESPACES.has(object.namespace ?? "")) return notApplicable("what runs there belongs to Kubernetes");
    if (pod.spec.at("hostNetwork").boolean() === true) return notApplicable("no policy applies on the host's network");
    const labels = podMetadata.at("labels");
    const covered = DIRECTIONS.map((direction) => isCovered(pod, labels, direction));
    const bare = DIRECTIONS.filter((_, i) => covered[i] === false).map((direction) => direction.toLowerCase());
    if (bare.length > 0) {
      const open = bare.length === 1 ? "is open" : "are open";
      const message = `no planned network policy covers ${pod.label}: its ${bare.join(" and ")} ${open}`;
      // Who cannot come in has less use for a way out.
      return fail(labels, message, { ...under(pod), ...(bare.includes("ingress") ? {} : { severity: "medium" }) });
    }
    if (every(covered) === true) return pass();
    return unknown(labels, `whether a network policy covers ${pod.label} is not known from this plan`);
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:networking.k8s.io/v1:NetworkPolicy"],
});

/** The Namespace, which could deny by default, is the cause; namespace-default-deny says so there. */
function under({ world, workload }: PodView): FailureDetails {
  const namespace = namespaceOf(world, workload.object);
  return namespace === undefined ? {} : { under: namespace.resource };
}

function isCovered(pod: PodView, labels: Cursor, direction: Direction): Read<boolean> {
  const { object, podLabels } = pod.workload;
  if (object.namespace === undefined) return UNKNOWN;
  const partly = labels.isUnknown || labels.entries().some(([, value]) => value.string() === UNKNOWN);
  const policies = neighbours(pod.world, object, NETWORK_POLICY.group, NETWORK_POLICY.kind);
  const covered = policies.map((policy) => {
    const match = selects(policy.root.at("spec", "podSelector"), podLabels);
    const read = match === "unknown" || (!match && partly) ? UNKNOWN : match;
    return every([read, isolates(policy, direction)]);
  });
  return some([...covered, isHidden(pod.world, object.cluster) ? UNKNOWN : false]);
}

const hidden = new WeakMap<World, Map<string, boolean>>();

/** Whether the cluster has policies that nobody can place, or that this rule does not read. */
function isHidden(world: World, cluster: string): boolean {
  let known = hidden.get(world);
  if (known === undefined) hidden.set(world, (known = new Map<string, boolean>()));
  let answer = known.get(cluster);
  if (answer === undefined) {
    const unplaced = world.find({ ...NETWORK_POLICY, cluster }).some((policy) => policy.namespace === undefined);
    answer = unplaced || OTHER_POLICIES.some((other) => world.find({ ...other, cluster }).length > 0);
    known.set(cluster, answer);
  }
  return answer;
}
