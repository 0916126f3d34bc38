import type { PlannedValue } from "../../../model/values.js";
import type { Form } from "../form.js";
import { renamed } from "../form.js";
import { TAGS } from "./eks.js";

/** `PublicRead`, as CloudFormation writes it, is `public-read`. */
const cannedAcl = (value: PlannedValue): PlannedValue =>
  typeof value === "string" ? value.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase() : value;

/** Keys, buckets, registries and log groups in `@pulumi/aws-native` 1.79, after their input types. */
export const NATIVE_STORAGE: Readonly<Record<string, Form>> = {
  "aws-native:kms:Key": {
    type: "aws:kms/key:Key",
    moves: [
      TAGS,
      ...renamed({
        policy: "keyPolicy",
        isEnabled: "enabled",
        deletionWindowInDays: "pendingWindowInDays",
        customerMasterKeySpec: "keySpec",
      }),
    ],
  },
  "aws-native:kms:Alias": {
    type: "aws:kms/alias:Alias",
    moves: renamed({ name: "aliasName" }),
  },
  "aws-native:s3:Bucket": {
    type: "aws:s3/bucket:Bucket",
    moves: [
      TAGS,
      { to: "acl", from: "accessControl", as: cannedAcl },
      { to: "versioning.enabled", from: "versioningConfiguration.status", as: (status) => status === "Enabled" },
      ...renamed({
        bucket: "bucketName",
        bucketPrefix: "bucketNamePrefix",
        "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault":
          "bucketEncryption.serverSideEncryptionConfiguration[0].serverSideEncryptionByDefault",
        "logging.targetBucket": "loggingConfiguration.destinationBucketName",
        "lifecycleRules[].id": "lifecycleConfiguration.rules[].id",
        "lifecycleRules[].abortIncompleteMultipartUploadDays":
          "lifecycleConfiguration.rules[].abortIncompleteMultipartUpload.daysAfterInitiation",
        "replicationConfiguration.role": "replicationConfiguration.role",
      }),
    ],
    parts: [
      {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        of: "publicAccessBlockConfiguration",
        owner: "bucket",
        moves: renamed(
          Object.fromEntries(
            ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((field) => [
              field,
              `publicAccessBlockConfiguration.${field}`,
            ]),
          ),
        ),
      },
      {
        type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        of: "ownershipControls",
        owner: "bucket",
        moves: renamed({ "rule.objectOwnership": "ownershipControls.rules[0].objectOwnership" }),
      },
    ],
  },
  "aws-native:s3:BucketPolicy": {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    moves: renamed({ policy: "policyDocument" }),
  },
  "aws-native:ecr:Repository": {
    type: "aws:ecr/repository:Repository",
    moves: [TAGS, ...renamed({ name: "repositoryName", "encryptionConfigurations[0]": "encryptionConfiguration" })],
    parts: [
      {
        type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
        of: "repositoryPolicyText",
        owner: "repository",
        moves: renamed({ policy: "repositoryPolicyText" }),
      },
      {
        type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        of: "lifecyclePolicy",
        owner: "repository",
        moves: renamed({ policy: "lifecyclePolicy.lifecyclePolicyText" }),
      },
    ],
  },
  "aws-native:logs:LogGroup": {
    type: "aws:cloudwatch/logGroup:LogGroup",
    moves: [TAGS, ...renamed({ name: "logGroupName" })],
  },
};
