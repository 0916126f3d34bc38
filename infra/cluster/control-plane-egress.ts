import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { isPrivate } from "../network/blocks.js";
import { Network } from "../network/network.js";
import type { NetworkRef } from "../network/reference.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { isVpc } from "./checks.js";
import { slug } from "./remote-networks.js";

/** What {@link ControlPlaneEgress.customerRouted} takes. */
export interface CustomerRoutedOptions {
  /**
   * Blocks outside the nodes that the API server calls on 443: webhooks with a URL, an issuer of people's tokens, aggregated
   * API servers. Of a `Network` private ones: its NAT gateways and firewall are for nodes, and its network ACLs let the control
   * plane call the VPC and `connectedCidrs`.
   *
   * @default - none: webhooks that run on nodes, to which the nodes' own rules lead
   */
  readonly destinations?: readonly Cidr[];
}

/**
 * Which way the API server takes to webhooks, token issuers and aggregated API servers
 * (https://docs.aws.amazon.com/eks/latest/userguide/control-plane-egress.html). What EKS itself does, such as writing logs,
 * never takes yours; nor do EKS Capabilities.
 */
export class ControlPlaneEgress {
  private constructor(
    /** As EKS names it. */
    readonly mode: "AWS_MANAGED" | "CUSTOMER_ROUTED",
    readonly destinations: readonly Cidr[],
  ) {}

  /** By a way of EKS's own, the default: webhooks outside the VPC are reached without a route of yours. */
  static awsManaged(): ControlPlaneEgress {
    return new ControlPlaneEgress("AWS_MANAGED", []);
  }

  /**
   * Through the subnets of the control plane, by your routes, groups and name servers, seen by your flow logs. Costs nothing,
   * and **cannot be taken back**: a cluster that has it once keeps it, and the way back is another cluster, which deletion
   * protection, Pulumi's `protect` and `ringfence preview --against` refuse.
   */
  static customerRouted(options: CustomerRoutedOptions = {}): ControlPlaneEgress {
    return new ControlPlaneEgress("CUSTOMER_ROUTED", options.destinations ?? []);
  }
}

/** Checks that there is a way to what the API server calls. */
export function controlPlaneEgressIssues(egress: ControlPlaneEgress | undefined, network: NetworkRef): Issue[] {
  return (egress?.destinations ?? []).flatMap((cidr, i) => {
    const path = `controlPlaneEgress.destinations[${i}]`;
    if (Cidr.prefixLength(cidr) === 0) {
      const advice = "Name the addresses of the webhook or the issuer; to all of them is to anybody";
      return [issue("NotAllowed", path, "must be somebody's addresses", cidr, advice)];
    }
    if (isPrivate(cidr) || isVpc(cidr, network)) return [];
    if (network instanceof Network) {
      const advice =
        "Reach it by a private address among `connectedCidrs`, or bring a VPC of yours by Network.existing";
      return [issue("Conflict", path, "must be private: a Network leads its control plane nowhere else", cidr, advice)];
    }
    if (network.egress.kind !== "none") return [];
    const advice = "Give the network an egress, or reach the destination by a private address";
    return [issue("Conflict", path, "must have a way there, and the network has no egress", cidr, advice)];
  });
}

/** Allows the API server what it calls on 443; without these rules its group lets nothing out but to nodes. */
export function createControlPlaneEgress(
  parent: pulumi.Resource,
  name: string,
  egress: ControlPlaneEgress,
  spec: { readonly controlPlaneSecurityGroupId: pulumi.Input<string>; readonly tags: Tags | undefined },
): void {
  for (const cidr of egress.destinations) {
    const child = `${name}-https-to-${slug(cidr)}`;
    const block = Cidr.range(cidr).version === 6 ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
    new vpc.SecurityGroupEgressRule(
      child,
      {
        securityGroupId: spec.controlPlaneSecurityGroupId,
        description: "webhooks and token issuers that the API server calls",
        ...block,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        tags: named(child, spec.tags),
      },
      { parent },
    );
  }
}
