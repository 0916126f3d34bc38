/**
 * What AWS' own policies allow, as far as rules ask: which services and actions, on every resource.
 *
 * Read 2026-11-21 from the copies that the public repository zoph-io/MAMIP keeps of the answers of
 * `aws iam get-policy-version`. Statements that name resources, or that a condition binds to one service, are left out: a
 * row says what a holder may do on everything. Actions that only list or describe are left out too.
 */

/** Patterns of actions as IAM policies have them, on every resource. */
export interface ManagedGrant {
  readonly actions: readonly string[];
  /** The patterns are those that are not allowed: `NotAction`. */
  readonly allBut?: true;
}

/** The policies by name, the part of the ARN after `policy/`. */
export const MANAGED_POLICIES: ReadonlyMap<string, ManagedGrant> = new Map<string, ManagedGrant>([
  ["AdministratorAccess", { actions: ["*"] }],
  ["IAMFullAccess", { actions: ["iam:*"] }],
  ["PowerUserAccess", { actions: ["iam:*", "organizations:*", "account:*"], allBut: true }],
  ["AWSLambda_FullAccess", { actions: ["lambda:*"] }],
  ["AmazonDynamoDBFullAccess", { actions: ["dynamodb:*", "dax:*", "lambda:CreateFunction"] }],
  ["AmazonEC2FullAccess", { actions: ["ec2:*", "elasticloadbalancing:*", "cloudwatch:*", "autoscaling:*"] }],
  ["AmazonS3FullAccess", { actions: ["s3:*", "s3-object-lambda:*"] }],
  ["AmazonS3ReadOnlyAccess", { actions: ["s3:Get*", "s3:List*", "s3:Describe*"] }],
  ["AmazonSSMFullAccess", { actions: ["ssm:*", "logs:*", "ec2messages:*"] }],
  ["AmazonSSMManagedInstanceCore", { actions: ["ssm:GetDocument", "ssm:GetParameter", "ssm:GetParameters"] }],
  ["SecretsManagerReadWrite", { actions: ["secretsmanager:*"] }],
  ["AmazonEBSCSIDriverPolicy", { actions: ["ec2:AttachVolume", "ec2:CreateSnapshot", "ec2:DetachVolume"] }],
  // Both bind every statement that writes to tags of the driver's.
  ["AmazonEBSCSIDriverPolicyV2", { actions: [] }],
  ["AmazonEBSCSIDriverEKSClusterScopedPolicy", { actions: [] }],
  ["AmazonEC2ContainerRegistryPowerUser", { actions: ["ecr:BatchGetImage", "ecr:PutImage"] }],
  ["AmazonEC2ContainerRegistryFullAccess", { actions: ["ecr:*"] }],
  ["AmazonEC2ContainerRegistryPullOnly", { actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }],
  ["AmazonEC2ContainerRegistryReadOnly", { actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }],
  ["AmazonEKSClusterPolicy", { actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifyInstanceAttribute"] }],
  ["AmazonEKSWorkerNodePolicy", { actions: ["eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity"] }],
  ["AmazonEKSWorkerNodeMinimalPolicy", { actions: ["eks-auth:AssumeRoleForPodIdentity"] }],
  ["AmazonEKS_CNI_Policy", { actions: ["ec2:AttachNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"] }],
  ["CloudWatchAgentServerPolicy", { actions: ["cloudwatch:PutMetricData", "logs:PutLogEvents"] }],
]);

/**
 * What every node needs, and the agents that AWS runs on nodes: worker, network interfaces, pulls, Session Manager, metrics
 * (EKS user guide, "Amazon EKS node IAM role").
 */
export const NODE_POLICIES: ReadonlySet<string> = new Set([
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEKSWorkerNodeMinimalPolicy",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonSSMManagedInstanceCore",
  "CloudWatchAgentServerPolicy",
]);
