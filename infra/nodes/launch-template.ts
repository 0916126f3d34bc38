import type * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { NodeOs } from "./data/ami-types.js";

/** What {@link launchTemplateArgs} reads. */
export interface LaunchTemplateSpec {
  readonly name: string;
  readonly os: NodeOs;
  /** The image, where EKS does not choose it. */
  readonly imageId: pulumi.Input<string> | undefined;
  readonly securityGroupIds: readonly pulumi.Input<string>[];
  readonly volumesKeyArn: pulumi.Input<string>;
  readonly dataVolumeGiB: number;
  /** Base64. */
  readonly userData: pulumi.Input<string>;
  readonly tags: Tags | undefined;
}

const DESCRIPTIONS: Readonly<Record<NodeOs, string>> = {
  bottlerocket: "Bottlerocket nodes",
  al2023: "Amazon Linux 2023 nodes",
};

/** The launch template of nodes: what a managed node group cannot say itself. */
export function launchTemplateArgs(spec: LaunchTemplateSpec): ec2.LaunchTemplateArgs {
  const tags = named(spec.name, spec.tags);
  const volume = (deviceName: string, volumeSize?: number) => ({
    deviceName,
    ebs: {
      encrypted: "true",
      kmsKeyId: spec.volumesKeyArn,
      volumeType: "gp3",
      volumeSize,
      deleteOnTermination: "true",
    },
  });
  return {
    description: DESCRIPTIONS[spec.os],
    updateDefaultVersion: true,
    imageId: spec.imageId,
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      // One hop ends at the node: a pod with an address of its own does not reach the node's credentials.
      httpPutResponseHopLimit: 1,
      httpProtocolIpv6: "disabled",
      instanceMetadataTags: "disabled",
    },
    // Bottlerocket has its system on one disk, at the size of its image, and images, logs and ephemeral storage on another.
    blockDeviceMappings:
      spec.os === "bottlerocket"
        ? [volume("/dev/xvda"), volume("/dev/xvdb", spec.dataVolumeGiB)]
        : [volume("/dev/xvda", spec.dataVolumeGiB)],
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: [...spec.securityGroupIds],
      },
    ],
    monitoring: { enabled: true },
    userData: spec.userData,
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    tags,
  };
}
