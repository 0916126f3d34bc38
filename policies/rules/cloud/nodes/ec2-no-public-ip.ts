import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import type { ResourceView } from "../../../shapes.js";
import { expectBoolean, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const SUBNET = "aws:ec2/subnet:Subnet";

/**
 * No machine gets a public address: neither its own setting nor, where it says nothing, its subnet gives one (EC2 API,
 * `AssociatePublicIpAddress`).
 */
export const ec2NoPublicIp = defineRule({
  id: "ec2-no-public-ip",
  title: "machines have no public address",
  ring: "cloud",
  severity: "high",
  rationale:
    "A machine with a public address is one security group rule away from the internet. An instance that names no subnet gets one too, since default subnets give public addresses.",
  remediation: "associatePublicIpAddress: false, subnetId: privateSubnet.id",
  references: references(
    "catalogue/rules.csv: CKV_AWS_88, CKV_AWS_389, AWS-0009, NAG EC2InstanceNoPublicIp, NAG AutoScalingLaunchConfigPublicIpDisabled, PCP ×3, AG, PRW, PPB",
    {
      "aws-security-hub": ["EC2.9", "EC2.25", "AutoScaling.5"],
      "pci-dss-4": ["1.4.5", "11.3.1.3", "11.5.2"],
      hipaa: ["164.312(a)(1)", "164.308(a)(1)(ii)(b)"],
      "nist-800-53": ["SC-7", "AC-3", "AC-6"],
      "owasp-k8s": ["K06"],
      attack: ["T1190"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a launch template that asks for one",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { networkInterfaces: [{ associatePublicIpAddress: "true" }] })],
        path: "networkInterfaces[0].associatePublicIpAddress",
      },
      {
        title: "an instance in a subnet that gives one",
        resources: [
          planned(INSTANCE, "jump", { subnetId: ref("front", "id") }),
          planned(SUBNET, "front", { mapPublicIpOnLaunch: true }),
        ],
        path: "associatePublicIpAddress",
      },
      {
        title: "an instance without a subnet lands in a default one, which gives an address",
        resources: [planned(INSTANCE, "jump", {})],
        path: "associatePublicIpAddress",
      },
    ],
    pass: [
      {
        title: "an instance that refuses it",
        resources: [planned(INSTANCE, "jump", { associatePublicIpAddress: false })],
      },
      {
        title: "an instance in a subnet that gives none",
        resources: [planned(INSTANCE, "jump", { subnetId: ref("back", "id") }), planned(SUBNET, "back", {})],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(INSTANCE, "jump", { associatePublicIpAddress: unresolved("boolean") })],
        path: "associatePublicIpAddress",
      },
      {
        title: "the subnet is not in this plan",
        resources: [planned(INSTANCE, "jump", { subnetId: "subnet-0123" })],
        path: "associatePublicIpAddress",
      },
    ],
  },
  ...onResource([LAUNCH_TEMPLATE, INSTANCE], (view) =>
    view.resource.type === INSTANCE ? judgeInstance(view) : judgeTemplate(view),
  ),
});

function judgeTemplate({ resource: template, inputs }: ResourceView): readonly Verdict[] {
  return inputs
    .at("networkInterfaces")
    .items()
    .map((card) => card.at("associatePublicIpAddress"))
    .map((at) => (at.isAbsent ? notApplicable("the subnet decides") : expectNone(template.name, at)));
}

function judgeInstance({ resource: instance, inputs, world }: ResourceView): Verdict {
  const at = inputs.at("associatePublicIpAddress");
  if (!at.isAbsent) return expectNone(instance.name, at);
  if (!inputs.at("launchTemplate").isAbsent) return notApplicable("its launch template decides");
  if (!inputs.at("networkInterfaces").isAbsent || !inputs.at("primaryNetworkInterface").isAbsent)
    return notApplicable("its network interface decides");
  const subnetId = inputs.at("subnetId");
  if (subnetId.isAbsent)
    return fail(at, `instance '${instance.name}' names no subnet, and default subnets give public addresses`);
  const [subnet] = world.resolve(instance, subnetId).filter((r) => r.type === SUBNET);
  const given = subnet === undefined ? UNKNOWN : (world.inputsOf(subnet).at("mapPublicIpOnLaunch").boolean() ?? false);
  if (given === UNKNOWN)
    return unknown(
      at,
      `whether the subnet of instance '${instance.name}' gives it a public address is not known from this plan`,
    );
  return given
    ? fail(at, `instance '${instance.name}' gets a public address from its subnet '${subnet?.name ?? ""}'`)
    : pass();
}

function expectNone(name: string, at: Cursor): Verdict {
  return expectBoolean(at, {
    absent: false,
    accept: (value) => !value,
    message: `machines from '${name}' get a public address`,
    undecided: `whether machines from '${name}' get a public address is not known before the deployment`,
  });
}
