import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as ssm from "@pulumi/aws/ssm/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf, arn } from "../account.js";
import type { Account } from "../account.js";
import { refuse } from "../errors.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { CreatedRole } from "../identity/role.js";
import { createLogGroup, retentionIssues } from "../log-group.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { portForwardDocument } from "./session-document.js";
import { bastionUserData } from "./user-data.js";

/** The defaults of {@link BastionArgs}. */
export const BASTION_DEFAULTS = { instanceType: "t4g.micro" } as const;

/** Amazon Linux 2023 for ARM, by Amazon: the full image, since the minimal one has no SSM agent. */
const IMAGE = {
  owner: "amazon",
  name: "al2023-ami-2023.*-kernel-6.1-arm64",
} as const;

/** Arguments of {@link Bastion}. */
export interface BastionArgs {
  readonly vpcId: pulumi.Input<string>;
  /** A private subnet that reaches the endpoints of `ssm`, `ssmmessages` and `logs`. */
  readonly subnetId: pulumi.Input<string>;
  /** The group on the control plane's interfaces; a rule is added to it. */
  readonly controlPlaneSecurityGroupId: pulumi.Input<string>;
  /** The group of the interface endpoints, the only other thing the bastion can call. */
  readonly endpointSecurityGroupId: pulumi.Input<string>;
  /** URL of the Kubernetes API, where sessions lead. */
  readonly apiEndpoint: pulumi.Input<string>;
  /** ARN of the key that encrypts the disk; its policy admits EC2. */
  readonly volumesKeyArn: pulumi.Input<string>;
  /** ARN of the key that encrypts the log of sessions; its policy admits CloudWatch Logs. */
  readonly logsKeyArn: pulumi.Input<string>;
  /**
   * The machine image, one with an SSM agent of 3.3.40 or later.
   *
   * @default - the newest Amazon Linux 2023 for ARM, at creation
   */
  readonly imageId?: pulumi.Input<string>;
  /**
   * An instance type that runs the image.
   *
   * @default "t4g.micro"
   */
  readonly instanceType?: string;
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
   * Last-resort edit of the raw instance arguments. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformInstance?: (args: ec2.InstanceArgs) => ec2.InstanceArgs;
}

/**
 * The way to a private API from outside the VPC: an instance that Session Manager reaches, without any inbound rule, key
 * pair or public address. It knows how to forward to the API and has no rights in the cluster; who comes through
 * authenticates to the API as themselves.
 *
 * The image stays what it was at creation, so that a new one does not cut a running session; `pulumi up --replace` on
 * the instance brings the newest.
 */
export class Bastion extends pulumi.ComponentResource {
  readonly instanceId: pulumi.Output<string>;
  /** The Session Manager document to name in `aws ssm start-session --document-name`. */
  readonly documentName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** What a person or a pipeline needs in IAM to come through: this instance, this document, their own sessions. */
  readonly sessionStatements: readonly [Statement, ...Statement[]];

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: BastionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Bastion", name, {}, opts);
    refuse(`Bastion '${name}'`, retentionIssues("logRetentionDays", args.logRetentionDays));
    const account = accountOf(this);

    const logGroup = createLogGroup(this, `${name}-sessions`, {
      keyArn: args.logsKeyArn,
      retentionDays: args.logRetentionDays,
      tags: args.tags,
    });
    const role = this.createBastionRole(name, args, account, logGroup.arn);
    const securityGroup = this.createSecurityGroup(name, args);
    const document = new ssm.Document(
      `${name}-session`,
      {
        documentType: "Session",
        documentFormat: "JSON",
        content: portForwardDocument(args.apiEndpoint),
        tags: named(`${name}-session`, args.tags),
      },
      { parent: this },
    );
    const instance = this.createInstance(name, args, role, securityGroup, bastionUserData(logGroup.name), opts);

    this.instanceId = instance.id;
    this.documentName = document.name;
    this.securityGroupId = securityGroup.id;
    this.sessionStatements = sessionStatements(account, instance.arn, document.arn);
    this.registerOutputs({ instanceId: this.instanceId, documentName: this.documentName });
  }

  private createBastionRole(
    name: string,
    args: BastionArgs,
    account: Account,
    logGroupArn: pulumi.Output<string>,
  ): CreatedRole {
    return createRole(this, account, `${name}-role`, {
      description: "the SSM agent of the bastion",
      trust: serviceTrust("ec2.amazonaws.com"),
      statements: agentStatements(account, logGroupArn),
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
  }

  private createSecurityGroup(name: string, args: BastionArgs): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(
      name,
      {
        vpcId: args.vpcId,
        description: "Bastion: nothing comes in, HTTPS to the API and to AWS services goes out",
        tags: named(name, args.tags),
      },
      { parent: this },
    );
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 } as const;
    const allowOut = (key: string, description: string, referencedSecurityGroupId: pulumi.Input<string>) =>
      new vpc.SecurityGroupEgressRule(
        `${name}-to-${key}`,
        {
          securityGroupId: securityGroup.id,
          description,
          referencedSecurityGroupId,
          ...https,
          tags: named(`${name}-to-${key}`, args.tags),
        },
        { parent: this },
      );
    allowOut("api", "The Kubernetes API", args.controlPlaneSecurityGroupId);
    allowOut("endpoints", "AWS services", args.endpointSecurityGroupId);
    new vpc.SecurityGroupIngressRule(
      `${name}-at-control-plane`,
      {
        securityGroupId: args.controlPlaneSecurityGroupId,
        description: "The bastion to the Kubernetes API",
        referencedSecurityGroupId: securityGroup.id,
        ...https,
        tags: named(`${name}-at-control-plane`, args.tags),
      },
      { parent: this },
    );
    return securityGroup;
  }

  private newestImage(): pulumi.Output<string> {
    const filters = [{ name: "name", values: [IMAGE.name] }];
    return ec2.getAmiOutput({ owners: [IMAGE.owner], mostRecent: true, filters }, { parent: this }).id;
  }

  private createInstance(
    name: string,
    args: BastionArgs,
    { role, attachments }: CreatedRole,
    securityGroup: ec2.SecurityGroup,
    userData: pulumi.Output<string>,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): ec2.Instance {
    const profile = new iam.InstanceProfile(
      name,
      { role: role.name, tags: named(name, args.tags) },
      { parent: this, dependsOn: [...attachments] },
    );
    const instanceArgs: ec2.InstanceArgs = {
      ami: args.imageId ?? this.newestImage(),
      instanceType: args.instanceType ?? BASTION_DEFAULTS.instanceType,
      subnetId: args.subnetId,
      vpcSecurityGroupIds: [securityGroup.id],
      associatePublicIpAddress: false,
      iamInstanceProfile: profile.name,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        httpProtocolIpv6: "disabled",
        instanceMetadataTags: "disabled",
      },
      rootBlockDevice: {
        encrypted: true,
        kmsKeyId: args.volumesKeyArn,
        volumeType: "gp3",
        deleteOnTermination: true,
        tags: named(name, args.tags),
      },
      ebsOptimized: true,
      monitoring: true,
      userData,
      userDataReplaceOnChange: true,
      tags: named(name, args.tags),
    };
    return new ec2.Instance(name, args.transformInstance?.(instanceArgs) ?? instanceArgs, {
      parent: this,
      ignoreChanges: ["ami"],
      dependsOn: after(opts),
    });
  }
}

/**
 * What the agent needs for port forwarding, of the some forty actions of AmazonSSMManagedInstanceCore: to say that it is
 * there, to hold the channels of sessions, and to write its log. No parameters, no commands, no inventory.
 */
function agentStatements(account: Account, logGroupArn: pulumi.Output<string>): Statement[] {
  return [
    {
      sid: "Register",
      actions: ["ssm:UpdateInstanceInformation"],
      resources: [arn(account, "ec2", "instance/*")],
    },
    {
      // The service offers no resource for channels of agents.
      sid: "Channels",
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
    {
      sid: "Log",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [logGroupArn, pulumi.interpolate`${logGroupArn}:*`],
    },
    { sid: "FindLog", actions: ["logs:DescribeLogGroups"], resources: [arn(account, "logs", "log-group:*")] },
  ];
}

function sessionStatements(
  account: Account,
  instanceArn: pulumi.Output<string>,
  documentArn: pulumi.Output<string>,
): [Statement, ...Statement[]] {
  return [
    {
      sid: "StartSession",
      actions: ["ssm:StartSession"],
      resources: [instanceArn, documentArn],
      // Without this check the default document, a shell, would be allowed along with the instance.
      conditions: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
    },
    {
      sid: "OwnSessions",
      actions: ["ssm:ResumeSession", "ssm:TerminateSession"],
      resources: [arn(account, "ssm", "session/${aws:userid}-*")],
    },
  ];
}
