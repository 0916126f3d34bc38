import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const SUBNET = "aws:ec2/subnet:Subnet";
const DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet";

/**
 * A subnet gives no public address by itself. Default subnets do, unless told otherwise (EC2 API,
 * `MapPublicIpOnLaunch`).
 */
export const subnetNoAutoPublicIp = defineRule({
  id: "subnet-no-auto-public-ip",
  title: "subnets give no public addresses",
  ring: "cloud",
  severity: "medium",
  rationale: "In such a subnet every machine that starts gets a public address, also the ones that nobody thought of.",
  remediation: "mapPublicIpOnLaunch: false",
  references: references(
    "catalogue/rules.csv: CKV_AWS_130, AWS-0164, NAG VPCSubnetAutoAssignPublicIpDisabled, PRW, PPB",
    { "aws-security-hub": ["EC2.15"], "nist-800-53": ["SC-7", "AC-3", "AC-6"], "owasp-k8s": ["K06"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "every machine gets one",
        resources: [planned(SUBNET, "front", { mapPublicIpOnLaunch: true })],
        path: "mapPublicIpOnLaunch",
      },
      {
        title: "a default subnet, which gives them unless told otherwise",
        resources: [planned(DEFAULT_SUBNET, "a", {})],
        path: "mapPublicIpOnLaunch",
      },
    ],
    pass: [{ title: "left out, which is off", resources: [planned(SUBNET, "back", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(SUBNET, "back", { mapPublicIpOnLaunch: unresolved("boolean") })],
        path: "mapPublicIpOnLaunch",
      },
    ],
  },
  ...onResource([SUBNET, DEFAULT_SUBNET], ({ resource: subnet, inputs }) =>
    expectBoolean(inputs.at("mapPublicIpOnLaunch"), {
      absent: subnet.type === DEFAULT_SUBNET,
      accept: (value) => !value,
      message: `every machine that starts in subnet '${subnet.name}' gets a public address`,
      undecided: `whether subnet '${subnet.name}' gives public addresses is not known before the deployment`,
    }),
  ),
});
