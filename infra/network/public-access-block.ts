import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { Egress } from "./egress.js";
import type { LoadBalancing } from "./load-balancing.js";

/**
 * The block of internet gateways, one per account and Region: it holds for every VPC there, so that one stack only may own it
 * (https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html). What the network's own choices need is excluded
 * from it. `pulumi destroy` turns it off.
 */
export class PublicAccessBlock {
  private constructor(
    /** As EC2 names it. */
    readonly mode: "block-ingress" | "block-bidirectional",
  ) {}

  /** Nothing comes in; NAT gateways still lead out. */
  static ingress(): PublicAccessBlock {
    return new PublicAccessBlock("block-ingress");
  }

  /** Nothing comes in and nothing goes out, but for this VPC's own NAT gateways. */
  static bidirectional(): PublicAccessBlock {
    return new PublicAccessBlock("block-bidirectional");
  }
}

/** What {@link createPublicAccessBlock} takes. */
export interface PublicAccessBlockSpec {
  readonly block: PublicAccessBlock;
  readonly vpcId: pulumi.Input<string>;
  readonly egress: Egress;
  /** Subnets of load balancers on the internet, by name. */
  readonly publicSubnets: readonly { readonly name: string; readonly id: pulumi.Input<string> }[];
  readonly tags: Tags | undefined;
}

/** Checks that the block leaves what is asked for beside it: an exclusion both ways inside one that leads out says nothing. */
export function publicAccessBlockIssues(block: PublicAccessBlock | undefined, balancing: LoadBalancing): Issue[] {
  if (block?.mode !== "block-bidirectional" || !balancing.isPublic) return [];
  const advice = "Write PublicAccessBlock.ingress(), from which the subnets of load balancers are excluded";
  return [
    issue("Conflict", "publicAccessBlock", "must leave load balancers on the internet alone", block.mode, advice),
  ];
}

/** The block and its exclusions, which are there before it: nothing that runs is cut off in between. */
export function createPublicAccessBlock(parent: pulumi.Resource, name: string, spec: PublicAccessBlockSpec): void {
  const exclude = (child: string, args: ec2.VpcBlockPublicAccessExclusionArgs) =>
    new ec2.VpcBlockPublicAccessExclusion(child, { ...args, tags: named(child, spec.tags) }, { parent });
  const exclusions = spec.publicSubnets.map((subnet) =>
    exclude(`${subnet.name}-public-access`, {
      internetGatewayExclusionMode: "allow-bidirectional",
      subnetId: subnet.id,
    }),
  );
  if (spec.block.mode === "block-bidirectional" && spec.egress.hasNat)
    exclusions.push(
      exclude(`${name}-public-access-out`, { internetGatewayExclusionMode: "allow-egress", vpcId: spec.vpcId }),
    );
  new ec2.VpcBlockPublicAccessOptions(
    `${name}-public-access-block`,
    { internetGatewayBlockMode: spec.block.mode },
    { parent, dependsOn: exclusions },
  );
}
