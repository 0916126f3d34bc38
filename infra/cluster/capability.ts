import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import { refuse } from "../errors.js";
import { createRole } from "../identity/role.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { CLUSTER_REF, needs } from "../reference-shapes.js";
import { anyObject } from "../shape.js";
import { capabilityConfiguration, capabilityIssues } from "./capability-kind.js";
import type { CapabilityKind } from "./capability-kind.js";
import { eksNameIssues } from "./checks.js";
import type { ClusterRef } from "./reference.js";

/** Arguments of {@link ClusterCapability}. */
export interface ClusterCapabilityArgs {
  readonly cluster: ClusterRef;
  /** What runs: `CapabilityKind.argoCd({...})`, `ack([...])` or `kro()`. */
  readonly kind: CapabilityKind;
  /**
   * The name in AWS, unique in the cluster.
   *
   * @default - the component's name
   */
  readonly capabilityName?: string;
  /**
   * The boundary of its role.
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

/**
 * A controller that AWS runs for the cluster, outside of it and outside the VPC: network policies, flow logs and
 * `ControlPlaneEgress` do not see its traffic. EKS gives its role an access entry for its own objects; what it may deploy into
 * which namespace is an access policy more, by {@link Access} or by hand. When it goes, what it made stays.
 */
export class ClusterCapability extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** The role that it acts as, in AWS and in the cluster. */
  readonly roleArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterCapabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ClusterCapability", name, {}, opts);
    needs(`ClusterCapability '${name}'`, args, { cluster: CLUSTER_REF, kind: anyObject });
    const { cluster, kind, tags } = args;
    const capabilityName = args.capabilityName ?? name;
    refuse(`ClusterCapability '${name}'`, [
      ...eksNameIssues("capabilityName", capabilityName),
      ...capabilityIssues(kind),
    ]);

    const account = accountOf(this);
    const { role, attachments } = createRole(this, account, `${name}-role`, {
      description: `the capability ${kind.type} of the cluster`,
      // AWS documents no condition for this trust (capability-role.html); this one holds where the request carries the account.
      trust: {
        principals: { service: "capabilities.eks.amazonaws.com" },
        actions: ["sts:AssumeRole", "sts:TagSession"],
        conditions: { StringEqualsIfExists: { "aws:SourceAccount": account.id } },
      },
      statements: kind.statements,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags,
    });
    const capability = new eks.Capability(
      name,
      {
        clusterName: cluster.name,
        capabilityName,
        type: kind.type,
        roleArn: role.arn,
        configuration: capabilityConfiguration(kind),
        deletePropagationPolicy: "RETAIN",
        tags: named(capabilityName, tags),
      },
      // A cluster takes one of a kind, by one name.
      { parent: this, dependsOn: after(opts, ...attachments), deleteBeforeReplace: true },
    );

    this.arn = capability.arn;
    this.roleArn = role.arn;
    const { relaxation } = kind;
    this.registerOutputs(
      published({ arn: this.arn, roleArn: this.roleArn }, relaxation === undefined ? [] : [relaxation]),
    );
  }
}
