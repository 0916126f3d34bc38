import * as eks from "@pulumi/aws/eks/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import { nameIssues } from "../checks.js";
import type { ClusterRef } from "../cluster/reference.js";
import type { KeysRef } from "../encryption/reference.js";
import { refuse } from "../errors.js";
import { serviceAccountIssues } from "../identity/kubernetes-names.js";
import { PodIdentity } from "../identity/pod-identity.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import type { NetworkRef } from "../network/reference.js";
import { CLUSTER_REF, NETWORK_REF, keysRef, needs } from "../reference-shapes.js";
import { createInterruptionQueue } from "./interruption-queue.js";
import { controllerStatements } from "./karpenter-policy.js";
import { NODE_GROUP_DEFAULTS } from "./node-group-args.js";
import { createNodeRole } from "./node-role.js";
import { sharedIssues, webhookPortIssues } from "./plan.js";
import { NodeSubnets, subnetIdIssues } from "./subnets.js";
import { createNodeSecurityGroup } from "./traffic.js";

/** The defaults of {@link KarpenterArgs}. */
export const KARPENTER_DEFAULTS = {
  namespace: "kube-system",
  serviceAccount: "karpenter",
  webhookPorts: NODE_GROUP_DEFAULTS.webhookPorts,
} as const;

/** The longest name: that of the controller's role is sixteen characters longer, and Pulumi adds eight; IAM takes 64. */
const LONGEST_NAME = 40;

/** Arguments of {@link Karpenter}. */
export interface KarpenterArgs {
  /** Where nodes and pods get their addresses; with the endpoints of the feature `karpenter` where there is no internet. */
  readonly network: NetworkRef;
  readonly cluster: ClusterRef;
  /** The key that encrypts the volumes; its policy admits EC2, as that of {@link EncryptionKeys}. */
  readonly keys: Pick<KeysRef, "volumesKeyArn">;
  /**
   * Where the nodes live.
   *
   * @default - the subnets of nodes of the network
   */
  readonly subnets?: NodeSubnets;
  /**
   * The security group of a node group of the cluster, to share it. CoreDNS and Karpenter itself run on that group's nodes, and
   * pods reach them only so.
   *
   * @default - a security group of its own, with the rules that nodes need
   */
  readonly securityGroupId?: pulumi.Input<string>;
  /**
   * The namespace of Karpenter's service account.
   *
   * @default "kube-system"
   */
  readonly namespace?: string;
  /**
   * The service account of Karpenter's controller, which its chart makes.
   *
   * @default "karpenter"
   */
  readonly serviceAccount?: string;
  /**
   * Ports on which admission webhooks and aggregated APIs of pods listen.
   *
   * @default [4443, 8443, 9443, 10251]
   */
  readonly webhookPorts?: readonly number[];
  /**
   * Repository prefixes of pull-through caches that nodes may fill, as {@link Registry} has them.
   *
   * @default - none
   */
  readonly pullThroughPrefixes?: readonly string[];
  /**
   * The boundary of the roles. The controller passes the nodes' role to EC2: a {@link PermissionsBoundary} allows that with
   * `nodeRoleNames: ["<name>-nodes-*"]`.
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

/** Values of Karpenter's Helm chart (`oci://public.ecr.aws/karpenter/karpenter`, 1.x) that depend on what is here. */
export interface KarpenterValues {
  readonly serviceAccount: { readonly create: true; readonly name: string };
  readonly settings: {
    readonly clusterName: string;
    readonly clusterEndpoint: pulumi.Input<string>;
    readonly interruptionQueue: pulumi.Output<string>;
    /** Without internet prices come from a table in Karpenter: their service has no endpoint everywhere. */
    readonly isolatedVPC: boolean;
  };
  /** The controller would ask the metadata service for its Region, which answers no pod. */
  readonly controller: { readonly env: readonly [{ readonly name: "AWS_REGION"; readonly value: string }] };
}

/**
 * Karpenter as the alternative to node groups: what it needs in AWS. A role for its controller by Pod Identity, bound to this
 * cluster's machines; a role, an instance profile and an access entry for the nodes that it starts; a security group; and the
 * queue that tells it which machines will go.
 *
 * The controller itself comes by its Helm chart with {@link values}, on a small {@link NodeGroup} or on Fargate; what nodes it
 * makes is said in the cluster, by the constructs `HardenedNodeClass` and `HardenedNodePool`.
 */
export class Karpenter extends pulumi.ComponentResource {
  /** For the chart: `values` of a Helm release, or printed for GitOps. */
  readonly values: KarpenterValues;
  readonly controllerRoleArn: pulumi.Output<string>;
  readonly nodeRoleArn: pulumi.Output<string>;
  /** For `HardenedNodeClass`: the nodes' role as EC2 takes it. */
  readonly instanceProfileName: pulumi.Output<string>;
  /** For `HardenedNodeClass`: the security group of nodes and pods. */
  readonly securityGroupId: pulumi.Output<string>;
  /** For `HardenedNodeClass`. */
  readonly subnetIds: pulumi.Output<string[]>;
  readonly queueName: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: KarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Karpenter", name, {}, opts);
    needs(`Karpenter '${name}'`, args, { network: NETWORK_REF, cluster: CLUSTER_REF, keys: keysRef("volumesKeyArn") });
    const { network, cluster, keys, tags, permissionsBoundaryArn } = args;
    const subnets = args.subnets ?? NodeSubnets.of(...network.nodes.ids);
    const internet = network.egress.kind !== "none";
    refuse(`Karpenter '${name}'`, argsIssues(name, args, subnets));
    const account = accountOf(this);

    const security =
      args.securityGroupId === undefined
        ? createNodeSecurityGroup(this, `${name}-nodes`, {
            ...{ network, cluster, tags },
            webhookPorts: args.webhookPorts ?? KARPENTER_DEFAULTS.webhookPorts,
          })
        : { id: args.securityGroupId, rules: [] };
    const nodeRole = createNodeRole(this, account, `${name}-nodes`, {
      clusterName: cluster.name,
      pullThroughPrefixes: args.pullThroughPrefixes ?? [],
      ...{ permissionsBoundaryArn, tags },
    });
    const profile = new iam.InstanceProfile(
      `${name}-nodes`,
      { role: nodeRole.role.name, tags: named(`${name}-nodes`, tags) },
      { parent: this },
    );
    const entry = new eks.AccessEntry(
      `${name}-nodes`,
      {
        clusterName: cluster.name,
        principalArn: nodeRole.role.arn,
        type: "EC2_LINUX",
        tags: named(`${name}-nodes`, tags),
      },
      { parent: this, dependsOn: after(opts) },
    );
    const queue = createInterruptionQueue(this, account, `${name}-interruptions`, tags);
    const { namespace, serviceAccount } = subjectOf(args);
    const controller = new PodIdentity(
      `${name}-controller`,
      {
        ...{ cluster, namespace, serviceAccount },
        statements: controllerStatements(account, {
          clusterName: cluster.clusterName,
          clusterArn: cluster.arn,
          nodeRoleArn: nodeRole.role.arn,
          instanceProfileArn: profile.arn,
          queueArn: queue.arn,
          volumesKeyArn: keys.volumesKeyArn,
          subnetIds: subnets.ids,
          securityGroupIds: [security.id],
          internet,
        }),
        ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
        ...(tags === undefined ? {} : { tags }),
      },
      { parent: this, dependsOn: after(opts, entry, ...nodeRole.attachments, ...security.rules) },
    );

    this.controllerRoleArn = controller.roleArn;
    this.nodeRoleArn = nodeRole.role.arn;
    this.instanceProfileName = profile.name;
    this.securityGroupId = pulumi.output(security.id);
    this.subnetIds = pulumi.output([...subnets.ids]);
    this.queueName = queue.name;
    this.values = {
      serviceAccount: { create: true, name: serviceAccount },
      settings: {
        clusterName: cluster.clusterName,
        clusterEndpoint: cluster.endpoint,
        interruptionQueue: queue.name,
        isolatedVPC: !internet,
      },
      controller: { env: [{ name: "AWS_REGION", value: network.region }] },
    };
    this.registerOutputs(
      published(
        {
          values: this.values,
          instanceProfileName: this.instanceProfileName,
          securityGroupId: this.securityGroupId,
          subnetIds: this.subnetIds,
        },
        subnets.relaxation === undefined ? [] : [subnets.relaxation],
      ),
    );
  }
}

function subjectOf({ namespace, serviceAccount }: KarpenterArgs): {
  readonly namespace: string;
  readonly serviceAccount: string;
} {
  return {
    namespace: namespace ?? KARPENTER_DEFAULTS.namespace,
    serviceAccount: serviceAccount ?? KARPENTER_DEFAULTS.serviceAccount,
  };
}

function argsIssues(name: string, args: KarpenterArgs, subnets: NodeSubnets): Issue[] {
  return [
    ...nameIssues(name, LONGEST_NAME),
    ...subnetIdIssues(args.subnets === undefined ? "network.nodes.ids" : "subnets", subnets.ids, subnets.fewest),
    ...webhookPortIssues(args.webhookPorts ?? []),
    ...sharedIssues(args),
    ...serviceAccountIssues(subjectOf(args)),
  ];
}
