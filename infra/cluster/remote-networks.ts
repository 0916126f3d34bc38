import * as eks from "@pulumi/aws/eks/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { listIssues, portIssues, roleArnIssues } from "../checks.js";
import { isPrivate } from "../network/blocks.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** The port of the kubelet. */
const KUBELET = 10_250;
const SHORTEST_REMOTE_PREFIX = 8;

/**
 * Machines outside AWS that join the cluster: EKS Hybrid Nodes
 * (https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-networking.html). The network has a way there: a VPN,
 * Direct Connect or a transit gateway, with routes for both kinds of blocks.
 */
export interface RemoteNetworksOptions {
  /** Blocks in which the machines lie; private IPv4, /8 to /32. */
  readonly nodeCidrs: readonly [Cidr, ...Cidr[]];
  /**
   * Blocks of their pods, where the pod network does not hide them behind the machines, or webhooks run on them; private
   * IPv4, /8 to /32, reachable from the VPC.
   *
   * @default - none
   */
  readonly podCidrs?: readonly Cidr[];
  /**
   * Ports of webhooks that run on those machines; the control plane may call them on the pods' blocks.
   *
   * @default - none
   */
  readonly webhookPorts?: readonly number[];
  /**
   * The role that the machines assume, by Systems Manager or IAM Roles Anywhere; it gets an access entry of type
   * `HYBRID_LINUX`.
   *
   * @default - no access entry: nothing joins
   */
  readonly nodeRoleArn?: pulumi.Input<string>;
}

/** Every block on the other side. */
export function remoteCidrs(remote: RemoteNetworksOptions | undefined): readonly Cidr[] {
  return remote === undefined ? [] : [...remote.nodeCidrs, ...(remote.podCidrs ?? [])];
}

/** Checks remote networks against what EKS accepts (RemoteNodeNetwork, RemotePodNetwork). */
export function remoteNetworkIssues(remote: RemoteNetworksOptions | undefined, vpcCidrs: readonly Cidr[]): Issue[] {
  if (remote === undefined) return [];
  const all = [
    ...remote.nodeCidrs.map((cidr, i) => ({ path: `remoteNetworks.nodeCidrs[${i}]`, cidr })),
    ...(remote.podCidrs ?? []).map((cidr, i) => ({ path: `remoteNetworks.podCidrs[${i}]`, cidr })),
  ];
  const issues = all.flatMap(({ path, cidr }, i) => [
    ...privacyIssues(path, cidr),
    ...vpcCidrs.filter((taken) => Cidr.overlaps(taken, cidr)).map((taken) => clash(path, cidr, `the VPC's ${taken}`)),
    ...all
      .slice(0, i)
      .filter((other) => Cidr.overlaps(other.cidr, cidr))
      .map((other) => clash(path, cidr, other.path)),
  ]);
  if (remote.nodeCidrs.length === 0) {
    const rule = "must name the network of the machines";
    issues.push(issue("Required", "remoteNetworks.nodeCidrs", rule, undefined, "Leave `remoteNetworks` out for none"));
  }
  return [...issues, ...webhookPortIssues(remote), ...roleArnIssues("remoteNetworks.nodeRoleArn", remote.nodeRoleArn)];
}

function privacyIssues(path: string, cidr: Cidr): Issue[] {
  if (isPrivate(cidr) && Cidr.prefixLength(cidr) >= SHORTEST_REMOTE_PREFIX) return [];
  const advice = "EKS takes blocks of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16, up to a single address";
  return [issue("OutOfRange", path, "must be a private IPv4 block", cidr, advice)];
}

function clash(path: string, cidr: Cidr, what: string): Issue {
  return issue("Conflict", path, `must not overlap ${what}`, cidr, "EKS must know by the address where a machine is");
}

function webhookPortIssues({ webhookPorts, podCidrs }: RemoteNetworksOptions): Issue[] {
  const ports = webhookPorts ?? [];
  const issues = listIssues("remoteNetworks.webhookPorts", ports, "port", portIssues);
  if (ports.length > 0 && (podCidrs ?? []).length === 0) {
    const advice = "Name the blocks of the pods that answer webhooks, or leave `webhookPorts` out";
    issues.push(issue("Required", "remoteNetworks.podCidrs", "must go with `webhookPorts`", podCidrs, advice));
  }
  return issues;
}

/** What {@link createRemoteAccess} takes. */
export interface RemoteAccessSpec {
  readonly remote: RemoteNetworksOptions;
  readonly cluster: eks.Cluster;
  readonly controlPlaneSecurityGroupId: pulumi.Input<string>;
  readonly tags: Tags | undefined;
}

/** Lets remote machines and their pods call the API, the API their kubelets and webhooks, and the machines join. */
export function createRemoteAccess(parent: pulumi.Resource, name: string, spec: RemoteAccessSpec): void {
  const { remote, tags } = spec;
  const opts = { parent };
  const rule = (child: string, description: string, cidr: Cidr, port: number) => ({
    securityGroupId: spec.controlPlaneSecurityGroupId,
    description,
    cidrIpv4: cidr,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    tags: named(child, tags),
  });
  for (const cidr of remoteCidrs(remote)) {
    const child = `${name}-api-from-${slug(cidr)}`;
    new vpc.SecurityGroupIngressRule(child, rule(child, "API, from hybrid nodes and their pods", cidr, 443), opts);
  }
  for (const cidr of remote.nodeCidrs) {
    const child = `${name}-kubelet-to-${slug(cidr)}`;
    new vpc.SecurityGroupEgressRule(child, rule(child, "kubelets of hybrid nodes", cidr, KUBELET), opts);
  }
  for (const cidr of remote.podCidrs ?? [])
    for (const port of remote.webhookPorts ?? []) {
      const child = `${name}-webhook-${port}-to-${slug(cidr)}`;
      new vpc.SecurityGroupEgressRule(child, rule(child, "webhooks on hybrid nodes", cidr, port), opts);
    }
  if (remote.nodeRoleArn !== undefined)
    new eks.AccessEntry(
      `${name}-hybrid-nodes`,
      {
        clusterName: spec.cluster.name,
        principalArn: remote.nodeRoleArn,
        type: "HYBRID_LINUX",
        tags: named(`${name}-hybrid-nodes`, tags),
      },
      opts,
    );
}

/** A block as part of a Pulumi name: by its value, so that another block in the list renames nothing. */
export function slug(cidr: Cidr): string {
  return cidr.replace("/", "-");
}
