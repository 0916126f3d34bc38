import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { EKS_ADDON, hasAddon, isAutoMode } from "../../../lib/eks.js";
import { onResource } from "../../../shapes.js";
import { failWhole, notApplicable, pass, some, unknownWhole } from "../../../verdicts.js";

const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

/** The agent of Pod Identity is planned, or an OIDC provider for the cluster's issuer; Auto Mode brings the agent itself. */
export const eksWorkloadIdentityConfigured = defineRule({
  id: "eks-workload-identity-configured",
  title: "pods can have roles of their own",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Where pods cannot get a role of their own, they use that of their node or long-lived keys, and every pod on the node has the rights of all.",
  remediation: 'new aws.eks.Addon("pod-identity", { clusterName: cluster.name, addonName: "eks-pod-identity-agent" })',
  references: references("catalogue/rules.csv: C-0225† (partial), PPB eks-service-accounts-iam-role-binding", {
    "cis-eks-1.8.0": ["5.2.1"],
    "owasp-k8s": ["K08"],
    attack: ["T1552.005"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "neither agent nor provider", resources: [planned(EKS_CLUSTER, "prod", {})], path: "" }],
    pass: [
      {
        title: "the agent",
        resources: [
          planned(EKS_CLUSTER, "prod", {}),
          planned(EKS_ADDON, "agent", { clusterName: ref("prod", "name"), addonName: "eks-pod-identity-agent" }),
        ],
      },
      {
        title: "an OIDC provider",
        resources: [
          planned(EKS_CLUSTER, "prod", {}),
          planned(PROVIDER, "oidc", {
            url: ref("prod", "identities[0].oidcs[0].issuer"),
            clientIdLists: ["sts.amazonaws.com"],
          }),
        ],
      },
      { title: "Auto Mode", resources: [planned(EKS_CLUSTER, "prod", { computeConfig: { enabled: true } })] },
    ],
    unknown: [
      {
        title: "which add-on is an output",
        resources: [
          planned(EKS_CLUSTER, "prod", {}),
          planned(EKS_ADDON, "agent", { clusterName: ref("prod", "name"), addonName: unresolved("string") }),
        ],
        path: "",
      },
    ],
  },
  ...onResource([EKS_CLUSTER, EKS_ADDON, PROVIDER], ({ resource: eks, world }) => {
    if (eks.type !== EKS_CLUSTER) return notApplicable("the cluster is judged");
    const providers = world.ofType(PROVIDER).map((provider) => {
      const url = world.inputsOf(provider).at("url");
      if (world.resolve(provider, url).includes(eks)) return true;
      return url.isUnknown && url.refs().length === 0 ? UNKNOWN : false;
    });
    const has = some([hasAddon(world, eks, "eks-pod-identity-agent"), isAutoMode(world, eks), ...providers]);
    if (has === UNKNOWN)
      return unknownWhole(
        `whether pods of cluster '${eks.name}' can have roles of their own is not known before the deployment`,
      );
    return has
      ? pass()
      : failWhole(
          `pods of cluster '${eks.name}' cannot have roles of their own: neither the agent of Pod Identity nor an OIDC provider is planned`,
        );
  }),
});
