import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { imageArchitectureOf, newestImageId } from "./image.js";
import { METADATA } from "./machine.js";
import type { MachineSpec } from "./machine.js";

/** One instance, which keeps its image unless that is pinned. */
export function createInstance(
  parent: pulumi.Resource,
  name: string,
  subnetId: pulumi.Input<string>,
  spec: MachineSpec,
  transform: ((args: ec2.InstanceArgs) => ec2.InstanceArgs) | undefined,
): ec2.Instance {
  const { imageId } = spec.image;
  const args: ec2.InstanceArgs = {
    ami: imageId ?? newestImageId(parent, spec.instanceType),
    instanceType: spec.instanceType,
    subnetId,
    vpcSecurityGroupIds: [spec.securityGroupId],
    associatePublicIpAddress: false,
    iamInstanceProfile: spec.profile.name,
    metadataOptions: METADATA,
    rootBlockDevice: {
      encrypted: true,
      kmsKeyId: spec.volumesKeyArn,
      volumeType: "gp3",
      deleteOnTermination: true,
      tags: spec.tags,
    },
    ebsOptimized: true,
    monitoring: true,
    userData: spec.userData,
    userDataReplaceOnChange: true,
    tags: spec.tags,
  };
  // The image is kept when the type changes. Other processors do not run it: they get an instance of another name.
  const other = imageId === undefined && imageArchitectureOf(spec.instanceType) !== "arm64";
  return new ec2.Instance(other ? `${name}-x86` : name, transform?.(args) ?? args, {
    parent,
    ignoreChanges: imageId === undefined ? ["ami"] : [],
    dependsOn: spec.dependsOn,
  });
}
