import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as ssm from "@pulumi/aws/ssm/index.js";
import * as pulumi from "@pulumi/pulumi";
import { BASTION_TAG_KEY } from "../../core/bastion-target.js";
import type { BastionTarget } from "../../core/bastion-target.js";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import type { KeysRef } from "../encryption/reference.js";
import { refuse } from "../errors.js";
import { policyDocument } from "../identity/policy-document.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole, serviceTrust } from "../identity/role.js";
import { createLogGroup, retentionIssues } from "../log-group.js";
import type { NetworkRef } from "../network/reference.js";
import { ec2Principal } from "../nodes/node-role.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { CLUSTER_REF, NETWORK_REF, keysRef, needs } from "../reference-shapes.js";
import { createGroup } from "./group.js";
import { BastionImage, imageIssues } from "./image.js";
import { createInstance } from "./instance.js";
import { createBastionTraffic } from "./machine.js";
import type { MachineSpec } from "./machine.js";
import { createPatchScan, patchScanIssues, patchStatements, patchTags } from "./patch-scan.js";
import type { PatchScanOptions } from "./patch-scan.js";
import { agentStatements, sessionStatements } from "./permissions.js";
import { bastionNameIssues, groupIssues, instanceTypeIssues, networkIssues, reservedTagIssues } from "./plan.js";
import type { BastionAvailability } from "./plan.js";
import { hostOf, portForwardDocument, sessionLimitIssues } from "./session-document.js";
import type { SessionLimitsOptions } from "./session-document.js";
import { bastionUserData } from "./user-data.js";

/** The defaults of {@link BastionArgs}. */
export const BASTION_DEFAULTS = {
  availability: "single",
  instanceType: "t4g.micro",
  instances: 2,
  maxLifetimeDays: 14,
} as const satisfies { availability: BastionAvailability; [key: string]: unknown };

/** Arguments of {@link Bastion}. */
export interface BastionArgs {
  /** The bastion lives in its subnets of endpoints, and needs those of `ssm`, `ssmmessages` and `logs`. */
  readonly network: NetworkRef;
  /** Where sessions lead. */
  readonly cluster: ClusterRef;
  /** `volumesKeyArn` encrypts disks, its policy admits EC2 and Auto Scaling; `logsKeyArn` the log of sessions. */
  readonly keys: Pick<KeysRef, "volumesKeyArn" | "logsKeyArn">;
  /**
   * `single`: one instance in the first zone; while it or its zone is away, nobody comes through. `multi-zone`: a group over
   * all zones that replaces what fails and what gets old.
   *
   * @default "single"
   */
  readonly availability?: BastionAvailability;
  /**
   * What instances start from.
   *
   * @default - `BastionImage.newest()`
   */
  readonly image?: BastionImage;
  /**
   * An instance type; the image follows its processors.
   *
   * @default "t4g.micro"
   */
  readonly instanceType?: string;
  /**
   * How many instances a group has, 2 to 10. Only with `multi-zone`.
   *
   * @default 2
   */
  readonly instances?: number;
  /**
   * Days after which a group replaces an instance by one with a new image, 1 to 365. Sessions on it are cut then. Only with
   * `multi-zone`.
   *
   * @default 14
   */
  readonly maxLifetimeDays?: number;
  /**
   * When Session Manager ends a session that nobody ended.
   *
   * @default - as the account's preferences say
   */
  readonly sessionLimits?: SessionLimitsOptions;
  /**
   * Whether Patch Manager compares instances with a baseline of security patches. It installs nothing: newer images do. Needs
   * the feature `patchScan` of the network, and {@link PATCH_SCAN_ACTIONS} in the permissions boundary.
   *
   * @default - no
   */
  readonly patchScan?: PatchScanOptions;
  /**
   * Days that the log of sessions is kept.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * The boundary of the bastion's role.
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
  /**
   * Last-resort edit of the raw arguments of a single instance. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformInstance?: (args: ec2.InstanceArgs) => ec2.InstanceArgs;
  /**
   * Last-resort edit of the raw arguments of a group's launch template. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformLaunchTemplate?: (args: ec2.LaunchTemplateArgs) => ec2.LaunchTemplateArgs;
}

/**
 * The way to a private API from outside the VPC: instances that Session Manager reaches, without any inbound rule, key pair
 * or public address. They know how to forward to the API and have no rights in the cluster; who comes through authenticates
 * to the API as themselves. Nothing is installed at boot, and nothing is patched in place: an instance is replaced by one
 * with a newer image.
 */
export class Bastion extends pulumi.ComponentResource {
  /** The one instance; `undefined` in a group, whose instances are found by the tag of {@link target}. */
  readonly instanceId: pulumi.Output<string> | undefined;
  /** The Session Manager document to name in `aws ssm start-session --document-name`. */
  readonly documentName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** The role of the instances: it registers, holds channels and writes its log. */
  readonly roleArn: pulumi.Output<string>;
  /** All that a tunnel needs to know, plain once it exists; also for a stack reference. */
  readonly target: pulumi.Output<BastionTarget>;
  /** What a person or a pipeline needs in IAM to come through: these instances, this document, their own sessions. */
  readonly sessionStatements: readonly [Statement, ...Statement[]];
  /** {@link sessionStatements} as the text of a policy for a role or a permission set, under 2,048 characters. */
  readonly accessPolicy: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: BastionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Bastion", name, {}, opts);
    needs(`Bastion '${name}'`, args, {
      network: NETWORK_REF,
      cluster: CLUSTER_REF,
      keys: keysRef("volumesKeyArn", "logsKeyArn"),
    });
    refuse(`Bastion '${name}'`, bastionArgsIssues(name, args));
    const account = accountOf(this);
    const { network, cluster } = args;
    const tag = { key: BASTION_TAG_KEY, value: cluster.clusterName };
    const findable = { [tag.key]: tag.value };

    const { securityGroup, rules } = this.createSecurityGroup(name, args);
    const { machine, roleArn } = this.machineOf(name, args, account, securityGroup, findable, opts);
    const machines = this.createInstances(name, args, machine);
    const instance = machines instanceof ec2.Instance ? machines : undefined;
    const document = new ssm.Document(
      `${name}-session`,
      {
        documentType: "Session",
        documentFormat: "JSON",
        content: portForwardDocument(cluster.endpoint, args.sessionLimits),
        tags: { ...named(`${name}-session`, args.tags), ...findable },
      },
      // Whoever has its name comes through: it comes after all that the way needs, and goes before.
      { parent: this, dependsOn: [machines, ...rules] },
    );

    this.instanceId = instance?.id;
    this.documentName = document.name;
    this.securityGroupId = securityGroup.id;
    this.roleArn = roleArn;
    const found = instance === undefined ? {} : { instanceId: instance.id };
    this.target = pulumi.output({
      ...{ region: network.region, tag, ...found },
      ...{ documentName: document.name, endpointHost: hostOf(cluster.endpoint) },
    });
    const reached = instance === undefined ? { clusterName: tag.value } : { instanceArn: instance.arn };
    this.sessionStatements = sessionStatements(account, reached, document.arn, cluster.arn);
    this.accessPolicy = policyDocument(this.sessionStatements);
    this.registerOutputs({ documentName: this.documentName, target: this.target });
  }

  /** The one instance, or a group. */
  private createInstances(
    name: string,
    args: BastionArgs,
    machine: MachineSpec,
  ): ec2.Instance | ReturnType<typeof createGroup> {
    const { ids } = args.network.endpoints;
    const [first] = ids;
    if ((args.availability ?? BASTION_DEFAULTS.availability) === "single" && first !== undefined)
      return createInstance(this, name, first, machine, args.transformInstance);
    return createGroup(this, name, {
      ...machine,
      subnetIds: ids,
      instances: args.instances ?? BASTION_DEFAULTS.instances,
      maxLifetimeDays: args.maxLifetimeDays ?? BASTION_DEFAULTS.maxLifetimeDays,
      transformLaunchTemplate: args.transformLaunchTemplate,
    });
  }

  private createSecurityGroup(
    name: string,
    args: BastionArgs,
  ): { readonly securityGroup: ec2.SecurityGroup; readonly rules: readonly pulumi.Resource[] } {
    const securityGroup = new ec2.SecurityGroup(
      name,
      {
        vpcId: args.network.vpcId,
        description: "Bastion: nothing comes in, HTTPS to the API and to AWS services goes out",
        tags: named(name, args.tags),
      },
      { parent: this },
    );
    const rules = createBastionTraffic(this, name, securityGroup, { ...args, tags: args.tags });
    const { patchScan: scan, network, cluster, tags } = args;
    if (scan !== undefined)
      createPatchScan(this, name, {
        ...{ scan, network, tags, clusterName: cluster.clusterName },
        securityGroupId: securityGroup.id,
      });
    return { securityGroup, rules };
  }

  private machineOf(
    name: string,
    args: BastionArgs,
    account: Account,
    securityGroup: ec2.SecurityGroup,
    findable: Record<string, string>,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): { readonly machine: MachineSpec; readonly roleArn: pulumi.Output<string> } {
    const logGroup = createLogGroup(this, `${name}-sessions`, {
      keyArn: args.keys.logsKeyArn,
      retentionDays: args.logRetentionDays,
      tags: args.tags,
    });
    const { role, attachments } = createRole(this, account, `${name}-role`, {
      description: "the SSM agent of the bastion",
      trust: serviceTrust(ec2Principal(account)),
      statements: [
        ...agentStatements(account, logGroup.arn),
        ...(args.patchScan === undefined ? [] : patchStatements(account, args.network.region)),
      ],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    const profile = new iam.InstanceProfile(
      name,
      { role: role.name, tags: named(name, args.tags) },
      { parent: this, dependsOn: [...attachments] },
    );
    const machine: MachineSpec = {
      image: args.image ?? BastionImage.newest(),
      instanceType: args.instanceType ?? BASTION_DEFAULTS.instanceType,
      securityGroupId: securityGroup.id,
      profile,
      userData: bastionUserData(logGroup.name),
      volumesKeyArn: args.keys.volumesKeyArn,
      tags: { ...named(name, args.tags), ...findable, ...patchTags(args.patchScan, args.cluster.clusterName) },
      dependsOn: after(opts),
    };
    return { machine, roleArn: role.arn };
  }
}

/** Everything that is wrong with the arguments of a bastion. */
export function bastionArgsIssues(name: string, args: BastionArgs): readonly Issue[] {
  const availability = args.availability ?? BASTION_DEFAULTS.availability;
  const instanceType = args.instanceType ?? BASTION_DEFAULTS.instanceType;
  const { instances, maxLifetimeDays, transformInstance, transformLaunchTemplate } = args;
  return [
    ...bastionNameIssues(name),
    ...networkIssues(args.network, availability),
    ...groupIssues({ availability, instances, maxLifetimeDays, transformInstance, transformLaunchTemplate }),
    ...instanceTypeIssues(instanceType),
    ...imageIssues(args.image ?? BastionImage.newest(), instanceType),
    ...sessionLimitIssues(args.sessionLimits),
    ...patchScanIssues(args.patchScan, args.network),
    ...retentionIssues("logRetentionDays", args.logRetentionDays),
    ...keyArnIssues("keys.volumesKeyArn", args.keys.volumesKeyArn),
    ...keyArnIssues("keys.logsKeyArn", args.keys.logsKeyArn),
    ...reservedTagIssues(args.tags),
  ];
}
