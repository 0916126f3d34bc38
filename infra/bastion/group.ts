import * as autoscaling from "@pulumi/aws/autoscaling/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { newestImageParameter } from "./image.js";
import { METADATA } from "./machine.js";
import type { MachineSpec } from "./machine.js";

/** What a group of instances needs beside what one instance does. */
export interface GroupSpec extends MachineSpec {
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly instances: number;
  readonly maxLifetimeDays: number;
  readonly transformLaunchTemplate: ((args: ec2.LaunchTemplateArgs) => ec2.LaunchTemplateArgs) | undefined;
}

/** Seconds until a new instance is up and its agent has registered. */
const WARMUP_SECONDS = 120;

const DAY_SECONDS = 86_400;

/** The root volume of Amazon Linux 2023. */
const ROOT_DEVICE = "/dev/xvda";

/** An instance is started before the one that it replaces ends: there is never one fewer than asked for. */
const REPLACEMENT = { minHealthyPercentage: 100, maxHealthyPercentage: 200 } as const;

/**
 * Instances over the zones. Each gets old and is replaced after its lifetime, by one with the image that is newest then; a
 * changed template replaces all of them, one after the other.
 */
export function createGroup(parent: pulumi.Resource, name: string, spec: GroupSpec): autoscaling.Group {
  const template = createLaunchTemplate(parent, name, spec);
  return new autoscaling.Group(
    name,
    {
      vpcZoneIdentifiers: [...spec.subnetIds],
      minSize: spec.instances,
      desiredCapacity: spec.instances,
      maxSize: spec.instances * 2,
      // A number, not `$Latest`: a change of the template is then a change here, which starts the refresh.
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      healthCheckType: "EC2",
      healthCheckGracePeriod: WARMUP_SECONDS,
      defaultInstanceWarmup: WARMUP_SECONDS,
      maxInstanceLifetime: spec.maxLifetimeDays * DAY_SECONDS,
      instanceMaintenancePolicy: REPLACEMENT,
      instanceRefresh: { strategy: "Rolling", preferences: REPLACEMENT },
      tags: Object.entries(spec.tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    { parent, dependsOn: spec.dependsOn },
  );
}

function createLaunchTemplate(parent: pulumi.Resource, name: string, spec: GroupSpec): ec2.LaunchTemplate {
  const args: ec2.LaunchTemplateArgs = {
    description: "Bastion",
    updateDefaultVersion: true,
    imageId: spec.image.imageId ?? newestImageParameter(spec.instanceType),
    instanceType: spec.instanceType,
    iamInstanceProfile: { arn: spec.profile.arn },
    metadataOptions: METADATA,
    blockDeviceMappings: [
      {
        deviceName: ROOT_DEVICE,
        ebs: { encrypted: "true", kmsKeyId: spec.volumesKeyArn, volumeType: "gp3", deleteOnTermination: "true" },
      },
    ],
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: [spec.securityGroupId],
      },
    ],
    ebsOptimized: "true",
    monitoring: { enabled: true },
    userData: spec.userData.apply((text) => Buffer.from(text, "utf8").toString("base64")),
    tagSpecifications: ["volume", "network-interface"].map((resourceType) => ({ resourceType, tags: spec.tags })),
    tags: spec.tags,
  };
  return new ec2.LaunchTemplate(name, spec.transformLaunchTemplate?.(args) ?? args, { parent });
}
