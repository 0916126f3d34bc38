import type { PlannedResource } from "../../plan/model/index.js";
import type { Read, World } from "../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../plan/world/index.js";
import { every, some } from "../verdicts.js";
import { openness } from "./addresses.js";
import { leadsToInternetGateway } from "./egress.js";
import type { PortRange } from "./security-groups.js";
import { INGRESS_TYPES, ingressRulesOf, openedPorts, overlap } from "./security-groups.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const SUBNET = "aws:ec2/subnet:Subnet";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Wire tokens that decide whether the internet reaches nodes. */
export const NODE_EXPOSURE_TYPES = [NODE_GROUP, LAUNCH_TEMPLATE, SUBNET, ...INGRESS_TYPES] as const;

/** Ports of Services of type NodePort, unless the API server is told others. */
export const NODE_PORTS: PortRange = { from: 30_000, to: 32_767 };

/** Nodes with public addresses, and the rules that let the internet in. */
export interface PublicNodes {
  readonly group: PlannedResource;
  /** What the internet may reach on them. */
  readonly opened: readonly PortRange[];
}

const cache = new WeakMap<World, ReadonlyMap<PlannedResource, readonly PublicNodes[]>>();

/**
 * The node groups of a cluster that the internet reaches: a subnet that an internet gateway leads into, a public address,
 * and a security group of the launch template with a rule for everybody.
 */
export function publicNodes(world: World, cluster: PlannedResource): readonly PublicNodes[] {
  let known = cache.get(world);
  if (known === undefined) {
    const found = new Map<PlannedResource, PublicNodes[]>();
    for (const group of world.ofType(NODE_GROUP)) {
      const [home] = world
        .resolve(group, world.inputsOf(group).at("clusterName"))
        .filter((r) => r.type === EKS_CLUSTER);
      if (home === undefined || isPublic(world, group) !== true) continue;
      const opened = groupsOf(world, group).flatMap((one) => openToInternet(world, one));
      const list = found.get(home) ?? [];
      found.set(home, list);
      if (opened.length > 0) list.push({ group, opened });
    }
    cache.set(world, (known = found));
  }
  return known.get(cluster) ?? [];
}

/** Whether the internet reaches some port of a range on a node group. */
export function reaches({ opened }: PublicNodes, ports: PortRange): boolean {
  return opened.some((range) => overlap(range, ports));
}

function templateOf(world: World, group: PlannedResource): PlannedResource | undefined {
  const stated = world.inputsOf(group).at("launchTemplate");
  return [...world.resolve(group, stated.at("id")), ...world.resolve(group, stated.at("name"))].find(
    (r) => r.type === LAUNCH_TEMPLATE,
  );
}

function isPublic(world: World, group: PlannedResource): Read<boolean> {
  const template = templateOf(world, group);
  const cards = template === undefined ? [] : world.inputsOf(template).at("networkInterfaces").items();
  const stated = cards.map((card) => card.at("associatePublicIpAddress").boolean());
  const subnets = world
    .inputsOf(group)
    .at("subnetIds")
    .items()
    .flatMap((id) => world.resolve(group, id))
    .filter((r) => r.type === SUBNET);
  return some(
    subnets.map((subnet) => {
      const own = world.inputsOf(subnet).at("mapPublicIpOnLaunch").boolean() ?? false;
      const [first] = stated.filter((value) => value !== undefined);
      return every([first ?? own, leadsToInternetGateway(world, subnet)]);
    }),
  );
}

/** The security groups that a launch template gives; without any EKS gives the cluster's own, which lets nobody else in. */
function groupsOf(world: World, group: PlannedResource): readonly PlannedResource[] {
  const template = templateOf(world, group);
  if (template === undefined) return [];
  const inputs = world.inputsOf(template);
  const cards = inputs
    .at("networkInterfaces")
    .items()
    .flatMap((card) => card.at("securityGroups").items());
  const ids = [...inputs.at("vpcSecurityGroupIds").items(), ...cards];
  return [...new Set(ids.flatMap((id) => world.resolve(template, id)).filter((r) => r.type === SECURITY_GROUP))];
}

/** Every rule that lets traffic into a security group: its inline ones, and those that stand by themselves. */
export function rulesInto(world: World, group: PlannedResource) {
  const apart = world
    .mentionsOf(group.urn)
    .filter(({ resource, path }) => path === "securityGroupId" && INGRESS_TYPES.some((type) => type === resource.type))
    .map(({ resource }) => resource);
  return [group, ...apart].flatMap((resource) => ingressRulesOf(resource, world.inputsOf(resource)));
}

/** The ports that rules of a security group open to the internet, as far as they are known. */
export function openToInternet(world: World, group: PlannedResource): readonly PortRange[] {
  return rulesInto(world, group).flatMap((rule) => {
    const ports = openedPorts(rule);
    const isOpen = rule.blocks.some((block) => {
      const text = block.string();
      return typeof text === "string" && openness(text) === "world";
    });
    return isOpen && ports !== UNKNOWN && ports !== undefined ? [ports] : [];
  });
}
