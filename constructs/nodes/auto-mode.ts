import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { hasToken } from "../../core/token.js";
import { checkKeyArn, checkSubdomain, checkWhole, validateWith } from "../checks.js";
import { objectOf } from "../objects.js";
import { checkIds, checkTags } from "./checks.js";
import type { NodeClassRef } from "./node-class-ref.js";

/** The defaults of {@link AutoModeNodeClassProps}. */
export const AUTO_MODE_NODE_DEFAULTS = { dataVolumeGiB: 80, fips: false } as const;

/** Arguments of {@link AutoModeNodeClass}. Ids, names and ARNs may be tokens. */
export interface AutoModeNodeClassProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** Name of the nodes' role, which has an access entry of the type `EC2` with the policy `AmazonEKSAutoNodePolicy`. */
  readonly role: string;
  /** Private subnets, in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Security groups of nodes and pods. */
  readonly securityGroupIds: readonly string[];
  /** ARN of the customer key for volumes, the read-only one of the system included. */
  readonly volumesKeyArn: string;
  /**
   * Private subnets in which pods get their addresses.
   *
   * @default - the nodes' own
   */
  readonly podSubnetIds?: readonly string[];
  /**
   * Size of each node's data volume.
   *
   * @default 80
   */
  readonly dataVolumeGiB?: number;
  /**
   * Whether nodes use cryptography validated by FIPS 140-3; AWS has such images in Regions of the United States and Canada.
   *
   * @default false
   */
  readonly fips?: boolean;
  /**
   * Tags of machines, volumes and interfaces.
   *
   * @default - those of EKS
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The nodes that EKS Auto Mode starts (`NodeClass`), with the guarantees of a `NodeGroup`: no public address, volumes under the
 * customer key, and pods that reach nobody and are reached by nobody until a network policy says so. Metadata version 2 with one
 * hop, Bottlerocket, SELinux and no login are Auto Mode's own and cannot be changed
 * (https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html).
 *
 * Network policies hold only with {@link AutoModeNetworkPolicy} in the cluster, before the first node.
 */
export class AutoModeNodeClass extends Construct {
  /** For {@link HardenedNodePool}. */
  readonly ref: NodeClassRef;

  constructor(scope: Construct, id: string, props: AutoModeNodeClassProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.ref = { group: "eks.amazonaws.com", kind: "NodeClass", name };
    const { podSubnetIds, tags } = props;
    const dataVolumeGiB = props.dataVolumeGiB ?? AUTO_MODE_NODE_DEFAULTS.dataVolumeGiB;
    const ids = (of: readonly string[]) => of.map((one) => ({ id: one }));
    objectOf(this, "Resource", {
      apiVersion: "eks.amazonaws.com/v1",
      kind: "NodeClass",
      name,
      body: {
        spec: {
          role: props.role,
          subnetSelectorTerms: ids(props.subnetIds),
          securityGroupSelectorTerms: ids(props.securityGroupIds),
          ...(podSubnetIds === undefined
            ? {}
            : {
                podSubnetSelectorTerms: ids(podSubnetIds),
                podSecurityGroupSelectorTerms: ids(props.securityGroupIds),
              }),
          networkPolicy: "DefaultDeny",
          networkPolicyEventLogs: "Enabled",
          ephemeralStorage: { size: `${dataVolumeGiB}Gi`, kmsKeyID: props.volumesKeyArn },
          advancedNetworking: { associatePublicIPAddress: false },
          advancedSecurity: { fips: props.fips ?? AUTO_MODE_NODE_DEFAULTS.fips },
          ...(tags === undefined ? {} : { tags }),
        },
      },
    });
    validateWith(this, () => [
      ...checkSubdomain("name", name),
      ...checkRole(props.role),
      ...checkIds("subnetIds", "subnet-", props.subnetIds, 2),
      ...checkIds("securityGroupIds", "sg-", props.securityGroupIds, 1),
      ...(podSubnetIds === undefined ? [] : checkIds("podSubnetIds", "subnet-", podSubnetIds, 2)),
      ...checkKeyArn("volumesKeyArn", props.volumesKeyArn),
      ...checkWhole("dataVolumeGiB", dataVolumeGiB, 20, 16_384),
      ...checkTags(tags),
    ]);
  }
}

/**
 * Switches network policies on under EKS Auto Mode: the ConfigMap that its controller reads. Without it policies are stored and
 * not enforced; a node that runs already enforces them after it was replaced
 * (https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html).
 */
export class AutoModeNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    objectOf(this, "Resource", {
      apiVersion: "v1",
      kind: "ConfigMap",
      name: "amazon-vpc-cni",
      namespace: "kube-system",
      body: { data: { "enable-network-policy-controller": "true" } },
    });
  }
}

/** The class takes a role's name; an ARN is the common mistake. */
function checkRole(role: string): readonly Issue[] {
  if (hasToken(role) || /^[\w+=,.@-]{1,64}$/.test(role)) return [];
  return [issue("Malformed", "role", "must be the name of a role", role, "Write the name, not the ARN")];
}
