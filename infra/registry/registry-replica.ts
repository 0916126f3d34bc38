import * as ecr from "@pulumi/aws/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf, arn } from "../account.js";
import { accountIdIssues, listIssues } from "../checks.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import type { KeysRef } from "../encryption/reference.js";
import { refuse } from "../errors.js";
import { policyDocument } from "../identity/policy-document.js";
import { after } from "../options.js";
import type { Tags } from "../options.js";
import { keysRef, needs } from "../reference-shapes.js";
import { createTemplate, createTemplateRole } from "./creation-template.js";
import { accessIssues } from "./plan.js";

/** ECR's name for the template of all repositories that no other template is for. */
const ALL = "ROOT";

/** A prefix of a template as ECR has it (CreateRepositoryCreationTemplate, `prefix`), less the end that it may have. */
const PREFIX = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*\/?$/;

/** Arguments of {@link RegistryReplica}. */
export interface RegistryReplicaArgs {
  /** The key that encrypts the copies, of this Region; its policy admits ECR, as that of {@link EncryptionKeyReplicas}. */
  readonly keys: Pick<KeysRef, "registryKeyArn">;
  /**
   * First parts of the names of what is copied here: `voting-app`. Each has one template in a Region.
   *
   * @default - all repositories that ECR makes by replication
   */
  readonly prefixes?: readonly string[];
  /**
   * Numbers of the accounts that may copy into this one. Of this setting a registry has one in a Region: two stacks that set
   * it undo each other.
   *
   * @default - none but this account
   */
  readonly sourceAccounts?: readonly string[];
  /**
   * ARNs of the roles that may pull; as in {@link RegistryArgs}.
   *
   * @default - all roles of the account that IAM allows it
   */
  readonly pullers?: readonly pulumi.Input<string>[];
  /**
   * ARNs of the roles that may push and delete images; an empty list leaves only the copying.
   *
   * @default - all roles of the account that IAM allows it
   */
  readonly pushers?: readonly pulumi.Input<string>[];
  /**
   * Numbers of other accounts whose roles pull; the roles are among `pullers`.
   *
   * @default - none
   */
  readonly otherAccounts?: readonly string[];
  /**
   * The boundary of the role by which ECR makes repositories.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of the role.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * The place where a {@link Registry} of another Region or account copies its images to: what ECR makes here has immutable tags,
 * the customer key of this Region and the same policy. Its provider is that of the place. It exists before the first copy, ECR
 * changes nothing of a repository that is there.
 */
export class RegistryReplica extends pulumi.ComponentResource {
  /** Host of the registry here. */
  readonly host: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: RegistryReplicaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:RegistryReplica", name, {}, opts);
    needs(`RegistryReplica '${name}'`, args, { keys: keysRef("registryKeyArn") });
    const prefixes = args.prefixes ?? [ALL];
    const sources = args.sourceAccounts ?? [];
    refuse(`RegistryReplica '${name}'`, [
      ...keyArnIssues("keys.registryKeyArn", args.keys.registryKeyArn),
      ...prefixIssues(args.prefixes),
      ...listIssues("sourceAccounts", sources, "account", accountIdIssues),
      ...accessIssues(args),
    ]);
    const account = accountOf(this);

    const role = createTemplateRole(this, account, `${name}-role`, {
      description: "ECR, when it copies an image and needs a repository",
      repositories: prefixes.map((prefix) => (prefix === ALL ? "*" : `${prefix.replace(/\/$/, "")}/*`)),
      registryKeyArn: args.keys.registryKeyArn,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    for (const prefix of prefixes)
      createTemplate(this, account, prefix === ALL ? `${name}-template` : `${name}-${prefix}-template`, {
        prefix,
        description: "Copies of images",
        appliedFor: "REPLICATION",
        registryKeyArn: args.keys.registryKeyArn,
        access: args,
        role,
        dependsOn: after(opts),
      });
    if (sources.length > 0)
      new ecr.RegistryPolicy(
        `${name}-policy`,
        {
          // https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html
          policy: policyDocument([
            {
              sid: "CopiesOfOtherAccounts",
              principals: { aws: sources.map((id) => pulumi.interpolate`arn:${account.partition}:iam::${id}:root`) },
              actions: ["ecr:CreateRepository", "ecr:ReplicateImage"],
              resources: [arn(account, "ecr", "repository/*")],
            },
          ]),
        },
        { parent: this, dependsOn: after(opts) },
      );

    this.host = pulumi.interpolate`${account.id}.dkr.ecr.${account.region}.${account.dnsSuffix}`;
    this.registerOutputs({ host: this.host });
  }
}

function prefixIssues(prefixes: readonly string[] | undefined): Issue[] {
  if (prefixes === undefined) return [];
  if (prefixes.length === 0)
    return [issue("Required", "prefixes", "must name a prefix", prefixes, "Leave it out for all repositories")];
  const rule = "must be the first part of names that ECR accepts";
  return listIssues("prefixes", prefixes, "prefix", (at, prefix) =>
    PREFIX.test(prefix) ? [] : [issue("Malformed", at, rule, prefix, "Write it like 'voting-app'")],
  );
}
