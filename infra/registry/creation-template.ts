import * as ecr from "@pulumi/aws/ecr/index.js";
import type * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { Tags } from "../options.js";
import { lifecyclePolicy, repositoryPolicy } from "./repository-policy.js";
import type { ImageAccess } from "./plan.js";

/** What {@link createTemplate} takes. */
export interface TemplateSpec {
  /** First part of the repositories' names, or `ROOT` for all that no other template is for. */
  readonly prefix: string;
  readonly description: string;
  readonly appliedFor: "PULL_THROUGH_CACHE" | "REPLICATION";
  readonly registryKeyArn: pulumi.Input<string>;
  readonly access: ImageAccess;
  readonly role: iam.Role;
  readonly dependsOn: pulumi.CustomResourceOptions["dependsOn"];
}

/** What repositories are like that ECR makes by itself: as ours are. */
export function createTemplate(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: TemplateSpec,
): ecr.RepositoryCreationTemplate {
  return new ecr.RepositoryCreationTemplate(
    name,
    {
      prefix: spec.prefix,
      description: spec.description,
      appliedFors: [spec.appliedFor],
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: spec.registryKeyArn }],
      repositoryPolicy: repositoryPolicy(account, spec.access),
      lifecyclePolicy: lifecyclePolicy(),
      customRoleArn: spec.role.arn,
    },
    { parent, ...(spec.dependsOn !== undefined && { dependsOn: spec.dependsOn }) },
  );
}

/** What {@link createTemplateRole} takes. */
export interface TemplateRoleSpec {
  readonly description: string;
  /** Repositories that ECR makes with it: `ecr-public/*`. */
  readonly repositories: readonly string[];
  readonly registryKeyArn: pulumi.Input<string>;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/** ECR makes repositories by itself, and needs a role for it as soon as they have a customer key. */
export function createTemplateRole(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: TemplateRoleSpec,
): iam.Role {
  return createRole(parent, account, name, {
    description: spec.description,
    trust: serviceTrust("ecr.amazonaws.com", { StringEquals: { "aws:SourceAccount": account.id } }),
    statements: [
      {
        actions: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
        resources: spec.repositories.map((one) => arn(account, "ecr", `repository/${one}`)),
      },
      { actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"], resources: [spec.registryKeyArn] },
    ],
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags: spec.tags,
  }).role;
}
