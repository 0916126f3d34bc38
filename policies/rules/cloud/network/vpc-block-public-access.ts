import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

const OPTIONS = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";

/**
 * Where a plan sets the block on internet gateways of a Region, it blocks: what comes in, or both ways. A plan that does not set
 * it leaves it to others.
 */
export const vpcBlockPublicAccess = defineRule({
  id: "vpc-block-public-access",
  title: "the Region blocks what comes in by internet gateways",
  ring: "cloud",
  severity: "low",
  rationale:
    "The block holds whatever routes, addresses and security groups somebody makes by mistake, in every VPC of the Region.",
  remediation: 'internetGatewayBlockMode: "block-ingress"',
  references: references("catalogue/rules.csv: steampipe vpc_block_public_access_…", {
    "aws-security-hub": ["EC2.172"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "turned off",
        resources: [planned(OPTIONS, "region", { internetGatewayBlockMode: "off" })],
        path: "internetGatewayBlockMode",
      },
    ],
    pass: [
      {
        title: "what comes in is blocked",
        resources: [planned(OPTIONS, "region", { internetGatewayBlockMode: "block-ingress" })],
      },
      {
        title: "both ways",
        resources: [planned(OPTIONS, "region", { internetGatewayBlockMode: "block-bidirectional" })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(OPTIONS, "region", { internetGatewayBlockMode: unresolved("string") })],
        path: "internetGatewayBlockMode",
      },
    ],
  },
  ...onResource([OPTIONS], ({ resource, inputs }) =>
    expectString(inputs.at("internetGatewayBlockMode"), {
      absent: "off",
      accept: (mode) => mode?.startsWith("block-") === true,
      message: `'${resource.name}' lets internet gateways of the whole Region in`,
      undecided: `whether '${resource.name}' blocks internet gateways is not known before the deployment`,
      fix: "block-ingress",
    }),
  ),
});
