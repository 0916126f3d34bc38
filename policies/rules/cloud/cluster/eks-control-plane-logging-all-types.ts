import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { every, fail, includes, pass, unknown } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/** The values of `LogType` in the EKS API. */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** All five log types are on. EKS writes none unless told (EKS API, `enabledClusterLogTypes`). */
export const eksControlPlaneLoggingAllTypes = defineRule({
  id: "eks-control-plane-logging-all-types",
  title: "the control plane writes all five kinds of log",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Without the audit log nobody can say afterwards who read a secret or started a pod; the other four show how they got in. EKS writes none of them unless it is told to.",
  remediation: 'enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"]',
  references: references(
    "catalogue/rules.csv: CKV_AWS_37, AWS-0038, AwsSolutions-EKS2 (per-type findings), AC_AWS_0465, C-0067, PRW, PPB ×2",
    {
      "cis-eks-1.8.0": ["2.1.1"],
      "aws-fsbp": ["EKS.8"],
      "nsa-cisa": ["logging"],
      "pci-dss-4": ["10.2.1.1", "10.2.1.2", "10.2.1.3"],
      "owasp-k8s": ["K10"],
      attack: ["T1562"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "nothing is said, so nothing is written",
        resources: [planned(CLUSTER, "prod", {})],
        path: "enabledClusterLogTypes",
      },
      {
        title: "two of five",
        resources: [planned(CLUSTER, "prod", { enabledClusterLogTypes: ["api", "audit"] })],
        path: "enabledClusterLogTypes",
      },
    ],
    pass: [
      {
        title: "all five",
        resources: [
          planned(CLUSTER, "prod", {
            enabledClusterLogTypes: ["scheduler", "api", "audit", "authenticator", "controllerManager"],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "one of them is an output",
        resources: [
          planned(CLUSTER, "prod", {
            enabledClusterLogTypes: ["api", "audit", "authenticator", "scheduler", unresolved("string")],
          }),
        ],
        path: "enabledClusterLogTypes",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs }) => {
    const list = inputs.at("enabledClusterLogTypes");
    const missing = LOG_TYPES.filter((type) => includes(list, type) === false);
    if (missing.length > 0)
      return fail(list, `cluster '${cluster.name}' does not write the logs ${missing.join(", ")}`);
    if (every(LOG_TYPES.map((type) => includes(list, type))) === true) return pass();
    return unknown(list, `which logs cluster '${cluster.name}' writes is not known before the deployment`);
  }),
});
