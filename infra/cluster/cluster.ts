import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { DEFAULT_KUBERNETES_VERSION } from "../../core/data/kubernetes-versions.js";
import { accountOf, arn } from "../account.js";
import type { Account } from "../account.js";
import { refuse } from "../errors.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { CreatedRole } from "../identity/role.js";
import { createLogGroup, retentionIssues } from "../log-group.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { EndpointAccess, endpointAccessIssues } from "./endpoint-access.js";
import { createNodeAddons, NODE_ADDONS } from "./node-addons.js";
import type { NodeAddonVersions } from "./node-addons.js";
import { clusterNameIssues, serviceCidrIssues } from "./plan.js";
import { planAddons, planVersion } from "./version.js";
import type { AddonVersions } from "./version.js";

/** The defaults of {@link ClusterArgs}. */
export const CLUSTER_DEFAULTS = {
  kubernetesVersion: DEFAULT_KUBERNETES_VERSION,
  serviceCidr: "172.20.0.0/16",
} as const;

/** Every log that an EKS control plane writes (CIS EKS 2.1.1). */
export const CLUSTER_LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets for the control plane's interfaces, in at least two zones. Nodes live elsewhere. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** ARN of the key that encrypts Secrets. Once set, a cluster cannot get another. */
  readonly secretsKeyArn: pulumi.Input<string>;
  /** ARN of the key that encrypts the control plane's logs; its policy admits CloudWatch Logs. */
  readonly logsKeyArn: pulumi.Input<string>;
  /**
   * The name in AWS. Another name is another cluster.
   *
   * @default - the component's name
   */
  readonly clusterName?: string;
  /**
   * Minor version. One without standard support is refused, one that loses it within 60 days warns.
   *
   * @default "1.36"
   */
  readonly kubernetesVersion?: string;
  /**
   * The day on which the version is judged.
   *
   * @default - today
   */
  readonly today?: Date;
  /**
   * From where the API can be reached.
   *
   * @default - `EndpointAccess.private()`
   */
  readonly endpointAccess?: EndpointAccess;
  /**
   * Virtual addresses of Services, /12 to /24.
   *
   * @default "172.20.0.0/16"
   */
  readonly serviceCidr?: Cidr;
  /**
   * The VPC's block, to check that Services do not claim its addresses.
   *
   * @default - not checked
   */
  readonly vpcCidr?: Cidr;
  /**
   * Days that the control plane's logs are kept.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Versions of add-ons instead of the pinned ones.
   *
   * @default - the pinned versions for the Kubernetes version
   */
  readonly addonVersions?: AddonVersions;
  /**
   * Whether the cluster may be deleted.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of the roles of control plane and VPC CNI.
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
  /**
   * Last-resort edit of the raw cluster arguments. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformCluster?: (args: eks.ClusterArgs) => eks.ClusterArgs;
}

/**
 * An EKS control plane: private endpoint, IAM access entries only and none implied, all logs kept and encrypted, Secrets
 * under a customer key, protected against deletion; with the add-ons that nodes need to join (VPC CNI with network
 * policy, kube-proxy, the Pod Identity agent).
 *
 * Nobody has access until {@link Access} names somebody. CoreDNS waits for nodes: see {@link ClusterAddons}.
 */
export class Cluster extends pulumi.ComponentResource {
  /** The name as a plain value. */
  readonly clusterName: string;
  /** Minor version, plain. */
  readonly kubernetesVersion: string;
  /** Virtual addresses of Services. */
  readonly serviceCidr: Cidr;
  /** The name as an output of the cluster: what takes it waits for the cluster. */
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** URL of the API: `https://....eks.amazonaws.com`. */
  readonly endpoint: pulumi.Output<string>;
  /** The certificate authority of the API, base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** The group on the control plane's interfaces: what may call the API on 443 is allowed here. */
  readonly controlPlaneSecurityGroupId: pulumi.Output<string>;
  /** The group that EKS itself makes and puts on its interfaces. Ringfence's nodes do not use it. */
  readonly eksSecurityGroupId: pulumi.Output<string>;
  /** The cluster itself, for `deletedWith` on what lives inside it. */
  readonly resource: eks.Cluster;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Cluster", name, {}, opts);
    const plan = planArgs(name, args);
    this.clusterName = plan.clusterName;
    this.kubernetesVersion = plan.kubernetesVersion;
    this.serviceCidr = plan.serviceCidr;
    if (plan.warning !== undefined) void pulumi.log.warn(plan.warning, this);
    const account = accountOf(this);

    const securityGroup = this.createSecurityGroup(name, args);
    const logGroup = createLogGroup(this, `${name}-logs`, {
      // EKS writes to this name, and would make the group itself, unencrypted and for ever, were it not there.
      logGroupName: `/aws/eks/${this.clusterName}/cluster`,
      keyArn: args.logsKeyArn,
      retentionDays: args.logRetentionDays,
      tags: args.tags,
    });
    const role = this.createControlPlaneRole(name, args, account);
    const protection = args.deletionProtection ?? DeletionProtection.on();
    const clusterArgs = this.planCluster(args, role, securityGroup, protection);
    const cluster = new eks.Cluster(name, args.transformCluster?.(clusterArgs) ?? clusterArgs, {
      parent: this,
      protect: protection.enabled,
      dependsOn: after(opts, logGroup, ...role.attachments),
    });
    createNodeAddons(this, account, name, {
      cluster,
      versions: plan.addonVersions,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });

    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.controlPlaneSecurityGroupId = securityGroup.id;
    this.eksSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.resource = cluster;
    const relaxations = [protection, args.endpointAccess].flatMap((choice) => choice?.relaxation ?? []);
    this.registerOutputs(published({ name: this.name, endpoint: this.endpoint }, relaxations));
  }

  private planCluster(
    args: ClusterArgs,
    { role }: CreatedRole,
    securityGroup: ec2.SecurityGroup,
    protection: DeletionProtection,
  ): eks.ClusterArgs {
    const access = args.endpointAccess ?? EndpointAccess.private();
    return {
      name: this.clusterName,
      version: this.kubernetesVersion,
      roleArn: role.arn,
      vpcConfig: {
        subnetIds: [...args.subnetIds],
        securityGroupIds: [securityGroup.id],
        endpointPrivateAccess: true,
        endpointPublicAccess: access.isPublic,
        publicAccessCidrs: access.isPublic ? [...access.publicCidrs] : undefined,
      },
      accessConfig: {
        authenticationMode: "API",
        // Set, not left out: absent it makes whoever runs this an administrator for good.
        bootstrapClusterCreatorAdminPermissions: false,
      },
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: [...CLUSTER_LOG_TYPES],
      encryptionConfig: { provider: { keyArn: args.secretsKeyArn }, resources: ["secrets"] },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: this.serviceCidr },
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: protection.enabled,
      tags: named(this.clusterName, args.tags),
    };
  }

  private createSecurityGroup(name: string, args: ClusterArgs): ec2.SecurityGroup {
    return new ec2.SecurityGroup(
      `${name}-control-plane`,
      {
        vpcId: args.vpcId,
        description: "Interfaces of the EKS control plane; callers of the API are allowed one by one",
        tags: named(`${name}-control-plane`, args.tags),
      },
      { parent: this },
    );
  }

  private createControlPlaneRole(name: string, args: ClusterArgs, account: Account): CreatedRole {
    return createRole(this, account, `${name}-control-plane-role`, {
      description: "the EKS control plane",
      trust: serviceTrust("eks.amazonaws.com", {
        ArnLike: { "aws:SourceArn": arn(account, "eks", `cluster/${this.clusterName}`) },
      }),
      awsPolicies: ["AmazonEKSClusterPolicy"],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
  }
}

interface ClusterPlan {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly serviceCidr: Cidr;
  readonly addonVersions: NodeAddonVersions;
  readonly warning?: string;
}

function planArgs(name: string, args: ClusterArgs): ClusterPlan {
  const clusterName = args.clusterName ?? name;
  const kubernetesVersion = args.kubernetesVersion ?? CLUSTER_DEFAULTS.kubernetesVersion;
  const serviceCidr = args.serviceCidr ?? Cidr.parse(CLUSTER_DEFAULTS.serviceCidr);
  const version = planVersion(kubernetesVersion, args.today ?? new Date());
  const addons = planAddons(NODE_ADDONS, kubernetesVersion, args.addonVersions);
  refuse(`Cluster '${name}'`, [
    ...clusterNameIssues(clusterName),
    ...version.issues,
    ...(version.issues.length > 0 ? [] : addons.issues),
    ...serviceCidrIssues(serviceCidr, args.vpcCidr),
    ...endpointAccessIssues("endpointAccess", args.endpointAccess),
    ...retentionIssues("logRetentionDays", args.logRetentionDays),
  ]);
  const plan = { clusterName, kubernetesVersion, serviceCidr, addonVersions: addons.versions };
  return version.warning === undefined ? plan : { ...plan, warning: version.warning };
}
