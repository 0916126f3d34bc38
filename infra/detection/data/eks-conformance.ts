/** Regions that lack most of the newer rules. */
const NEW_REGIONS = ["ap-east-2", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "mx-central-1"];

/** A managed rule of AWS Config. */
export interface ConformanceRule {
  readonly identifier: string;
  /** Regions without it. */
  readonly missingIn: readonly string[];
}

/**
 * Managed rules of AWS Config on clusters, their nodes, images and keys, by the name that they get in the pack. Read
 * 2026-11-21: AWS Config developer guide, "List of AWS Config Managed Rules", the page of each rule
 * (https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html).
 */
export const EKS_CONFORMANCE_RULES = {
  "cmk-backing-key-rotation-enabled": everywhere("CMK_BACKING_KEY_ROTATION_ENABLED"),
  "ec2-ebs-encryption-by-default": everywhere("EC2_EBS_ENCRYPTION_BY_DEFAULT"),
  "ec2-imdsv2-check": everywhere("EC2_IMDSV2_CHECK"),
  "ecr-private-image-scanning-enabled": {
    identifier: "ECR_PRIVATE_IMAGE_SCANNING_ENABLED",
    missingIn: ["cn-north-1", "cn-northwest-1"],
  },
  "ecr-private-lifecycle-policy-configured": {
    identifier: "ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED",
    missingIn: [...NEW_REGIONS, "il-central-1"],
  },
  "ecr-private-tag-immutability-enabled": {
    identifier: "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED",
    missingIn: [...NEW_REGIONS, "il-central-1"],
  },
  "eks-cluster-logging-enabled": {
    identifier: "EKS_CLUSTER_LOGGING_ENABLED",
    missingIn: [
      ...NEW_REGIONS,
      "ap-south-2",
      "ap-southeast-4",
      "cn-north-1",
      "cn-northwest-1",
      "eu-central-2",
      "eu-south-2",
      "il-central-1",
      "me-central-1",
      "us-gov-east-1",
      "us-gov-west-1",
    ],
  },
  "eks-endpoint-no-public-access": everywhere("EKS_ENDPOINT_NO_PUBLIC_ACCESS"),
  "eks-secrets-encrypted": { identifier: "EKS_SECRETS_ENCRYPTED", missingIn: ["ap-southeast-6"] },
  "vpc-default-security-group-closed": everywhere("VPC_DEFAULT_SECURITY_GROUP_CLOSED"),
  "vpc-flow-logs-enabled": everywhere("VPC_FLOW_LOGS_ENABLED"),
} as const satisfies Readonly<Record<string, ConformanceRule>>;

function everywhere(identifier: string): ConformanceRule {
  return { identifier, missingIn: [] };
}
