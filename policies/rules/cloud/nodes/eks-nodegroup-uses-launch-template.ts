import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectPresent, pass } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SCALING_GROUP = "aws:autoscaling/group:Group";

/** Nodes start from a launch template; without one, EKS and Auto Scaling choose how metadata, disks and network are set up. */
export const eksNodegroupUsesLaunchTemplate = defineRule({
  id: "eks-nodegroup-uses-launch-template",
  title: "nodes start from a launch template",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Metadata tokens, the hop limit, disk encryption and addresses of a node are set in its launch template only. Without one EKS lets pods reach the node's credentials: its hop limit is 2.",
  remediation: "launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` }",
  references: references("catalogue/rules.csv: CKV_AWS_315, PPB eks-node-group-launch-template-required", {
    "aws-security-hub": ["AutoScaling.9"],
    "nist-csf-2": ["PR.IR-04"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a node group without one",
        resources: [planned(NODE_GROUP, "workers", { clusterName: "prod" })],
        path: "launchTemplate",
      },
      {
        title: "a scaling group with the older form",
        resources: [planned(SCALING_GROUP, "workers", { launchConfiguration: "workers" })],
        path: "launchTemplate",
      },
    ],
    pass: [
      {
        title: "a node group with one",
        resources: [
          planned(NODE_GROUP, "workers", { clusterName: "prod", launchTemplate: { id: "lt-0123", version: "1" } }),
        ],
      },
      {
        title: "a scaling group with several kinds of machines",
        resources: [
          planned(SCALING_GROUP, "workers", {
            mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-0123" } } },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(NODE_GROUP, "workers", { clusterName: "prod", launchTemplate: unresolved("object") })],
        path: "launchTemplate",
      },
    ],
  },
  ...onResource([NODE_GROUP, SCALING_GROUP], ({ resource: group, inputs }) =>
    inputs.at("mixedInstancesPolicy").isAbsent
      ? expectPresent(inputs.at("launchTemplate"), {
          message: `machines of '${group.name}' start without a launch template, so their metadata, disks and addresses are as AWS has them`,
          undecided: `whether '${group.name}' has a launch template is not known before the deployment`,
        })
      : pass(),
  ),
});
