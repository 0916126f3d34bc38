/**
 * Managed rules of AWS Config on clusters, their nodes, images and keys, by the name that they get in the pack. Read
 * 2026-11-21: AWS Config developer guide, "List of AWS Config Managed Rules"
 * (https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html).
 */
export const EKS_CONFORMANCE_RULES = {
  "cmk-backing-key-rotation-enabled": "CMK_BACKING_KEY_ROTATION_ENABLED",
  "ec2-ebs-encryption-by-default": "EC2_EBS_ENCRYPTION_BY_DEFAULT",
  "ec2-imdsv2-check": "EC2_IMDSV2_CHECK",
  "ecr-private-image-scanning-enabled": "ECR_PRIVATE_IMAGE_SCANNING_ENABLED",
  "ecr-private-lifecycle-policy-configured": "ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED",
  "ecr-private-tag-immutability-enabled": "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED",
  "eks-cluster-logging-enabled": "EKS_CLUSTER_LOGGING_ENABLED",
  "eks-cluster-secrets-encrypted": "EKS_CLUSTER_SECRETS_ENCRYPTED",
  "eks-endpoint-no-public-access": "EKS_ENDPOINT_NO_PUBLIC_ACCESS",
  "vpc-default-security-group-closed": "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
  "vpc-flow-logs-enabled": "VPC_FLOW_LOGS_ENABLED",
} as const;
