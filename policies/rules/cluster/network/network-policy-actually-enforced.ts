import type { PlannedResource } from "../../../../plan/model/index.js";
import { EKS_CLUSTER, eksClusterOf, selects } from "../../../../plan/world/index.js";
import type { KubernetesObject, Workload, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, deployment, manifest, planned, ref } from "../../../examples.js";
import { EKS_ADDON, ofCluster } from "../../../lib/eks.js";
import { FARGATE_PROFILE, placesOnFargate } from "../../../lib/fargate.js";
import { NETWORK_POLICY } from "../../../lib/network-policies.js";
import { networkPolicyEngine, otherEngine } from "../../../lib/network-policy-engine.js";
import { labelOf, onWorld, WORKLOAD_TYPES } from "../../../shapes.js";
import type { Found } from "../../../shapes.js";
import { expectBoolean, fail, failWhole, notApplicable, pass, unknown, unknownWhole } from "../../../verdicts.js";

const CNI = planned(EKS_ADDON, "cni", {
  clusterName: ref("prod", "name"),
  addonName: "vpc-cni",
  configurationValues: '{"enableNetworkPolicy":"true"}',
});
const DENY = manifest(
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "deny", namespace: "vote" },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  },
  { provider: "k8s" },
);

/**
 * Every cluster that gets network policies has an engine for them, and no selected pod runs where the VPC CNI enforces
 * none: on its node's network, on Fargate, on Windows (EKS user guide, "Limit Pod traffic with Kubernetes network
 * policies").
 */
export const networkPolicyActuallyEnforced = defineRule({
  id: "network-policy-actually-enforced",
  title: "network policies are enforced for the pods that they select",
  ring: "cluster",
  severity: "high",
  rationale:
    "A network policy that nothing enforces looks the same as one that works. Everybody who reads the program believes the database is shut.",
  remediation:
    'configurationValues: JSON.stringify({ enableNetworkPolicy: "true" })  // of the vpc-cni add-on; and hostNetwork: false in the pods',
  references: references("catalogue/cross-ring-rules.csv: N13", { "owasp-k8s": ["K05"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "policies, and nothing that enforces them",
        resources: [...cluster(), DENY],
        path: "",
      },
      {
        title: "a selected pod on its node's network",
        resources: [
          ...cluster(),
          CNI,
          DENY,
          deployment("agent", { hostNetwork: true, containers: [] }, { provider: "k8s" }),
        ],
        path: "spec.template.spec.hostNetwork",
        on: "agent",
      },
      {
        title: "a selected pod on Fargate",
        resources: [
          ...cluster(),
          CNI,
          DENY,
          planned(FARGATE_PROFILE, "vote-profile", {
            clusterName: ref("prod", "name"),
            selectors: [{ namespace: "vot*" }],
          }),
          deployment("vote", { containers: [] }, { provider: "k8s" }),
        ],
        path: "selectors[0]",
        on: "vote-profile",
      },
    ],
    pass: [
      {
        title: "the VPC CNI enforces them",
        resources: [...cluster(), CNI, DENY, deployment("vote", { containers: [] }, { provider: "k8s" })],
      },
    ],
    unknown: [
      {
        title: "the cluster is not in this plan",
        resources: [DENY, planned("pulumi:providers:kubernetes", "k8s", { kubeconfig: "from a file" })],
        path: "",
      },
    ],
  },
  ...onWorld(
    ["kubernetes:networking.k8s.io/v1:NetworkPolicy", EKS_CLUSTER, EKS_ADDON, FARGATE_PROFILE, ...WORKLOAD_TYPES],
    function* ({ world }) {
      const policies = world.find(NETWORK_POLICY);
      for (const provider of new Set(policies.map((policy) => policy.cluster))) {
        const list = policies.filter((policy) => policy.cluster === provider);
        const cluster = eksClusterOf(world, provider);
        yield* judgeEngine(world, cluster, list);
        const byNamespace = new Map<string | undefined, KubernetesObject[]>();
        for (const policy of list)
          byNamespace.set(policy.namespace, [...(byNamespace.get(policy.namespace) ?? []), policy]);
        const selected = world.workloads.filter(
          ({ object, podLabels }) =>
            object.cluster === provider &&
            (byNamespace.get(object.namespace) ?? []).some((policy) => covers(policy, podLabels)),
        );
        yield* selected.map(judgePlace);
        if (cluster !== undefined) yield* judgeFargate(world, cluster, selected);
      }
    },
  ),
});

function* judgeEngine(
  world: World,
  cluster: PlannedResource | undefined,
  policies: readonly KubernetesObject[],
): Iterable<Found> {
  const [first] = policies;
  if (first === undefined) return;
  const count = `${policies.length} network ${policies.length === 1 ? "policy" : "policies"}`;
  if (cluster === undefined) {
    const other = otherEngine(world, (provider) => provider === first.cluster);
    const undecided = `nothing in this plan tells whether the cluster that gets ${count} enforces them`;
    // Files say nothing of their cluster; a provider is of one, which could be here.
    const verdict = first.cluster === "" ? notApplicable("the cluster is not in this plan") : unknownWhole(undecided);
    yield { resource: first.resource, verdict: other === undefined ? verdict : pass() };
    return;
  }
  const { state, resource, at, because } = networkPolicyEngine(world, cluster);
  const message = `cluster '${cluster.name}' gets ${count}, and nothing enforces them: ${because}`;
  if (state === "on") yield { resource: first.resource, verdict: pass() };
  else if (state === "unknown")
    yield {
      resource,
      verdict: unknown(at, `whether cluster '${cluster.name}' enforces the ${count} it gets is not known: ${because}`),
    };
  else yield { resource, verdict: at.path === "" ? failWhole(message) : fail(at, message) };
}

/** Whether a policy selects a workload's pods, for certain. */
function covers(policy: KubernetesObject, podLabels: Workload["podLabels"]): boolean {
  return selects(policy.root.at("spec", "podSelector"), podLabels) === true;
}

/** Pods on the network of their node and pods on Windows are left out by the VPC CNI. */
function judgePlace({ object, podSpec }: Workload): Found {
  const os = [podSpec.at("os", "name"), podSpec.at("nodeSelector", "kubernetes.io/os")].find(
    (at) => at.string() === "windows",
  );
  if (os !== undefined)
    return {
      resource: object.resource,
      verdict: fail(os, `${labelOf(object)} runs on Windows, where its network policies are not enforced`),
    };
  const verdict = expectBoolean(podSpec.at("hostNetwork"), {
    absent: false,
    accept: (value) => !value,
    message: `${labelOf(object)} is on its node's network, where its network policies are not enforced`,
    undecided: `whether the network policies of ${labelOf(object)} are enforced is not known before the deployment`,
  });
  return { resource: object.resource, verdict };
}

function* judgeFargate(world: World, cluster: PlannedResource, selected: readonly Workload[]): Iterable<Found> {
  for (const { resource: profile } of ofCluster(world, cluster, FARGATE_PROFILE))
    for (const selector of world.inputsOf(profile).at("selectors").items()) {
      const runs = selected.find((workload) => placesOnFargate(selector, workload));
      if (runs !== undefined)
        yield {
          resource: profile,
          verdict: fail(selector, `Fargate runs ${labelOf(runs.object)}, and enforces none of its network policies`),
        };
    }
}
