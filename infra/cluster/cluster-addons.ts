import * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../../core/data/addon-versions.js";
import { DEFAULT_KUBERNETES_VERSION } from "../../core/data/kubernetes-versions.js";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import { refuse } from "../errors.js";
import { podIdentityTrust } from "../identity/pod-identity-trust.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole } from "../identity/role.js";
import { after } from "../options.js";
import type { Tags } from "../options.js";
import { createAddon } from "./addon.js";
import { planAddons } from "./version.js";
import type { AddonVersions } from "./version.js";

/** Volumes for pods. */
export interface BlockStorage {
  /** ARN of the key that encrypts the volumes; its policy admits EC2, as that of {@link EncryptionKeys}. */
  readonly volumesKeyArn: pulumi.Input<string>;
}

/** Arguments of {@link ClusterAddons}. */
export interface ClusterAddonsArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  /**
   * Minor version of the cluster; it chooses the pinned add-on versions.
   *
   * @default "1.36"
   */
  readonly kubernetesVersion?: string;
  /**
   * Installs the EBS CSI driver, by which pods get volumes.
   *
   * @default - no driver: a pod that claims a volume waits for ever
   */
  readonly blockStorage?: BlockStorage;
  /**
   * Versions of add-ons instead of the pinned ones.
   *
   * @default - the pinned versions for the Kubernetes version
   */
  readonly addonVersions?: AddonVersions;
  /**
   * The boundary of the EBS CSI driver's role.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * The add-ons that run on nodes and are not ready before there are some: CoreDNS and, by choice, the EBS CSI driver.
 * Pass `{ dependsOn: nodeGroup }`; created earlier, EKS reports them degraded until it gives up.
 */
export class ClusterAddons extends pulumi.ComponentResource {
  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ClusterAddons", name, {}, opts);
    const addons: readonly AddonName[] =
      args.blockStorage === undefined ? ["coredns"] : ["coredns", "aws-ebs-csi-driver"];
    const plan = planAddons(addons, args.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION, args.addonVersions);
    refuse(`ClusterAddons '${name}'`, plan.issues);

    createAddon(
      name,
      { addon: "coredns", version: plan.versions.coredns, clusterName: args.clusterName, tags: args.tags },
      { parent: this, dependsOn: after(opts) },
    );
    if (args.blockStorage !== undefined)
      this.createBlockStorage(name, args, args.blockStorage, plan.versions["aws-ebs-csi-driver"], opts);
    this.registerOutputs();
  }

  private createBlockStorage(
    name: string,
    args: ClusterAddonsArgs,
    storage: BlockStorage,
    version: string,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): void {
    const account = accountOf(this);
    const serviceAccount = "ebs-csi-controller-sa";
    const { role, attachments } = createRole(this, account, `${name}-ebs-csi-role`, {
      description: "the EBS CSI driver, which makes and attaches volumes",
      trust: podIdentityTrust(account, { clusterArn: args.clusterArn, namespace: "kube-system", serviceAccount }),
      awsPolicies: ["service-role/AmazonEBSCSIDriverPolicy"],
      statements: volumeKeyStatements(account, storage.volumesKeyArn),
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    createAddon(
      name,
      {
        addon: "aws-ebs-csi-driver",
        version,
        clusterName: args.clusterName,
        identity: { serviceAccount, roleArn: role.arn },
        tags: args.tags,
      },
      { parent: this, dependsOn: after(opts, ...attachments) },
    );
  }
}

/** The use of one key through EC2, and the grant under which EC2 mounts what it encrypted. */
function volumeKeyStatements(account: Account, keyArn: pulumi.Input<string>): Statement[] {
  const resources = [keyArn];
  const through = pulumi.interpolate`ec2.${account.region}.${account.dnsSuffix}`;
  return [
    {
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources,
      conditions: { StringEquals: { "kms:ViaService": through } },
    },
    {
      actions: ["kms:CreateGrant"],
      resources,
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
