/** Control planes, machines and disks. */
import type { PriceKey } from "../../core/data/prices.js";
import { supportOf } from "../../core/data/kubernetes-versions.js";
import type { PlannedResource } from "../../plan/model/index.js";
import { Cursor, UNKNOWN } from "../../plan/world/index.js";
import type { World } from "../../plan/world/index.js";
import type { Charge, Meter } from "../charge.js";
import { byUse, counted, unknown } from "../charge.js";

/** What EKS starts when neither the group nor its template names a machine (API reference, `CreateNodegroup`). */
const EKS_DEFAULT_TYPE = "t3.medium";

const TIERS = ["tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"] as const satisfies readonly PriceKey[];

const IMAGE_DISK: Charge = {
  part: "disks",
  reason: "imageSize",
  detail: "the image of a machine decides how large its first disk is",
};

const SPOT = "spot machines cost at most the on-demand price that is counted";

/** Disks whose price is the size alone. IOPS and throughput of others are paid for too. */
const DISKS = ["gp2", "gp3"] as const satisfies readonly PriceKey[];

/** A control plane, with what an old version and a provisioned tier add. `today` decides what is old. */
export function clusterMeter(today: Date): Meter {
  return (_cluster, inputs) => {
    const part = "control plane";
    const version = inputs.at("version").string();
    const old =
      typeof version === "string" &&
      supportOf(version, today).kind === "ended" &&
      inputs.at("upgradePolicy", "supportType").string() !== "STANDARD";
    const chosen = inputs.at("controlPlaneScalingConfig", "tier").string();
    const tier = TIERS.find((name) => name === chosen);
    const auto = inputs.at("computeConfig", "enabled").boolean() === true;
    return [
      counted(part, "cluster", 1),
      ...(old ? [counted("extended support", "extendedSupport", 1)] : []),
      ...(tier === undefined ? [] : [counted("provisioned control plane", tier, 1)]),
      ...(auto
        ? [byUse("Auto Mode machines", "Auto Mode starts machines as pods need them, and adds a surcharge")]
        : []),
    ];
  };
}

/** The machines that a managed node group has to begin with, and their disks. */
export const nodeGroup: Meter = (group, inputs, world) => {
  const nodes = inputs.at("scalingConfig", "desiredSize").number();
  if (typeof nodes !== "number") return [unknown("nodes", "how many nodes there will be is not known")];
  const template = templateOf(world, group, inputs.at("launchTemplate"));
  const own = inputs.at("instanceTypes");
  const named = own.isUnknown ? [own] : own.items();
  const types = named.length > 0 ? named : [template?.at("instanceType") ?? new Cursor(undefined)];
  const names = types.map((type) => (type.isAbsent ? EKS_DEFAULT_TYPE : type.string()));
  const known = names.filter((name) => typeof name === "string");
  const spot = inputs.at("capacityType").string() === "SPOT";
  const disks =
    template === undefined
      ? [unknown("disks", "EKS chooses the disks of a group without a launch template")]
      : disksOf(template.at("blockDeviceMappings").items(), nodes);
  const [first] = known;
  if (first === undefined || known.length < names.length || nodes === 0)
    return nodes === 0 ? [] : [unknown("nodes", "the machine type is not known"), ...disks];
  return [machines("nodes", spot ? known : [first], nodes, spot ? SPOT : undefined), ...disks];
};

/** The machines of an Auto Scaling group, and their disks. */
export const autoScalingGroup: Meter = (group, inputs, world) => {
  const part = "machines";
  const desired = inputs.at("desiredCapacity");
  const size = (desired.isAbsent ? inputs.at("minSize") : desired).number();
  if (typeof size !== "number") return [unknown(part, "how many machines there will be is not known")];
  const template = templateOf(world, group, inputs.at("launchTemplate"));
  const type = template?.at("instanceType").string();
  if (template === undefined || typeof type !== "string") return [unknown(part, "the machine type is not known")];
  return [machines(part, [type], size), ...disksOf(template.at("blockDeviceMappings").items(), size)];
};

/** A machine, its disks and its public address. */
export const instance: Meter = (machine, inputs, world) => {
  const template = templateOf(world, machine, inputs.at("launchTemplate"));
  const own = inputs.at("instanceType");
  const type = (own.isAbsent ? (template?.at("instanceType") ?? own) : own).string();
  const [root = new Cursor({}), ...rest] = [
    ...inputs.at("rootBlockDevice").items(),
    ...inputs.at("ebsBlockDevices").items(),
  ];
  return [
    typeof type === "string" ? machines("machines", [type], 1) : unknown("machines", "the machine type is not known"),
    ...[root, ...rest].flatMap((disk) => diskCharges(disk, 1)),
    ...(inputs.at("associatePublicIpAddress").boolean() === true
      ? [counted("public addresses", "publicAddress", 1)]
      : []),
  ];
};

/** A disk on its own. */
export const volume: Meter = (_volume, inputs) =>
  diskCharge(inputs.at("size").number(), inputs.at("type").isAbsent ? "gp2" : inputs.at("type").string(), 1);

/** Disks of a size and a kind. */
export function diskCharge(
  gib: number | undefined | typeof UNKNOWN,
  kind: string | undefined | typeof UNKNOWN,
  times: number,
): readonly Charge[] {
  const priced = DISKS.find((disk) => disk === kind);
  if (gib === undefined) return [IMAGE_DISK];
  if (gib === UNKNOWN || kind === UNKNOWN) return [unknown("disks", "size or kind of a disk is not known")];
  if (priced === undefined)
    return [{ part: "disks", reason: "noPrice", detail: `no price of disks of the kind '${kind ?? "of the image"}'` }];
  return [counted("disks", priced, gib * times)];
}

function machines(part: string, types: readonly string[], count: number, estimate?: string): Charge {
  const [first = EKS_DEFAULT_TYPE] = types;
  return counted(part, { instance: first, ...(types.length > 1 ? { orDearer: types.slice(1) } : {}) }, count, estimate);
}

function disksOf(mappings: readonly Cursor[], times: number): readonly Charge[] {
  return mappings.flatMap((mapping) => (mapping.at("ebs").isAbsent ? [] : diskCharges(mapping.at("ebs"), times)));
}

function diskCharges(disk: Cursor, times: number): readonly Charge[] {
  return diskCharge(disk.at("volumeSize").number(), disk.at("volumeType").string(), times);
}

/** The inputs of the launch template that a machine or a group names; `undefined` when it names none of this plan. */
function templateOf(world: World, from: PlannedResource, named: Cursor): Cursor | undefined {
  const [template] = ["id", "name"]
    .flatMap((key) => world.resolve(from, named.at(key)))
    .filter(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
  return template === undefined ? undefined : new Cursor(template.inputs);
}
