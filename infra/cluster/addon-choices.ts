import type * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../../core/data/addon-versions.js";
import type { AddonOptions } from "./addon.js";

/** Volumes of EBS for pods. */
export interface EbsCsiOptions extends AddonOptions {
  /**
   * What the driver may change: `cluster`, the volumes and snapshots of this cluster, on machines that carry the tag
   * `eks:cluster-name` (managed node groups do) or `ebs.csi.aws.com/cluster-name`; `account`, those that any such driver made.
   * Volumes from before April 2026 have no tag of their cluster: tag them, or choose `account`.
   *
   * @default - `cluster`
   */
  readonly scope?: "cluster" | "account";
}

/** File systems of EFS for pods. */
export interface EfsCsiOptions extends AddonOptions {
  /**
   * ARNs of the file systems that pods may mount and in which the driver makes access points; at least one. Their mount targets
   * are in the security group of nodes, or nodes in one by which they reach them (`additionalSecurityGroupIds`): NFS goes to port
   * 2049, and nodes call nobody but one another on it.
   */
  readonly fileSystemArns: readonly [pulumi.Input<string>, ...pulumi.Input<string>[]];
}

/** Certificates for what runs in the cluster. */
export interface CertManagerOptions extends AddonOptions {
  /**
   * ARNs of the Route 53 zones in which it proves who owns a name (DNS-01). The way to Route 53 leads through the internet.
   *
   * @default - none: it has no rights in AWS
   */
  readonly hostedZoneArns?: readonly pulumi.Input<string>[];
}

/** Records in Route 53 for Services and Ingresses. The way to Route 53 leads through the internet. */
export interface ExternalDnsOptions extends AddonOptions {
  /** ARNs of the zones that it writes to; at least one. */
  readonly hostedZoneArns: readonly [pulumi.Input<string>, ...pulumi.Input<string>[]];
  /**
   * Domains that it cares about: `example.com`.
   *
   * @default - those of the zones
   */
  readonly domains?: readonly string[];
  /**
   * Whether it deletes records whose Service is gone: `sync` does, `upsert-only` does not.
   *
   * @default - `upsert-only`
   */
  readonly policy?: "upsert-only" | "sync";
}

/** The add-ons that run on nodes, by choice; what is not named is not installed. */
export interface AddonChoices {
  /**
   * Volumes of EBS for pods; built into Auto Mode.
   *
   * @default - none
   */
  readonly ebsCsi?: EbsCsiOptions;
  /**
   * File systems of EFS for pods.
   *
   * @default - none
   */
  readonly efsCsi?: EfsCsiOptions;
  /**
   * Snapshots of volumes, with the kinds of objects that they need.
   *
   * @default - none
   */
  readonly snapshotController?: AddonOptions;
  /**
   * CPU and memory of pods for autoscalers and `kubectl top`; the control plane calls it on port 10251 of the nodes.
   *
   * @default - none
   */
  readonly metricsServer?: AddonOptions;
  /**
   * Finds broken kernels, disks and networks of nodes, for node repair; built into Auto Mode.
   *
   * @default - none
   */
  readonly nodeMonitoringAgent?: AddonOptions;
  /**
   * Runtime monitoring by GuardDuty, where GuardDuty does not install it itself; the network needs its endpoint
   * `guardduty-data`. A restart brings pods under it.
   *
   * @default - none
   */
  readonly guardDutyAgent?: AddonOptions;
  /**
   * Certificates; maintained by its community.
   *
   * @default - none
   */
  readonly certManager?: CertManagerOptions;
  /**
   * Records in Route 53; maintained by its community.
   *
   * @default - none
   */
  readonly externalDns?: ExternalDnsOptions;
  /**
   * Metrics of the objects in the cluster; maintained by its community.
   *
   * @default - none
   */
  readonly kubeStateMetrics?: AddonOptions;
  /**
   * Metrics of nodes; maintained by its community. It mounts the root of the node, for reading.
   *
   * @default - none
   */
  readonly nodeExporter?: AddonOptions;
}

/** Add-ons by their EKS name. */
export const CHOSEN_ADDONS = {
  ebsCsi: "aws-ebs-csi-driver",
  efsCsi: "aws-efs-csi-driver",
  snapshotController: "snapshot-controller",
  metricsServer: "metrics-server",
  nodeMonitoringAgent: "eks-node-monitoring-agent",
  guardDutyAgent: "aws-guardduty-agent",
  certManager: "cert-manager",
  externalDns: "external-dns",
  kubeStateMetrics: "kube-state-metrics",
  nodeExporter: "prometheus-node-exporter",
} as const satisfies Readonly<Record<keyof AddonChoices, AddonName>>;

/** What Auto Mode has built in (https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html). */
export const BUILT_INTO_AUTO_MODE: readonly (keyof AddonChoices)[] = ["ebsCsi", "nodeMonitoringAgent"];

/** What is installed when nobody chooses: on nodes that are yours, volumes. */
export const DEFAULT_ADDONS: AddonChoices = { ebsCsi: {} };
