import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { planned, ref } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet";
const DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc";
const SUBNET = "aws:ec2/subnet:Subnet";

/** A cluster's subnets belong to a VPC of its own. All subnets of the default one are public as AWS makes them. */
export const eksNotInDefaultVpc = defineRule({
  id: "eks-not-in-default-vpc",
  title: "a cluster does not live in the default VPC",
  ring: "cloud",
  severity: "medium",
  rationale:
    "The default VPC has public subnets only and no plan of its own: everything that anybody starts without thinking is a neighbour of the nodes.",
  remediation: 'new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a subnet of the default VPC",
        resources: [
          planned(EKS_CLUSTER, "prod", { vpcConfig: { subnetIds: [ref("a", "id")] } }),
          planned(DEFAULT_SUBNET, "a", { availabilityZone: "eu-west-1a" }),
        ],
        path: "vpcConfig.subnetIds[0]",
      },
    ],
    pass: [
      {
        title: "a subnet of its own",
        resources: [
          planned(EKS_CLUSTER, "prod", { vpcConfig: { subnetIds: [ref("a", "id")] } }),
          planned(SUBNET, "a", { vpcId: "vpc-0123" }),
        ],
      },
    ],
    unknown: [
      {
        title: "the subnets are not in this plan",
        resources: [planned(EKS_CLUSTER, "prod", { vpcConfig: { subnetIds: ["subnet-0123"] } })],
        path: "vpcConfig.subnetIds[0]",
      },
    ],
  },
  ...onResource([EKS_CLUSTER, SUBNET, DEFAULT_SUBNET, DEFAULT_VPC], ({ resource: eks, inputs, world }) => {
    if (eks.type !== EKS_CLUSTER) return notApplicable("the cluster is judged");
    const list = inputs.at("vpcConfig", "subnetIds");
    const ids = list.isUnknown ? [list] : list.items();
    return ids.map((id) => {
      const [subnet] = world.resolve(eks, id).filter(({ type }) => type === SUBNET || type === DEFAULT_SUBNET);
      if (subnet === undefined) return unknown(id, `the VPC of cluster '${eks.name}' is not known from this plan`);
      const vpc = world.resolve(subnet, world.inputsOf(subnet).at("vpcId"));
      return subnet.type === DEFAULT_SUBNET || vpc.some(({ type }) => type === DEFAULT_VPC)
        ? fail(id, `cluster '${eks.name}' lives in the default VPC, by subnet '${subnet.name}'`)
        : pass();
    });
  }),
});
