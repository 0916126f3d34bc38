import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { textList } from "../../../parameters.js";
import { onResource } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

const GROUP = "aws:eks/nodeGroup:NodeGroup";

const FAMILIES = textList({
  name: "families",
  about: "What the `amiType` of a node group begins with, for machine images that are made for containers only.",
  fallback: ["BOTTLEROCKET_"],
});

function group(inputs: ExampleObject) {
  return [planned(GROUP, "workers", { clusterName: "prod", nodeRoleArn: "arn", subnetIds: [], ...inputs })];
}

/** Nodes run a system that is made for containers and nothing else. Left out it is Amazon Linux (EKS API, `amiType`). */
export const eksNodegroupContainerOptimizedAmi = defineRule({
  id: "eks-nodegroup-container-optimized-ami",
  title: "nodes run a system that is made for containers",
  ring: "cloud",
  severity: "low",
  rationale:
    "A shell, a package manager and a writable system help whoever got out of a container. Bottlerocket has none of them and is replaced as a whole.",
  remediation: 'amiType: "BOTTLEROCKET_x86_64"',
  references: references("catalogue/rules.csv: C-0226† (dropped from EKS 1.8)", { "owasp-k8s": ["K07"] }),
  since: "0.1.0",
  parameters: [FAMILIES],
  examples: {
    fail: [
      { title: "Amazon Linux", resources: group({ amiType: "AL2023_x86_64_STANDARD" }), path: "amiType" },
      { title: "an image of somebody's own", resources: group({ amiType: "CUSTOM" }), path: "amiType" },
      { title: "left out, which is Amazon Linux", resources: group({}), path: "amiType" },
    ],
    pass: [
      { title: "Bottlerocket", resources: group({ amiType: "BOTTLEROCKET_ARM_64_FIPS" }) },
      {
        title: "Amazon Linux, as the settings allow",
        resources: group({ amiType: "AL2023_x86_64_STANDARD" }),
        parameters: { families: ["AL2023_"] },
      },
    ],
    unknown: [{ title: "an output decides", resources: group({ amiType: unresolved("string") }), path: "amiType" }],
  },
  ...onResource([GROUP], ({ resource, inputs, parameters }) =>
    expectString(inputs.at("amiType"), {
      absent: "AL2023_x86_64_STANDARD",
      accept: (type) => parameters.of(FAMILIES).some((family) => type?.startsWith(family) === true),
      message: `nodes of '${resource.name}' run a system with all that an intruder wants to find`,
      undecided: `which system nodes of '${resource.name}' run is not known before the deployment`,
    }),
  ),
});
