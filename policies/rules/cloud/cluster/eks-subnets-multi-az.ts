import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref } from "../../../examples.js";
import type { ExampleResource } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const SUBNETS = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"];

function clusterIn(...zones: readonly string[]): readonly ExampleResource[] {
  const names = zones.map((_, i) => `subnet-${i}`);
  return [
    planned(EKS_CLUSTER, "prod", { vpcConfig: { subnetIds: names.map((name) => ref(name, "id")) } }),
    ...zones.map((zone, i) => planned("aws:ec2/subnet:Subnet", names[i] ?? "", { availabilityZone: zone })),
  ];
}

/** The subnets of a cluster's control plane lie in two zones or more, which EKS asks for when it makes one. */
export const eksSubnetsMultiAz = defineRule({
  id: "eks-subnets-multi-az",
  title: "a cluster's subnets lie in two zones or more",
  ring: "cloud",
  severity: "low",
  rationale:
    "The control plane is reached through its interfaces in these subnets. With all of them in one zone EKS refuses the cluster, and where it came to be all the same it is out of reach while that zone is away.",
  remediation: "vpcConfig: { subnetIds: [a.id, b.id, c.id] } // a subnet in each zone",
  references: references("catalogue/rules.csv: PRW vpc_subnet_different_az", {}),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "one subnet", resources: clusterIn("eu-west-1a"), path: "vpcConfig.subnetIds" },
      {
        title: "two subnets of one zone",
        resources: clusterIn("eu-west-1a", "eu-west-1a"),
        path: "vpcConfig.subnetIds",
      },
    ],
    pass: [{ title: "two zones", resources: clusterIn("eu-west-1a", "eu-west-1b") }],
    unknown: [
      {
        title: "subnets of another plan",
        resources: [planned(EKS_CLUSTER, "prod", { vpcConfig: { subnetIds: ["subnet-0123", "subnet-4567"] } })],
        path: "vpcConfig.subnetIds",
      },
    ],
  },
  ...onResource([EKS_CLUSTER], ({ resource: eks, inputs, world }) => {
    const list = inputs.at("vpcConfig", "subnetIds");
    const zones = list.isUnknown ? [undefined] : list.items().flatMap((id) => zonesOf(world, eks, id));
    const known = new Set(zones.filter((zone) => zone !== undefined));
    if (known.size >= 2) return pass();
    if (zones.length > 1 && zones.includes(undefined))
      return unknown(list, `the zones of the subnets of cluster '${eks.name}' are not known from this plan`);
    if (list.isUnknown)
      return unknown(list, `the subnets of cluster '${eks.name}' are not known before the deployment`);
    return fail(list, `the subnets of cluster '${eks.name}' lie in one zone and go with it`);
  }),
});

/** The zones of the subnets that an id may mean, by name or id; `undefined` where the plan does not tell. */
function zonesOf(world: World, eks: PlannedResource, id: Cursor): readonly (string | undefined)[] {
  const subnets = world.resolve(eks, id).filter(({ type }) => SUBNETS.includes(type));
  if (subnets.length === 0) return [undefined];
  return subnets.map((subnet) => {
    const inputs = world.inputsOf(subnet);
    const zone = ["availabilityZone", "availabilityZoneId"]
      .map((key) => inputs.at(key).string())
      .find((text) => text !== undefined);
    return zone === UNKNOWN ? undefined : zone;
  });
}
