import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { bottlerocketSettings, nodeSettingsIssues, planNodeSettings } from "../../core/node-settings.js";
import type { NodeSettings } from "../../core/node-settings.js";
import { tomlOf } from "../../core/toml.js";
import { checkKeyArn, checkSubdomain, checkWhole, validateWith } from "../checks.js";
import { objectOf } from "../objects.js";
import { checkIds, checkTags } from "./checks.js";
import { BOTTLEROCKET_VERSION } from "./data/bottlerocket-version.js";
import type { NodeClassRef } from "./node-class-ref.js";

/** The defaults of {@link HardenedNodeClassProps}. */
export const NODE_CLASS_DEFAULTS = {
  bottlerocketVersion: BOTTLEROCKET_VERSION,
  maxPods: 110,
  dataVolumeGiB: 50,
  nvidia: false,
} as const;

/** Arguments of {@link HardenedNodeClass}. Ids, names and ARNs may be tokens. */
export interface HardenedNodeClassProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** Name of the nodes' instance profile: `instanceProfileName` of the component `Karpenter`. */
  readonly instanceProfile: string;
  /** Private subnets, in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Security groups of nodes and pods; `securityGroupId` of the component `Karpenter`. */
  readonly securityGroupIds: readonly string[];
  /** ARN of the customer key for volumes, as `contract.keyArns` holds it. */
  readonly volumesKeyArn: string;
  /**
   * The release of Bottlerocket: `1.63.0`. A newer one replaces the nodes, as fast as the pools' budgets allow.
   *
   * @default "1.63.0"
   */
  readonly bottlerocketVersion?: string;
  /**
   * The kubelet and the kernel, as in `NodeGroup`.
   *
   * @default - as in `NodeGroup`, and 110 pods a node: Karpenter does not know of address prefixes
   */
  readonly settings?: NodeSettings;
  /**
   * Size of each node's data volume.
   *
   * @default 50
   */
  readonly dataVolumeGiB?: number;
  /**
   * Whether the class is for machines with NVIDIA GPUs, and for no others. Karpenter takes another image for them, whose drivers
   * are not signed: without this they never come up under the kernel's lockdown.
   *
   * @default false
   */
  readonly nvidia?: boolean;
  /**
   * Tags of machines, volumes and interfaces.
   *
   * @default - those of Karpenter
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The nodes that Karpenter starts (`EC2NodeClass`), with the guarantees of a `NodeGroup`: Bottlerocket of a pinned release,
 * metadata version 2 with one hop, no public address, gp3 volumes under the customer key, the same kubelet and kernel, an
 * instance profile that the controller cannot change (https://karpenter.sh/docs/concepts/nodeclasses/).
 */
export class HardenedNodeClass extends Construct {
  /** For {@link HardenedNodePool}. */
  readonly ref: NodeClassRef;

  constructor(scope: Construct, id: string, props: HardenedNodeClassProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.ref = { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name };
    const { maxPods = NODE_CLASS_DEFAULTS.maxPods, ...others } = planNodeSettings(props.settings);
    const version = props.bottlerocketVersion ?? NODE_CLASS_DEFAULTS.bottlerocketVersion;
    objectOf(this, "Resource", {
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      name,
      body: {
        spec: {
          amiSelectorTerms: [{ alias: `bottlerocket@v${version}` }],
          instanceProfile: props.instanceProfile,
          subnetSelectorTerms: props.subnetIds.map((subnet) => ({ id: subnet })),
          securityGroupSelectorTerms: props.securityGroupIds.map((group) => ({ id: group })),
          associatePublicIPAddress: false,
          metadataOptions: {
            httpEndpoint: "enabled",
            httpProtocolIPv6: "disabled",
            httpPutResponseHopLimit: 1,
            httpTokens: "required",
          },
          blockDeviceMappings: volumes(props),
          detailedMonitoring: true,
          kubelet: { maxPods },
          userData: tomlOf(bottlerocketSettings(others, { nvidia: props.nvidia ?? NODE_CLASS_DEFAULTS.nvidia })),
          ...(props.tags === undefined ? {} : { tags: props.tags }),
        },
      },
    });
    validateWith(this, () => [
      ...checkSubdomain("name", name),
      ...checkIds("subnetIds", "subnet-", props.subnetIds, 2),
      ...checkIds("securityGroupIds", "sg-", props.securityGroupIds, 1),
      ...checkKeyArn("volumesKeyArn", props.volumesKeyArn),
      ...checkRelease(version),
      ...nodeSettingsIssues("settings", props.settings),
      ...checkWhole("dataVolumeGiB", props.dataVolumeGiB ?? NODE_CLASS_DEFAULTS.dataVolumeGiB, 20, 16_384),
      ...checkTags(props.tags),
    ]);
  }
}

/** Bottlerocket's system, at the size that Karpenter gives it, and the volume with images, logs and ephemeral storage. */
function volumes({
  volumesKeyArn,
  dataVolumeGiB = NODE_CLASS_DEFAULTS.dataVolumeGiB,
}: HardenedNodeClassProps): object[] {
  const volume = (deviceName: string, volumeSize: string) => ({
    deviceName,
    ebs: { encrypted: true, kmsKeyID: volumesKeyArn, volumeType: "gp3", volumeSize, deleteOnTermination: true },
  });
  return [volume("/dev/xvda", "4Gi"), volume("/dev/xvdb", `${dataVolumeGiB}Gi`)];
}

function checkRelease(version: string): readonly Issue[] {
  if (/^\d+\.\d+\.\d+$/.test(version)) return [];
  const advice = "Write it like '1.63.0'; 'latest' starts nodes from an image that nobody has tested";
  return [issue("Malformed", "bottlerocketVersion", "must be one release of Bottlerocket", version, advice)];
}
