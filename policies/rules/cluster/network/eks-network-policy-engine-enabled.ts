import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { EKS_ADDON } from "../../../lib/eks.js";
import { networkPolicyEngine } from "../../../lib/network-policy-engine.js";
import { onWorld } from "../../../shapes.js";
import { fail, failWhole, pass, unknown } from "../../../verdicts.js";

/**
 * The VPC CNI add-on has network policy on, Auto Mode is asked for it, or another engine is planned (EKS user guide,
 * "Limit Pod traffic with Kubernetes network policies").
 */
export const eksNetworkPolicyEngineEnabled = defineRule({
  id: "eks-network-policy-engine-enabled",
  title: "something in the cluster enforces network policies",
  ring: "cluster",
  severity: "high",
  rationale:
    "Kubernetes accepts network policies whether or not anything enforces them. The VPC CNI does not, unless its add-on is told to; until then every policy in the cluster is a comment.",
  remediation:
    'new aws.eks.Addon("vpc-cni", { clusterName: cluster.name, addonName: "vpc-cni", configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }) })',
  references: references("catalogue/rules.csv: C-0205, C-0230, PRW eks_cluster_network_policy_enabled, PPB", {
    "cis-eks-1.8.0": ["4.3.1", "5.4.4"],
    "cis-kubernetes": ["5.3.1"],
    "nsa-cisa": ["network-separation"],
    "owasp-k8s": ["K05"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no add-on, so the VPC CNI comes as EKS installs it",
        resources: [planned(EKS_CLUSTER, "prod", {})],
        path: "",
      },
      {
        title: "the add-on is not told to",
        resources: [
          planned(EKS_ADDON, "cni", { clusterName: ref("prod", "name"), addonName: "vpc-cni" }),
          planned(EKS_CLUSTER, "prod", {}),
        ],
        path: "configurationValues",
      },
    ],
    pass: [
      {
        title: "the add-on is told to",
        resources: [
          planned(EKS_CLUSTER, "prod", {}),
          planned(EKS_ADDON, "cni", {
            clusterName: ref("prod", "name"),
            addonName: "vpc-cni",
            configurationValues: '{"enableNetworkPolicy":"true"}',
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the add-on's settings are an output",
        resources: [
          planned(EKS_ADDON, "cni", {
            clusterName: ref("prod", "name"),
            addonName: "vpc-cni",
            configurationValues: unresolved("string"),
          }),
          planned(EKS_CLUSTER, "prod", {}),
        ],
        path: "configurationValues",
      },
    ],
  },
  ...onWorld(
    [EKS_CLUSTER, EKS_ADDON, "kubernetes:apps/v1:DaemonSet", "kubernetes:core/v1:ConfigMap"],
    function* ({ world }) {
      for (const cluster of world.ofType(EKS_CLUSTER)) {
        const engine = networkPolicyEngine(world, cluster);
        const { state, resource, at } = engine;
        const because = `cluster '${cluster.name}' enforces no network policy: ${engine.because}`;
        if (state === "on") yield { resource: cluster, verdict: pass() };
        else if (state === "unknown")
          yield {
            resource,
            verdict: unknown(
              at,
              `whether cluster '${cluster.name}' enforces network policies is not known: ${engine.because}`,
            ),
          };
        else yield { resource, verdict: at.path === "" ? failWhole(because) : fail(at, because) };
      }
    },
  ),
});
