import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues } from "../checks.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { CLUSTER_REF, needs } from "../reference-shapes.js";
import { cidrIssues, cidrKey } from "./addresses.js";

/** Arguments of {@link ApiCallers}. */
export interface ApiCallersArgs {
  readonly cluster: ClusterRef;
  /**
   * Blocks from which the API may be called: runners in the same VPC, a network on the other side of a connection.
   *
   * @default - none
   */
  readonly cidrs?: readonly Cidr[];
  /**
   * Security groups of the same VPC, or of a peered one in the same Region, whose members may call the API; by a name of
   * yours, which becomes part of the rule's.
   *
   * @default - none
   */
  readonly securityGroups?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * Lets callers reach the Kubernetes API: a rule for 443 on the control plane's security group for each. That is the network
 * alone; who may do what is decided by access entries and RBAC.
 */
export class ApiCallers extends pulumi.ComponentResource {
  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ApiCallersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ApiCallers", name, {}, opts);
    needs(`ApiCallers '${name}'`, args, { cluster: CLUSTER_REF });
    refuse(`ApiCallers '${name}'`, argsIssues(args));
    for (const cidr of args.cidrs ?? [])
      allowApi(this, name, { ...args, key: cidrKey(cidr), peer: { cidrIpv4: cidr } });
    for (const [key, referencedSecurityGroupId] of Object.entries(args.securityGroups ?? {}))
      allowApi(this, name, { ...args, key, peer: { referencedSecurityGroupId } });
    this.registerOutputs({});
  }
}

/** Somebody who may call the API. */
export interface ApiCaller {
  readonly cluster: ClusterRef;
  readonly tags?: Tags | undefined;
  /** Part of the rule's name, which becomes `<name>-at-control-plane-<key>`. */
  readonly key: string;
  readonly peer: Pick<vpc.SecurityGroupIngressRuleArgs, "cidrIpv4" | "referencedSecurityGroupId">;
}

/** One rule on the control plane's group. */
export function allowApi(parent: pulumi.Resource, name: string, { cluster, key, peer, tags }: ApiCaller): void {
  const child = `${name}-at-control-plane-${key}`;
  new vpc.SecurityGroupIngressRule(
    child,
    {
      securityGroupId: cluster.controlPlaneSecurityGroupId,
      description: "To the Kubernetes API",
      ...peer,
      ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443 },
      tags: named(child, tags),
    },
    { parent },
  );
}

function argsIssues({ cidrs = [], securityGroups = {} }: ApiCallersArgs): Issue[] {
  const groups = Object.entries(securityGroups);
  if (cidrs.length + groups.length === 0) {
    const advice = "Name who calls the API, in `cidrs` or `securityGroups`";
    return [issue("Required", "cidrs", "must name a caller", cidrs, advice)];
  }
  return [
    ...cidrIssues("cidrs", cidrs),
    ...groups.flatMap(([key, id]) => [
      ...(/^[A-Za-z0-9-]+$/.test(key)
        ? []
        : [issue("Malformed", "securityGroups", "must have names of letters, digits and hyphens", key, "Rename it")]),
      ...idIssues(`securityGroups.${key}`, "sg-", id),
    ]),
  ];
}
