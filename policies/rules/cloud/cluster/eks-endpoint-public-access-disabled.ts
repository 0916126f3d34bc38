import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/**
 * The Kubernetes API has no public endpoint. AWS switches it on unless told otherwise (EKS API, `VpcConfigRequest`).
 */
export const eksEndpointPublicAccessDisabled = defineRule({
  id: "eks-endpoint-public-access-disabled",
  title: "the Kubernetes API has no public endpoint",
  ring: "cloud",
  severity: "high",
  rationale:
    "A public endpoint lets anybody on the internet talk to the API server: a leaked credential works from anywhere, and so does a flaw in the API server. AWS switches the endpoint on unless it is told otherwise.",
  remediation: "vpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true }",
  references: references(
    "catalogue/rules.csv: CKV_AWS_39, AWS-0040, AwsSolutions-EKS1, PCP disallow-api-endpoint-public-access, C-0228, PRW, GUARD, PPB",
    {
      "cis-eks-1.8.0": ["5.4.2"],
      "aws-fsbp": ["EKS.1"],
      "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
      "owasp-k8s": ["K06"],
      attack: ["T1133"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the endpoint is left at AWS' default, which is public",
        resources: [planned(CLUSTER, "prod", { vpcConfig: { subnetIds: ["subnet-1"] } })],
        path: "vpcConfig.endpointPublicAccess",
      },
    ],
    pass: [
      {
        title: "the public endpoint is off",
        resources: [
          planned(CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: unresolved("boolean") } })],
        path: "vpcConfig.endpointPublicAccess",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs }) =>
    expectBoolean(inputs.at("vpcConfig", "endpointPublicAccess"), {
      absent: true,
      accept: (value) => !value,
      message: `the API of cluster '${cluster.name}' can be reached from the internet`,
      undecided: `whether the API of cluster '${cluster.name}' has a public endpoint is not known before the deployment`,
    }),
  ),
});
