/** What may be chosen of a group, and what AWS would reject: refused before anything is registered. */
import { NodeGroup, NodeSubnets } from "../../../infra/index.js";
import type { AmiType, NodeGroupArgs } from "../../../infra/index.js";
import { AMI_TYPES } from "../../../infra/nodes/data/ami-types.js";
import { instanceTypeIssues } from "../../../infra/nodes/instance-types.js";
import { labelIssues, taintIssues } from "../../../infra/nodes/labels.js";
import { skewIssues } from "../../../infra/nodes/skew.js";
import { inputs, planIn, resource } from "../support.js";
import { CLUSTER, GROUP, KEYS, NETWORK } from "./references.js";

const plan = (args: Partial<NodeGroupArgs> = {}, name = "nodes") =>
  planIn(() => {
    new NodeGroup(name, { network: NETWORK, cluster: CLUSTER, keys: KEYS, ...args });
  });

/** The message of a plan that must fail, line by line, without its heading. */
async function refused(args: Partial<NodeGroupArgs>, name?: string): Promise<string[]> {
  const error: unknown = await plan(args, name).then(
    () => new Error("it was planned"),
    (thrown: unknown) => thrown,
  );
  return (error as Error).message
    .split("\n")
    .slice(1)
    .map((line) => line.trim());
}

test("choices reach the group", async () => {
  const made = await plan({
    amiType: "BOTTLEROCKET_ARM_64",
    instanceTypes: ["m7g.large", "m8g.large"],
    capacityType: "SPOT",
    kubernetesVersion: "1.35",
    releaseVersion: "1.63.0-1a2b3c4d",
    scaling: { minSize: 0, desiredSize: 1, maxSize: 9 },
    updates: { maxUnavailable: 2, strategy: "MINIMAL" },
    repair: { maxParallel: 1, maxUnhealthy: "20%" },
    labels: { "example.com/tier": "batch" },
    taints: [{ key: "batch", value: "yes", effect: "NO_SCHEDULE" }],
  });
  expect(inputs(made, GROUP)).toMatchObject({
    amiType: "BOTTLEROCKET_ARM_64",
    instanceTypes: ["m7g.large", "m8g.large"],
    capacityType: "SPOT",
    version: "1.35",
    releaseVersion: "1.63.0-1a2b3c4d",
    scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 9 },
    updateConfig: { maxUnavailable: 2, updateStrategy: "MINIMAL" },
    nodeRepairConfig: {
      enabled: true,
      maxParallelNodesRepairedCount: 1,
      maxUnhealthyNodeThresholdPercentage: 20,
    },
    labels: { "example.com/tier": "batch" },
    taints: [{ key: "batch", value: "yes", effect: "NO_SCHEDULE" }],
  });
});

test("an image for Arm has a type for Arm by default", async () => {
  expect(inputs(await plan({ amiType: "BOTTLEROCKET_ARM_64" }), GROUP)["instanceTypes"]).toEqual(["m7g.large"]);
});

test("a warm pool of stopped instances", async () => {
  expect(inputs(await plan({ warmPool: { minSize: 1, maxPrepared: 8 } }), GROUP)["warmPoolConfig"]).toEqual({
    minSize: 1,
    maxGroupPreparedCapacity: 8,
    poolState: "STOPPED",
  });
});

test("Spot with one type warns, with several not", async () => {
  const one = await plan({ capacityType: "SPOT" });
  expect(one.warnings).toEqual([
    "Spot with one instance type, m6i.large: when EC2 has no more of it, the group has no nodes. Name several types",
  ]);
  expect((await plan({ capacityType: "SPOT", instanceTypes: ["m6i.large", "m5.large"] })).warnings).toEqual([]);
});

test("a group of one zone says why", async () => {
  const reason = "its pods have volumes in this zone";
  const made = await plan({ subnets: NodeSubnets.oneZone("subnet-a1", { reason }) });
  expect(inputs(made, GROUP)["subnetIds"]).toEqual(["subnet-a1"]);
  expect(resource(made, "ringfence:infra:NodeGroup").outputs["relaxations"]).toEqual([
    { choice: "NodeSubnets.oneZone", reason },
  ]);
});

test("refuses every problem at once", async () => {
  expect(
    await refused({
      instanceTypes: ["m7g.large", "large"],
      kubernetesVersion: "1.37",
      subnets: NodeSubnets.of("subnet-a1"),
      scaling: { minSize: 3, desiredSize: 2, maxSize: 6.5 },
      updates: { maxUnavailable: "0%" },
      dataVolumeGiB: 0,
      webhookPorts: [0, 9443, 9443],
      additionalSecurityGroupIds: ["web"],
    }),
  ).toEqual([
    "'subnets' must hold at least 2, in different zones, got 1. Add a zone; for a group of one zone see `NodeSubnets.oneZone`",
    "'instanceTypes[0]' must run the x86 image BOTTLEROCKET_x86_64, got 'm7g.large'. Use a type such as 'm6i.large'",
    "'instanceTypes[1]' must be an instance type, got 'large'. Write it like 'm6i.large'",
    "'kubernetesVersion' must be at most the cluster's 1.36, got '1.37'. Update the cluster first: a kubelet may be older than its API server, never newer",
    "'scaling.maxSize' must be a whole number, 0 or more, got 6.5. Write it like 3",
    "'scaling.desiredSize' must lie between minSize 3 and maxSize 6.5, got 2. Change one of the three",
    "'updates.maxUnavailable' must be from 1 to 100, or such a percentage, got '0%'. Write it like 2 or '33%'",
    "'dataVolumeGiB' must be a whole number from 20 to 16384, got 0. Use 50 or more: images and logs live there",
    "'webhookPorts[0]' must be a port from 1 to 65535, got 0. Write it like 9443",
    "'webhookPorts[2]' must name each port once, got 9443. Remove the second one",
    "'additionalSecurityGroupIds[0]' must be an id that begins with 'sg-', got 'web'. Write it like 'sg-0123456789abcdef0'",
  ]);
});

test.each<[string, Partial<NodeGroupArgs>, string]>([
  ["CUSTOM without an image", { amiType: "CUSTOM" }, "'customImage' must name the image with CUSTOM"],
  [
    "CUSTOM with a release",
    {
      amiType: "CUSTOM",
      customImage: { imageId: "ami-0123456789abcdef0", os: "bottlerocket", architecture: "x86" },
      releaseVersion: "1.63.0-1a2b3c4d",
    },
    "'releaseVersion' must not be there with CUSTOM",
  ],
  [
    "an image beside one of EKS",
    { customImage: { imageId: "ami-0123456789abcdef0", os: "bottlerocket", architecture: "x86" } },
    "'customImage' must not be there with BOTTLEROCKET_x86_64",
  ],
  [
    "a release of the other system",
    { amiType: "AL2023_x86_64_STANDARD", releaseVersion: "1.63.0-1a2b3c4d" },
    "'releaseVersion' must be a release of AL2023_x86_64_STANDARD",
  ],
  ["Amazon Linux 2", { amiType: "AL2_x86_64" as AmiType }, "'amiType' must be a type of image that EKS has"],
  ["a warm pool of Spot", { warmPool: {}, capacityType: "SPOT" }, "'warmPool' must not be there with Spot"],
  [
    "a warm pool of several types",
    { warmPool: {}, instanceTypes: ["m6i.large", "m5.large"] },
    "'warmPool' must not be there with several instance types",
  ],
  ["a warm pool that holds nobody", { warmPool: { maxPrepared: 1 } }, "'warmPool.maxPrepared' must be a whole number"],
  ["a group without nodes", { scaling: { minSize: 0, desiredSize: 0, maxSize: 0 } }, "'scaling.maxSize' must be from"],
  [
    "ports of a shared security group",
    { securityGroupId: "sg-1", webhookPorts: [9443] },
    "'webhookPorts' must not be there with `securityGroupId`",
  ],
])("refuses %s", async (_, args, line) => {
  expect((await refused(args)).filter((found) => found.startsWith(line))).toHaveLength(1);
});

test("refuses a name for which IAM has no room", async () => {
  expect(await refused({}, "n".repeat(52))).toEqual([
    `'name' must have at most 51 characters, the names of roles have 64, got '${"n".repeat(52)}'. Give the component a shorter name`,
  ]);
});

describe("instance types", () => {
  test.each([
    ["m6i.large", "BOTTLEROCKET_x86_64"],
    ["inf2.xlarge", "BOTTLEROCKET_x86_64"],
    ["i3.metal", "BOTTLEROCKET_x86_64"],
    ["g5.xlarge", "BOTTLEROCKET_x86_64_NVIDIA"],
    ["g5.xlarge", "AL2023_x86_64_NVIDIA"],
    ["trn1.32xlarge", "AL2023_x86_64_NEURON"],
    ["m7g.large", "BOTTLEROCKET_ARM_64"],
    ["c8gd.large", "BOTTLEROCKET_ARM_64_FIPS"],
    ["a1.large", "BOTTLEROCKET_ARM_64"],
    ["g5g.xlarge", "BOTTLEROCKET_ARM_64_NVIDIA"],
    ["p6e-gb200.36xlarge", "AL2023_ARM_64_NVIDIA"],
  ] as const)("%s runs %s", (type, image) => {
    expect(instanceTypeIssues([type], image, AMI_TYPES[image])).toEqual([]);
  });

  test.each([
    ["m6i.large", "BOTTLEROCKET_ARM_64", "must run the ARM image"],
    ["m7g.large", "BOTTLEROCKET_x86_64", "must run the x86 image"],
    ["g5.xlarge", "BOTTLEROCKET_x86_64", "must have no nvidia device"],
    ["inf2.xlarge", "AL2023_x86_64_STANDARD", "must have no neuron device"],
    ["m6i.large", "BOTTLEROCKET_x86_64_NVIDIA", "must have the device for which"],
    ["inf2.xlarge", "BOTTLEROCKET_x86_64_NVIDIA", "must have no neuron device"],
    ["m4.large", "BOTTLEROCKET_x86_64", "must be a Nitro type"],
    ["t2.large", "BOTTLEROCKET_x86_64", "must be a Nitro type"],
    ["mac2.metal", "BOTTLEROCKET_ARM_64", "must be a type that EKS runs"],
  ] as const)("%s does not run %s", (type, image, rule) => {
    const found = instanceTypeIssues([type], image, AMI_TYPES[image]);
    expect(found).toHaveLength(1);
    expect(found[0]?.rule).toContain(rule);
  });
});

describe("labels and taints", () => {
  test.each(["tier", "example.com/tier", "node.kubernetes.io/pool", "kubelet.kubernetes.io/pool"])(
    "takes %s",
    (key) => {
      expect(labelIssues({ [key]: "a" })).toEqual([]);
    },
  );

  test.each([
    "kubernetes.io/role",
    "node-role.kubernetes.io/worker",
    "k8s.io/a",
    "eks.amazonaws.com/a",
    "node-restriction.kubernetes.io/a",
  ])("refuses the reserved %s", (key) => {
    expect(labelIssues({ [key]: "a" }).map(({ code }) => code)).toEqual(["NotAllowed"]);
  });

  test.each([
    [{ "-a": "b" }, "labels.-a"],
    [{ "a/b/c": "d" }, "labels.a/b/c"],
    [{ ["n".repeat(64)]: "a" }, `labels.${"n".repeat(64)}`],
    [{ a: "b c" }, "labels.a"],
    [{ a: "v".repeat(64) }, "labels.a"],
  ])("refuses what Kubernetes refuses", (labels, path) => {
    expect(labelIssues(labels).map((found) => found.path)).toEqual([path]);
  });

  test("refuses taints twice, with odd effects, and too many", () => {
    const batch = { key: "batch", effect: "NO_SCHEDULE" } as const;
    expect(taintIssues([batch, batch]).map(({ path }) => path)).toEqual(["taints[1]"]);
    expect(taintIssues([{ key: "batch", effect: "NoSchedule" as "NO_SCHEDULE" }]).map(({ path }) => path)).toEqual([
      "taints[0].effect",
    ]);
    const many = Array.from({ length: 51 }, (_, i) => ({ ...batch, key: `t${i}` }));
    expect(taintIssues(many).map(({ path }) => path)).toEqual(["taints"]);
  });
});

test.each([
  ["1.36", "1.36", []],
  ["1.20", "1.20", []],
  ["1.33", "1.36", []],
  ["1.32", "1.36", ["Conflict"]],
  ["1.37", "1.36", ["Conflict"]],
  ["1.30", "1.36", ["EndOfSupport"]],
  ["latest", "1.36", ["EndOfSupport"]],
])("kubelets at %s on a cluster at %s", (kubelet, cluster, codes) => {
  expect(skewIssues(kubelet, cluster).map(({ code }) => code)).toEqual(codes);
});
