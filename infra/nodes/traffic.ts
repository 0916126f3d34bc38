import type * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** Ports that nodes open to one another. Pods have addresses of nodes, so these are the ports of pods as well. */
const BETWEEN_NODES = [
  { key: "pods", protocol: "tcp", from: 1025, to: 65535, why: "Pods and kubelets of other nodes" },
  { key: "dns-tcp", protocol: "tcp", from: 53, to: 53, why: "CoreDNS over TCP" },
  { key: "dns-udp", protocol: "udp", from: 53, to: 53, why: "CoreDNS over UDP" },
] as const;

const KUBELET_PORT = 10250;

/** What {@link createTraffic} takes. */
export interface TrafficSpec {
  readonly nodes: ec2.SecurityGroup;
  readonly controlPlaneSecurityGroupId: pulumi.Input<string>;
  readonly webhookPorts: readonly number[];
  readonly endpointSecurityGroupId: pulumi.Input<string> | undefined;
  readonly s3PrefixListId: pulumi.Input<string> | undefined;
  /** Whether HTTPS to the internet is allowed. */
  readonly internet: boolean;
  readonly tags: Tags | undefined;
}

interface Rule {
  readonly key: string;
  readonly description: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly peer: Pick<vpc.SecurityGroupIngressRuleArgs, "referencedSecurityGroupId" | "prefixListId" | "cidrIpv4">;
}

/**
 * The rules of the nodes' security group, and the one rule by which the control plane lets them in. DNS to the VPC's
 * resolver, time and instance metadata pass no security group.
 *
 * @returns The rules, for the nodes to wait for.
 */
export function createTraffic(parent: pulumi.Resource, name: string, spec: TrafficSpec): pulumi.Resource[] {
  const nodes = { referencedSecurityGroupId: spec.nodes.id };
  const controlPlane = { referencedSecurityGroupId: spec.controlPlaneSecurityGroupId };
  const https = (key: string, description: string, peer: Rule["peer"]): Rule => ({
    key,
    description,
    protocol: "tcp",
    from: 443,
    to: 443,
    peer,
  });
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
  const out = [
    https("api", "The Kubernetes API", controlPlane),
    ...(spec.endpointSecurityGroupId === undefined
      ? []
      : [https("endpoints", "AWS services", { referencedSecurityGroupId: spec.endpointSecurityGroupId })]),
    ...(spec.s3PrefixListId === undefined
      ? []
      : [https("s3", "Image layers in S3", { prefixListId: spec.s3PrefixListId })]),
    ...(spec.internet ? [https("internet", "HTTPS to the internet", { cidrIpv4: "0.0.0.0/0" })] : []),
  ];

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
    new vpc.SecurityGroupEgressRule(child, argsOf(child, spec.nodes.id, rule), { parent });
  const api = https("api", "Nodes and pods to the Kubernetes API", nodes);
  return [
    ...[...between, ...fromControlPlane].map((rule) => ingress(`${name}-from-${rule.key}`, spec.nodes.id, rule)),
    ...[...between, ...out].map((rule) => egress(`${name}-to-${rule.key}`, rule)),
    ingress(`${name}-at-control-plane`, spec.controlPlaneSecurityGroupId, api),
  ];
}
