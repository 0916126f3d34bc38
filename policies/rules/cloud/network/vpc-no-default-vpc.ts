import { defineRule } from "../../../define.js";
import { planned } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { failWhole, pass } from "../../../verdicts.js";

const DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc";
const VPC = "aws:ec2/vpc:Vpc";

/** A program builds its own network and leaves the account's default VPC alone. */
export const vpcNoDefaultVpc = defineRule({
  id: "vpc-no-default-vpc",
  title: "the default VPC is not used",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Every subnet of the default VPC is public and gives public addresses, and whatever else the account started without thinking stands in it too.",
  remediation: 'new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [{ title: "it is adopted", resources: [planned(DEFAULT_VPC, "default", {})], path: "" }],
    pass: [{ title: "a network of its own", resources: [planned(VPC, "network", { cidrBlock: "10.0.0.0/16" })] }],
    unknown: [],
  },
  ...onResource([DEFAULT_VPC, VPC], ({ resource }) =>
    resource.type === VPC
      ? pass()
      : failWhole(`'${resource.name}' is the account's default VPC, whose subnets are all public`),
  ),
});
