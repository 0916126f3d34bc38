import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterRef } from "../cluster/reference.js";
import type { NetworkRef } from "../network/reference.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** Ports that nodes open to one another. Pods have addresses of nodes, so these are the ports of pods as well. */
export const BETWEEN_NODES = [
  { key: "pods", protocol: "tcp", from: 1025, to: 65535, why: "Pods and kubelets of other nodes" },
  { key: "dns-tcp", protocol: "tcp", from: 53, to: 53, why: "CoreDNS over TCP" },
  { key: "dns-udp", protocol: "udp", from: 53, to: 53, why: "CoreDNS over UDP" },
] as const;

const KUBELET_PORT = 10250;

/** What {@link createNodeSecurityGroup} takes. */
export interface NodeTrafficSpec {
  readonly network: NetworkRef;
  readonly cluster: ClusterRef;
  readonly webhookPorts: readonly number[];
  readonly tags: Tags | undefined;
}

/** A security group of nodes. Nodes wait for `rules`, without which they do not join. */
export interface NodeSecurityGroup {
  readonly id: pulumi.Input<string>;
  readonly rules: readonly pulumi.Resource[];
}

interface Rule {
  readonly key: string;
  readonly description: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly peer: Pick<
    vpc.SecurityGroupIngressRuleArgs,
    "referencedSecurityGroupId" | "prefixListId" | "cidrIpv4" | "cidrIpv6"
  >;
}

/**
 * The security group of nodes with its rules, and the one rule by which the control plane lets nodes in.
 *
 * Pods have the security groups of their node also where they have addresses of their own: the VPC CNI from 1.8.0 on gives their
 * interfaces the groups of the node's first one when an ENIConfig names none
 * (https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html). Rules that name groups hold for IPv4 and
 * IPv6 alike. DNS to the VPC's resolver, time and instance metadata pass no security group.
 */
export function createNodeSecurityGroup(
  parent: pulumi.Resource,
  name: string,
  spec: NodeTrafficSpec,
): NodeSecurityGroup {
  const group = new ec2.SecurityGroup(
    name,
    { vpcId: spec.network.vpcId, description: "Nodes and pods", tags: named(name, spec.tags) },
    { parent },
  );
  return { id: group.id, rules: createTraffic(parent, name, group.id, spec) };
}

function createTraffic(
  parent: pulumi.Resource,
  name: string,
  nodesId: pulumi.Input<string>,
  spec: NodeTrafficSpec,
): pulumi.Resource[] {
  const nodes = { referencedSecurityGroupId: nodesId };
  const { controlPlaneSecurityGroupId } = spec.cluster;
  const controlPlane = { referencedSecurityGroupId: controlPlaneSecurityGroupId };
  const between = BETWEEN_NODES.map(({ key, why, ...ports }) => ({ key, description: why, ...ports, peer: nodes }));
  const fromControlPlane = [
    { key: "kubelet", description: "The control plane to kubelets", port: KUBELET_PORT },
    ...spec.webhookPorts.map((port) => ({
      key: `webhook-${port}`,
      description: "The control plane to webhooks and aggregated APIs in pods",
      port,
    })),
  ].map(({ key, description, port }) => ({
    key,
    description,
    protocol: "tcp",
    from: port,
    to: port,
    peer: controlPlane,
  }));

  const argsOf = (child: string, securityGroupId: pulumi.Input<string>, rule: Rule) => ({
    securityGroupId,
    description: rule.description,
    ipProtocol: rule.protocol,
    fromPort: rule.from,
    toPort: rule.to,
    ...rule.peer,
    tags: named(child, spec.tags),
  });
  const ingress = (child: string, securityGroupId: pulumi.Input<string>, rule: Rule) =>
    new vpc.SecurityGroupIngressRule(child, argsOf(child, securityGroupId, rule), { parent });
  const egress = (child: string, rule: Rule) =>
    new vpc.SecurityGroupEgressRule(child, argsOf(child, nodesId, rule), { parent });
  const api = https("api", "Nodes and pods to the Kubernetes API", nodes);
  const out = [https("api", "The Kubernetes API", controlPlane), ...outwards(spec.network)];
  return [
    ...[...between, ...fromControlPlane].map((rule) => ingress(`${name}-from-${rule.key}`, nodesId, rule)),
    ...[...between, ...out].map((rule) => egress(`${name}-to-${rule.key}`, rule)),
    ingress(`${name}-at-control-plane`, controlPlaneSecurityGroupId, api),
  ];
}

/** What nodes call outside of the cluster: AWS services, image layers, and the internet where the network leads there. */
function outwards({ endpointSecurityGroupId, s3PrefixListId, egress, ipFamily }: NetworkRef): Rule[] {
  const rules: Rule[] = [];
  if (endpointSecurityGroupId !== undefined)
    rules.push(https("endpoints", "AWS services", { referencedSecurityGroupId: endpointSecurityGroupId }));
  if (s3PrefixListId !== undefined) rules.push(https("s3", "Image layers in S3", { prefixListId: s3PrefixListId }));
  if (egress.kind === "none") return rules;
  const anywhere = { cidrIpv4: "0.0.0.0/0" };
  rules.push(https("internet", "HTTPS to the internet", anywhere));
  if (egress.kind === "firewall")
    rules.push({
      ...https("internet-http", "HTTP to hosts that the firewall lets through", anywhere),
      from: 80,
      to: 80,
    });
  if (ipFamily === "ipv6") rules.push(https("internet-ipv6", "HTTPS to the internet over IPv6", { cidrIpv6: "::/0" }));
  return rules;
}

function https(key: string, description: string, peer: Rule["peer"]): Rule {
  return { key, description, protocol: "tcp", from: 443, to: 443, peer };
}
