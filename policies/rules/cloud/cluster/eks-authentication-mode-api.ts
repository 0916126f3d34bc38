import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/** The authentication mode is `API`. The API default is `CONFIG_MAP` (EKS API, `authenticationMode`). */
export const eksAuthenticationModeApi = defineRule({
  id: "eks-authentication-mode-api",
  title: "access to the cluster is granted by access entries only",
  ring: "cloud",
  severity: "medium",
  rationale:
    "In the other modes whoever may edit one ConfigMap in kube-system can make anybody an administrator of the cluster, and IAM never sees it.",
  remediation: 'accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false }',
  references: references("catalogue/rules.csv: C-0285, PPB eks-cluster-access-manager-enabled", {
    "cis-eks-1.8.0": ["4.1.7", "5.5.1"],
    "owasp-k8s": ["K09"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left at the default, the ConfigMap",
        resources: [planned(CLUSTER, "prod", {})],
        path: "accessConfig.authenticationMode",
      },
      {
        title: "both ways at once",
        resources: [planned(CLUSTER, "prod", { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } })],
        path: "accessConfig.authenticationMode",
      },
    ],
    pass: [
      {
        title: "access entries only",
        resources: [planned(CLUSTER, "prod", { accessConfig: { authenticationMode: "API" } })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(CLUSTER, "prod", { accessConfig: { authenticationMode: unresolved("string") } })],
        path: "accessConfig.authenticationMode",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs }) =>
    expectString(inputs.at("accessConfig", "authenticationMode"), {
      absent: "CONFIG_MAP",
      accept: (mode) => mode === "API",
      message: `the ConfigMap aws-auth grants access to cluster '${cluster.name}'`,
      undecided: `how access to cluster '${cluster.name}' is granted is not known before the deployment`,
    }),
  ),
});
