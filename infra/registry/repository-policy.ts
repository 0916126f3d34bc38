import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";
import { iamArn } from "../account.js";
import type { Account } from "../account.js";
import { policyDocument } from "../identity/policy-document.js";
import type { Statement } from "../identity/policy-document.js";
import type { ImageAccess } from "./plan.js";

/** Days after which an image that no tag names any more is deleted. */
export const UNTAGGED_IMAGE_DAYS = 30;

/** What a pull comes to. */
const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** What shows an image's content; asking whether a layer is there does not, and every push asks it. */
const READ = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** What changes images. */
const WRITE = [
  "ecr:BatchDeleteImage",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/**
 * Who may pull and push. Roles of the account need IAM's leave for all of it; where roles are named, the others of the account
 * are denied besides, whatever IAM allows them.
 *
 * The denial names no principals: a deny by `NotPrincipal` misses sessions of the roles that it means to spare. Two kinds of
 * callers are spared beside the named roles: AWS services, and service-linked roles, by which a cache stores what it fetched
 * and Inspector reads what it searches. Nobody but AWS can assume these.
 */
export function repositoryPolicy(account: Account, access: ImageAccess): pulumi.Output<string> {
  const { pullers, pushers, otherAccounts = [] } = access;
  const statements: Statement[] = [
    { sid: "PullFromThisAccount", principals: { aws: iamArn(account, "root") }, actions: PULL },
  ];
  if (otherAccounts.length > 0)
    statements.push({
      sid: "PullFromOtherAccounts",
      principals: { aws: otherAccounts.map((id) => interpolate`arn:${account.partition}:iam::${id}:root`) },
      actions: PULL,
    });
  if (pullers !== undefined)
    statements.push(onlyRoles("OnlyPullersAndPushersRead", READ, [...pullers, ...(pushers ?? [])], account));
  if (pushers !== undefined) statements.push(onlyRoles("OnlyPushersWrite", WRITE, pushers, account));
  return policyDocument(statements);
}

function onlyRoles(
  sid: string,
  actions: readonly string[],
  roles: readonly pulumi.Input<string>[],
  account: Account,
): Statement {
  return {
    sid,
    effect: "Deny",
    principals: "*",
    actions,
    conditions: {
      ArnNotLike: { "aws:PrincipalArn": [...roles, iamArn(account, "role/aws-service-role/*")] },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
}

/** Untagged images only: a count of tagged ones could delete the image that a cluster runs. */
export function lifecyclePolicy(): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `images without a tag, after ${UNTAGGED_IMAGE_DAYS} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: UNTAGGED_IMAGE_DAYS,
        },
        action: { type: "expire" },
      },
    ],
  });
}
