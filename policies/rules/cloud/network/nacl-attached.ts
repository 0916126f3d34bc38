import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { failWhole, pass, unknown } from "../../../verdicts.js";

const ACL = "aws:ec2/networkAcl:NetworkAcl";
const LINK = "aws:ec2/networkAclAssociation:NetworkAclAssociation";

/** A network ACL guards a subnet, named by itself or by an association. */
export const naclAttached = defineRule({
  id: "nacl-attached",
  title: "network ACLs guard a subnet",
  ring: "cloud",
  severity: "info",
  rationale:
    "An ACL without a subnet looks like a lock in the program and locks nothing: its subnets use the default one, which lets all in.",
  remediation: "subnetIds: [subnet.id]",
  references: references("catalogue/rules.csv: CKV2_AWS_1, PRW", { "aws-security-hub": ["EC2.16"] }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "no subnet", resources: [planned(ACL, "front", { vpcId: "vpc-1" })], path: "" }],
    pass: [
      { title: "a subnet of its own", resources: [planned(ACL, "front", { vpcId: "vpc-1", subnetIds: ["subnet-1"] })] },
      {
        title: "by an association",
        resources: [
          planned(ACL, "front", { vpcId: "vpc-1" }),
          planned(LINK, "link", { networkAclId: ref("front", "id"), subnetId: "subnet-1" }),
        ],
      },
    ],
    unknown: [
      {
        title: "the subnets are an output",
        resources: [planned(ACL, "front", { vpcId: "vpc-1", subnetIds: unresolved("list") })],
        path: "subnetIds",
      },
    ],
  },
  ...onResource([ACL], ({ resource, inputs, world }) => {
    const at = inputs.at("subnetIds");
    if (at.items().length > 0 || world.mentionsOf(resource.urn).some((m) => m.resource.type === LINK)) return pass();
    return at.isUnknown
      ? unknown(at, `which subnets network ACL '${resource.name}' guards is not known before the deployment`)
      : failWhole(`network ACL '${resource.name}' guards no subnet`);
  }),
});
