import { defineRule } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, pass } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/**
 * The cluster is protected from deletion, by EKS or by Pulumi. Both are off by default (EKS API, `deletionProtection`;
 * Pulumi option `protect`).
 */
export const eksDeletionProtection = defineRule({
  id: "eks-deletion-protection",
  title: "the cluster cannot be deleted by one call",
  ring: "cloud",
  severity: "low",
  rationale:
    "Deleting a cluster takes one call, from a console, a script or a mistaken change of a program. Protection makes it two, and the first one is asked for by name.",
  remediation: "deletionProtection: true",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "neither EKS nor Pulumi protects it",
        resources: [planned(CLUSTER, "prod", {})],
        path: "deletionProtection",
      },
    ],
    pass: [
      { title: "EKS protects it", resources: [planned(CLUSTER, "prod", { deletionProtection: true })] },
      { title: "Pulumi protects it", resources: [planned(CLUSTER, "prod", {}, { options: { protect: true } })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(CLUSTER, "prod", { deletionProtection: unresolved("boolean") })],
        path: "deletionProtection",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs }) => {
    if (cluster.options.protect === true) return pass();
    return expectBoolean(inputs.at("deletionProtection"), {
      absent: false,
      accept: (value) => value,
      message: `cluster '${cluster.name}' can be deleted by one call`,
      undecided: `whether cluster '${cluster.name}' is protected from deletion is not known before the deployment`,
    });
  }),
});
