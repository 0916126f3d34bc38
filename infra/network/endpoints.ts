/** A thing that is switched on and needs AWS services from inside the VPC. */
export type EndpointFeature = keyof typeof ENDPOINT_FEATURES;

/** An AWS service with an interface endpoint, as it stands behind `com.amazonaws.<region>.`. */
export type EndpointService =
  | "autoscaling"
  | "ec2"
  | "ecr.api"
  | "ecr.dkr"
  | "eks"
  | "eks-auth"
  | "elasticloadbalancing"
  | "kms"
  | "logs"
  | "secretsmanager"
  | "ssm"
  | "ssmmessages"
  | "sts";

/**
 * Which services each feature calls, so that a VPC without internet has exactly the endpoints that are used.
 *
 * Source: private cluster requirements of the EKS user guide
 * (https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html). The S3 gateway endpoint, which ECR needs for
 * image layers, costs nothing and is always there.
 */
export const ENDPOINT_FEATURES = {
  /** Bottlerocket asks `ec2` for its host name and `eks` for the service range before it joins; images come from ECR. */
  nodes: ["ec2", "ecr.api", "ecr.dkr", "eks", "logs", "sts"],
  /** The Pod Identity agent exchanges a pod's token for credentials. */
  podIdentity: ["eks-auth"],
  /**
   * Session Manager. The SSM agent from 3.3.40 on, which Amazon Linux 2023 ships, no longer calls `ec2messages`
   * (https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html).
   */
  bastion: ["logs", "ssm", "ssmmessages"],
  /** The EBS CSI driver; encryption happens on the side of EC2, so `kms` is not called. */
  blockStorage: ["ec2"],
  /** The AWS Load Balancer Controller. */
  loadBalancers: ["ec2", "elasticloadbalancing"],
  /** The Cluster Autoscaler. */
  autoscaler: ["autoscaling", "ec2", "eks"],
  /** Pods that read secrets of Secrets Manager. */
  secretsManager: ["secretsmanager"],
  /** Pods that call KMS themselves. */
  kms: ["kms"],
} as const satisfies Readonly<Record<string, readonly EndpointService[]>>;

/** The interface endpoints that a set of features needs, each once, in alphabetical order. */
export function endpointsFor(features: readonly EndpointFeature[]): EndpointService[] {
  return [...new Set<EndpointService>(features.flatMap((feature) => ENDPOINT_FEATURES[feature]))].sort();
}
