/** What AWS rejects, when it comes in by a transform: the result of the transform is checked. */
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/index.js";
import type { NodeGroupArgs as RawGroup } from "@pulumi/aws/eks/index.js";
import { NodeGroup } from "../../../infra/index.js";
import { inputs, namesOf, planIn } from "../support.js";
import { CLUSTER, GROUP, KEYS, NETWORK, TEMPLATE } from "./references.js";

const plan = (template: Partial<LaunchTemplateArgs>, group: Partial<RawGroup> = {}) =>
  planIn(() => {
    new NodeGroup("nodes", {
      ...{ network: NETWORK, cluster: CLUSTER, keys: KEYS },
      transformLaunchTemplate: (args) => ({ ...args, ...template }),
      transformNodeGroup: (args) => ({ ...args, ...group }),
    });
  });

test("what AWS takes is taken, and the rules judge it", async () => {
  const made = await plan({ ebsOptimized: "true" }, { forceUpdateVersion: true });
  expect(inputs(made, TEMPLATE)["ebsOptimized"]).toBe("true");
  expect(inputs(made, GROUP)["forceUpdateVersion"]).toBe(true);
});

const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each<[string, Partial<LaunchTemplateArgs>, string]>([
  ["an instance profile", { iamInstanceProfile: { name: "nodes" } }, "iamInstanceProfile' must not be in the template"],
  ["Spot", { instanceMarketOptions: { marketType: "spot" } }, "instanceMarketOptions' must not be in the template"],
  [
    "requirements of instances",
    { instanceRequirements: { memoryMib: { min: 1 }, vcpuCount: { min: 1 } } },
    "instanceRequirements' must not be in the template",
  ],
  [
    "a shutdown behaviour",
    { instanceInitiatedShutdownBehavior: "terminate" },
    "instanceInitiatedShutdownBehavior' must",
  ],
  ["hibernation", { hibernationOptions: { configured: true } }, "hibernationOptions' must not be in the template"],
  ["names of security groups", { securityGroupNames: ["default"] }, "securityGroupNames' must not be in the template"],
  [
    "a subnet",
    { networkInterfaces: [{ subnetId: "subnet-1" }] },
    "networkInterfaces[0].subnetId' must not be in the template",
  ],
  [
    "seventeen security groups",
    { networkInterfaces: [{ securityGroups: Array.from({ length: 17 }, (_, i) => `sg-${i}`) }] },
    "networkInterfaces[0].securityGroups' must hold at most 16",
  ],
  ["security groups twice", { vpcSecurityGroupIds: ["sg-1"] }, "vpcSecurityGroupIds' must not be there beside"],
  ["an instance type twice", { instanceType: "m6i.large" }, "instanceType' must not be there beside `instanceTypes`"],
  ["an image beside one of EKS", { imageId: "ami-1" }, "imageId' must not be there with BOTTLEROCKET_x86_64"],
  ["a name and a prefix", { name: "nodes", namePrefix: "no" }, "name' must not be there beside `namePrefix`"],
  ["a name that EC2 refuses", { name: "no nodes" }, "name' must be a name that EC2 takes"],
  ["user data that is no TOML", { userData: base64("#!/bin/bash\necho") }, "userData' must be TOML"],
  [
    "user data that opens the node",
    { userData: base64("[settings.host-containers.admin]\nenabled = true") },
    "userData: settings.host-containers.admin.enabled' must be false",
  ],
  [
    "user data that is too long",
    { userData: base64(`[settings]\nmotd = "${"x".repeat(17_000)}"`) },
    "userData' must have at most 16384 bytes",
  ],
])("refuses %s in the launch template", async (_, template, line) => {
  await expect(plan(template)).rejects.toThrow(`'transformLaunchTemplate: ${line}`);
});

test.each<[string, Partial<RawGroup>, string]>([
  ["a disk size", { diskSize: 20 }, "diskSize' must not be there beside a launch template"],
  ["remote access", { remoteAccess: { ec2SshKey: "me" } }, "remoteAccess' must not be there beside a launch template"],
  [
    "a template by id and name",
    { launchTemplate: { id: "lt-1", name: "nodes", version: "1" } },
    "launchTemplate' must not have both `id` and `name`",
  ],
  ["a name of 64 letters", { nodeGroupName: "n".repeat(64) }, "nodeGroupName' must be a name that EKS takes"],
  ["a name and a prefix", { nodeGroupName: "n", nodeGroupNamePrefix: "n" }, "nodeGroupName' must not be there beside"],
  [
    "two limits of an update",
    { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 33 } },
    "updateConfig' must not have both `maxUnavailable` and `maxUnavailablePercentage`",
  ],
  [
    "two limits of repairs",
    { nodeRepairConfig: { maxUnhealthyNodeThresholdCount: 1, maxUnhealthyNodeThresholdPercentage: 2 } },
    "nodeRepairConfig' must not have both",
  ],
])("refuses %s in the group", async (_, group, line) => {
  await expect(plan({}, group)).rejects.toThrow(`'transformNodeGroup: ${line}`);
});

test("refuses CUSTOM without its image, and with a version", async () => {
  await expect(plan({}, { amiType: "CUSTOM" })).rejects.toThrow(
    [
      "NodeGroup 'nodes':",
      "  'transformLaunchTemplate: imageId' must be there with CUSTOM, got nothing. Use `customImage`, or an `amiType` of EKS",
      "  'transformNodeGroup: version' must not be there with CUSTOM, got '1.36'. The image decides which kubelet there is",
    ].join("\n"),
  );
});

test("refuses user data of Amazon Linux that is not in parts", async () => {
  await expect(
    planIn(() => {
      new NodeGroup("nodes", {
        ...{ network: NETWORK, cluster: CLUSTER, keys: KEYS, amiType: "AL2023_x86_64_STANDARD" },
        transformLaunchTemplate: (args) => ({ ...args, userData: base64("#!/bin/bash") }),
      });
    }),
  ).rejects.toThrow("'transformLaunchTemplate: userData' must be a MIME document of several parts, got '#!/bin/bash'");
});

test("nothing is registered when something is refused", async () => {
  let seen: readonly string[] = [];
  const made = await planIn(() => {
    try {
      new NodeGroup("nodes", {
        ...{ network: NETWORK, cluster: CLUSTER, keys: KEYS },
        transformNodeGroup: (args) => ({ ...args, diskSize: 20 }),
      });
    } catch (error) {
      seen = (error as Error).message.split("\n");
    }
  });
  expect(seen[0]).toBe("NodeGroup 'nodes':");
  expect([namesOf(made, TEMPLATE), namesOf(made, "aws:iam/role:Role")]).toEqual([[], []]);
});
