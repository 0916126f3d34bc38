import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

/** The cluster's API has an endpoint inside the VPC. It has none by default (EKS API, `VpcConfigRequest`). */
export const eksEndpointPrivateAccessEnabled = defineRule({
  id: "eks-endpoint-private-access-enabled",
  title: "the API has an endpoint inside the VPC",
  ring: "cloud",
  severity: "high",
  rationale:
    "Without it nodes and people reach the API over its public address, so that it cannot be closed, and their traffic leaves the VPC.",
  remediation: "vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false }",
  references: references("catalogue/rules.csv: C-0227†", { "cis-eks-1.8.0": ["5.4.1", "5.4.2"], "owasp-k8s": ["K06"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is off",
        resources: [planned(EKS_CLUSTER, "prod", { vpcConfig: {} })],
        path: "vpcConfig.endpointPrivateAccess",
      },
    ],
    pass: [
      { title: "private", resources: [planned(EKS_CLUSTER, "prod", { vpcConfig: { endpointPrivateAccess: true } })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(EKS_CLUSTER, "prod", { vpcConfig: { endpointPrivateAccess: unresolved("boolean") } })],
        path: "vpcConfig.endpointPrivateAccess",
      },
    ],
  },
  ...onResource([EKS_CLUSTER], ({ resource, inputs }) =>
    expectBoolean(inputs.at("vpcConfig", "endpointPrivateAccess"), {
      absent: false,
      accept: (value) => value,
      message: `nodes of cluster '${resource.name}' reach its API over the public address`,
      undecided: `whether cluster '${resource.name}' has a private endpoint is not known before the deployment`,
    }),
  ),
});
