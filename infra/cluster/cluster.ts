import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { accountOf } from "../account.js";
import { createLogGroup } from "../log-group.js";
import { after, named, published } from "../options.js";
import { NETWORK_REF, keysRef, needs } from "../reference-shapes.js";
import type { ClusterArgs } from "./args.js";
import { createAutoNodeAccess, createAutoNodeRole } from "./auto-mode.js";
import type { AutoModeRef } from "./auto-mode.js";
import { clusterInputs, planCluster } from "./plan.js";
import { createControlPlaneEgress } from "./control-plane-egress.js";
import { createControlPlaneRole } from "./control-plane-role.js";
import { existingCluster } from "./existing.js";
import type { ExistingClusterArgs } from "./existing.js";
import { createNodeAddons } from "./node-addons.js";
import type { ClusterRef } from "./reference.js";
import { createRemoteAccess } from "./remote-networks.js";

/**
 * An EKS control plane: private endpoint, IAM access entries only and none implied, all logs kept and encrypted, Secrets
 * under a customer key, protected against deletion; with the add-ons that nodes need to join (VPC CNI with network
 * policy, kube-proxy, the Pod Identity agent), which Auto Mode has built in.
 *
 * Nobody has access until {@link Access} names somebody. CoreDNS waits for nodes: see {@link ClusterAddons}.
 */
export class Cluster extends pulumi.ComponentResource implements ClusterRef {
  /** The name as a plain value. */
  readonly clusterName: string;
  /** Minor version, plain. */
  readonly kubernetesVersion: string;
  /** Virtual addresses of Services; of an IPv6 cluster, the block of which EKS chooses. */
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
  /** The issuer of service account tokens. */
  readonly oidcIssuer: pulumi.Output<string>;
  /** The group that EKS itself makes and puts on its interfaces. Ringfence's node groups do not use it. */
  readonly eksSecurityGroupId: pulumi.Output<string>;
  /** What node classes of Auto Mode name; `undefined` without Auto Mode. */
  readonly autoMode: AutoModeRef | undefined;
  /** The cluster itself, for `deletedWith` on what lives inside it. */
  readonly resource: eks.Cluster;

  /**
   * A cluster that is there already, for components that take one. Makes and looks up nothing.
   *
   * @throws pulumi.RunError with every problem of the values that are known.
   */
  static existing(args: ExistingClusterArgs): ClusterRef {
    return existingCluster(args);
  }

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Cluster", name, {}, opts);
    needs(`Cluster '${name}'`, args, { network: NETWORK_REF, keys: keysRef("secretsKeyArn", "logsKeyArn") });
    const plan = planCluster(name, args);
    this.clusterName = plan.clusterName;
    this.kubernetesVersion = plan.kubernetesVersion;
    this.serviceCidr = plan.serviceCidr;
    if (plan.warning !== undefined) void pulumi.log.warn(plan.warning, this);
    const account = accountOf(this);
    const { tags, permissionsBoundaryArn, autoMode } = args;

    const securityGroup = this.createSecurityGroup(name, args);
    const logGroup = createLogGroup(this, `${name}-logs`, {
      // EKS writes to this name, and would make the group itself, unencrypted and for ever, were it not there.
      logGroupName: `/aws/eks/${this.clusterName}/cluster`,
      keyArn: args.keys.logsKeyArn,
      retentionDays: args.logRetentionDays,
      tags,
    });
    const role = createControlPlaneRole(this, account, name, {
      clusterName: this.clusterName,
      autoMode,
      volumesKeyArn: args.keys.volumesKeyArn,
      permissionsBoundaryArn,
      tags,
    });
    const nodeRole =
      autoMode?.enabled === true
        ? createAutoNodeRole(this, account, name, { permissionsBoundaryArn, tags })
        : undefined;
    const inputs = clusterInputs(args, plan, {
      roleArn: role.role.arn,
      securityGroupId: securityGroup.id,
      autoNodeRoleArn: nodeRole?.role.arn,
    });
    const cluster = new eks.Cluster(name, args.transformCluster?.(inputs) ?? inputs, {
      parent: this,
      protect: plan.protection.enabled,
      // EKS takes no subnet outside the zones that the cluster was made in, and a network may get another zone.
      ignoreChanges: ["vpcConfig.subnetIds"],
      dependsOn: after(opts, logGroup, ...role.attachments, ...(nodeRole?.attachments ?? [])),
    });
    if (plan.addonVersions !== undefined)
      createNodeAddons(this, account, name, {
        cluster,
        network: args.network,
        options: args.nodeAddons,
        versions: plan.addonVersions,
        permissionsBoundaryArn,
        tags,
      });
    createControlPlaneEgress(this, name, plan.egress, { controlPlaneSecurityGroupId: securityGroup.id, tags });
    if (args.remoteNetworks !== undefined)
      createRemoteAccess(this, name, {
        remote: args.remoteNetworks,
        cluster,
        controlPlaneSecurityGroupId: securityGroup.id,
        tags,
      });
    if (nodeRole !== undefined && (autoMode?.options.builtInPools ?? []).length === 0)
      createAutoNodeAccess(this, account, name, { cluster, nodeRoleArn: nodeRole.role.arn, tags });

    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.controlPlaneSecurityGroupId = securityGroup.id;
    this.oidcIssuer = cluster.identities.apply((found) => found[0]?.oidcs[0]?.issuer ?? "");
    this.eksSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.autoMode =
      nodeRole === undefined
        ? undefined
        : {
            nodeRoleName: nodeRole.role.name,
            nodeRoleArn: nodeRole.role.arn,
            securityGroupId: this.eksSecurityGroupId,
            besideNodeGroups: plan.addonVersions !== undefined,
          };
    this.resource = cluster;
    const choices = [plan.protection, plan.endpointAccess, plan.logs, plan.support, plan.upgradeChecks];
    const outputs = { name: this.name, arn: this.arn, endpoint: this.endpoint, oidcIssuer: this.oidcIssuer };
    this.registerOutputs(
      published(
        outputs,
        choices.flatMap(({ relaxation }) => relaxation ?? []),
      ),
    );
  }

  private createSecurityGroup(name: string, args: ClusterArgs): ec2.SecurityGroup {
    return new ec2.SecurityGroup(
      `${name}-control-plane`,
      {
        vpcId: args.network.vpcId,
        description: "Interfaces of the EKS control plane; callers of the API are allowed one by one",
        tags: named(`${name}-control-plane`, args.tags),
      },
      { parent: this },
    );
  }
}
