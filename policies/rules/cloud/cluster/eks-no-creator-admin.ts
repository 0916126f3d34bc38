import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/**
 * The creator gets no administrator rights by the way. EKS gives them unless told otherwise (EKS API,
 * `bootstrapClusterCreatorAdminPermissions`).
 */
export const eksNoCreatorAdmin = defineRule({
  id: "eks-no-creator-admin",
  title: "whoever creates the cluster does not become its administrator",
  ring: "cloud",
  severity: "high",
  rationale:
    "EKS makes the identity that creates a cluster its administrator, for ever and without a trace in the program: usually the delivery pipeline, or a person's own role.",
  remediation:
    'accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false }  // and an aws.eks.AccessEntry for each administrator',
  references: references("catalogue/cis-eks-1.8.0.csv 4.1.1; facts/attack-model.md B5", {
    "cis-eks-1.8.0": ["4.1.1"],
    attack: ["T1078.004"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left at the default, which makes the creator an administrator",
        resources: [planned(CLUSTER, "prod", { accessConfig: { authenticationMode: "API" } })],
        path: "accessConfig.bootstrapClusterCreatorAdminPermissions",
      },
    ],
    pass: [
      {
        title: "switched off by name",
        resources: [
          planned(CLUSTER, "prod", {
            accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          planned(CLUSTER, "prod", {
            accessConfig: { bootstrapClusterCreatorAdminPermissions: unresolved("boolean") },
          }),
        ],
        path: "accessConfig.bootstrapClusterCreatorAdminPermissions",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs }) =>
    expectBoolean(inputs.at("accessConfig", "bootstrapClusterCreatorAdminPermissions"), {
      absent: true,
      accept: (value) => !value,
      message: `whoever creates cluster '${cluster.name}' becomes its administrator`,
      undecided: `whether the creator of cluster '${cluster.name}' becomes its administrator is not known before the deployment`,
    }),
  ),
});
