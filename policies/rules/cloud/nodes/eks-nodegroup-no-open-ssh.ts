import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/**
 * Remote access names its sources. With a key and no source security groups EKS itself opens port 22 to 0.0.0.0/0 (EKS
 * API, `remoteAccess`).
 */
export const eksNodegroupNoOpenSsh = defineRule({
  id: "eks-nodegroup-no-open-ssh",
  title: "a node group opens SSH to named security groups only",
  ring: "cloud",
  severity: "high",
  rationale:
    "When a node group names an SSH key and no source security groups, EKS opens port 22 of every node to the whole internet. Nothing in the program shows the rule.",
  remediation: "Leave remoteAccess out and reach nodes through Systems Manager, or name sourceSecurityGroupIds",
  references: references("catalogue/rules.csv: CKV_AWS_100, KICS", { "owasp-k8s": ["K06"], attack: ["T1021"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a key and no sources, so EKS opens port 22 to everybody",
        resources: [planned(NODE_GROUP, "workers", { remoteAccess: { ec2SshKey: "ops" } })],
        path: "remoteAccess.sourceSecurityGroupIds",
      },
    ],
    pass: [
      { title: "no remote access", resources: [planned(NODE_GROUP, "workers", {})] },
      {
        title: "from one security group",
        resources: [
          planned(NODE_GROUP, "workers", { remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: ["sg-0123"] } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides on the sources",
        resources: [
          planned(NODE_GROUP, "workers", {
            remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: unresolved("list") },
          }),
        ],
        path: "remoteAccess.sourceSecurityGroupIds",
      },
    ],
  },
  ...onResource([NODE_GROUP], ({ resource: group, inputs }) => {
    const access = inputs.at("remoteAccess");
    const sources = access.at("sourceSecurityGroupIds");
    const undecided = `who may reach SSH on the nodes of group '${group.name}' is not known before the deployment`;
    if (access.isUnknown) return unknown(access, undecided);
    if (access.at("ec2SshKey").isAbsent) return pass();
    if (sources.isUnknown) return unknown(sources, undecided);
    if (sources.items().length > 0) return pass();
    return fail(sources, `EKS opens SSH on the nodes of group '${group.name}' to the whole internet`);
  }),
});
