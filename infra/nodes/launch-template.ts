import type * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** What {@link launchTemplateArgs} reads. */
export interface LaunchTemplateSpec {
  readonly name: string;
  readonly securityGroupIds: readonly pulumi.Input<string>[];
  readonly volumesKeyArn: pulumi.Input<string>;
  readonly dataVolumeGiB: number;
  readonly tags: Tags | undefined;
}

/**
 * Bottlerocket settings that EKS merges with its own. The host containers give a way to a node by Session Manager; the
 * nodes' role does not allow it, so they would only pull an image at every boot.
 * https://bottlerocket.dev/en/os/latest/api/settings/host-containers/
 */
export const BOTTLEROCKET_SETTINGS = `[settings.host-containers.admin]
enabled = false

[settings.host-containers.control]
enabled = false
`;

/** The launch template of Bottlerocket nodes: what a managed node group cannot say itself. */
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
    description: "Bottlerocket nodes",
    updateDefaultVersion: true,
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      // One hop ends at the node: a pod with an address of its own does not reach the node's credentials.
      httpPutResponseHopLimit: 1,
      httpProtocolIpv6: "disabled",
      instanceMetadataTags: "disabled",
    },
    // The operating system, at the size of its image, and the data volume with images, logs and ephemeral storage.
    blockDeviceMappings: [volume("/dev/xvda"), volume("/dev/xvdb", spec.dataVolumeGiB)],
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: [...spec.securityGroupIds],
      },
    ],
    monitoring: { enabled: true },
    userData: Buffer.from(BOTTLEROCKET_SETTINGS, "utf8").toString("base64"),
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    tags,
  };
}
