import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues, listIssues } from "../checks.js";
import type { ClusterRef } from "../cluster/reference.js";
import type { NetworkRef } from "../network/reference.js";
import type { Tags } from "../options.js";
import { admittedIssues, apartIssues, cidrIssues, cidrKey, insideIssues } from "./addresses.js";

/** What every connection of the VPC to other networks takes. */
export interface ConnectionArgs {
  readonly network: NetworkRef;
  readonly cluster: ClusterRef;
  /**
   * Route tables of the VPC that learn the way to the other side; at least that of the control plane's subnets, from which
   * the API answers. Append new ones: routes are named by their place.
   */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** Blocks of the other side from which the API may be called; each lies in the other side's blocks. May be empty. */
  readonly apiCallers: readonly Cidr[];
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/** What is wrong with a connection to these blocks, which the argument `path` names. */
export function connectionIssues(args: ConnectionArgs, path: string, cidrs: readonly Cidr[]): Issue[] {
  return [
    ...cidrIssues(path, cidrs),
    ...apartIssues(path, cidrs, {
      "the VPC's block": args.network.vpcCidrs,
      "the cluster's Services": [args.cluster.serviceCidr],
    }),
    ...routeTableIssues("routeTableIds", args.routeTableIds),
    ...cidrIssues("apiCallers", args.apiCallers),
    ...insideIssues("apiCallers", args.apiCallers, path, cidrs),
    ...admittedIssues("apiCallers", args.apiCallers, args.network),
  ];
}

/** Checks route tables: at least one, each an id, none twice. */
function routeTableIssues(path: string, ids: readonly pulumi.Input<string>[]): Issue[] {
  if (ids.length === 0) {
    const advice = "Give those of the subnets of the control plane: answers leave from there";
    return [issue("Required", path, "must name a route table", ids, advice)];
  }
  return listIssues(path, ids, "table", (at, id) => idIssues(at, "rtb-", id));
}

/** Where a route leads. */
export type RouteTarget = Pick<ec2.RouteArgs, "transitGatewayId" | "vpcPeeringConnectionId">;

/** A route to each block in each table. */
export function createRoutes(
  name: string,
  routeTableIds: readonly pulumi.Input<string>[],
  cidrs: readonly Cidr[],
  target: RouteTarget,
  opts: pulumi.CustomResourceOptions,
): void {
  routeTableIds.forEach((routeTableId, i) => {
    for (const cidr of cidrs)
      new ec2.Route(
        `${name}-route-${i + 1}-${cidrKey(cidr)}`,
        { routeTableId, destinationCidrBlock: cidr, ...target },
        opts,
      );
  });
}
