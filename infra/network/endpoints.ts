import { hasEndpoint } from "../../core/data/endpoint-services.js";
import type { EndpointService } from "../../core/data/endpoint-services.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** A thing that is switched on and needs AWS services from inside the VPC. */
export type EndpointFeature = keyof typeof ENDPOINT_FEATURES;

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
  /** Pods that exchange their token with STS themselves (IRSA). */
  irsa: ["sts"],
  /**
   * What verifies tokens of service accounts from inside the VPC reads the issuer's keys
   * (https://docs.aws.amazon.com/eks/latest/userguide/vpc-interface-endpoints.html#oidc-vpc-interface-endpoints).
   */
  oidcIssuer: ["oidc-eks"],
  /**
   * Session Manager. The SSM agent from 3.3.40 on, which Amazon Linux 2023 ships, no longer calls `ec2messages`
   * (https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html).
   */
  bastion: ["logs", "ssm", "ssmmessages"],
  /** The bastion's comparison with a patch baseline: no endpoint more, but buckets of AWS that the S3 gateway lets through. */
  patchScan: [],
  /** The EBS CSI driver; encryption happens on the side of EC2, so `kms` is not called. */
  blockStorage: ["ec2"],
  /** The EFS CSI driver. */
  fileStorage: ["elasticfilesystem"],
  /** The FSx CSI driver. */
  lustreStorage: ["fsx"],
  /** The AWS Load Balancer Controller. */
  loadBalancers: ["ec2", "elasticloadbalancing"],
  /** The Cluster Autoscaler. */
  autoscaler: ["autoscaling", "ec2", "eks"],
  /**
   * Karpenter: instances, their images (SSM parameters), and the queue of interruptions. Prices and IAM have no endpoint:
   * the node class names an instance profile, and prices are those that Karpenter was built with
   * (https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/#private-clusters).
   */
  karpenter: ["ec2", "eks", "sqs", "ssm", "sts"],
  /** Pods that read secrets of Secrets Manager. */
  secretsManager: ["secretsmanager"],
  /** Pods that read parameters of Systems Manager. */
  parameterStore: ["ssm"],
  /** Pods that call KMS themselves. */
  kms: ["kms"],
  /** Pods that ask a private certificate authority for certificates. */
  privateCertificates: ["acm-pca"],
  /** Metrics to CloudWatch: its agent, Container Insights. */
  monitoring: ["ec2", "logs", "monitoring"],
  /** Metrics to Amazon Managed Service for Prometheus. */
  prometheus: ["aps-workspaces"],
  /** Traces to X-Ray. */
  tracing: ["xray"],
  /** GuardDuty's agent; with this one GuardDuty makes no endpoint of its own, which would stay behind at destroy. */
  guardDuty: ["guardduty-data"],
  /**
   * Inspector on instances (https://docs.aws.amazon.com/inspector/latest/user/vm-scanner.html: these, and S3).
   */
  inspector: ["ec2messages", "inspector2-telemetry", "ssm", "ssmmessages"],
  /** Pods that back up by AWS Backup, and the direct interface of EBS snapshots. */
  backup: ["backup", "ebs"],
} as const satisfies Readonly<Record<string, readonly EndpointService[]>>;

/** The interface endpoints that a set of features needs, each once, in alphabetical order. */
export function endpointsFor(
  features: readonly EndpointFeature[],
  more: readonly EndpointService[] = [],
): EndpointService[] {
  const needed = features.flatMap((feature): readonly EndpointService[] => ENDPOINT_FEATURES[feature]);
  return [...new Set([...needed, ...more])].sort();
}

/** What of `features` a Region has all services for: the default of a network is the same everywhere but for these. */
export function availableFeatures(features: readonly EndpointFeature[], region: string): EndpointFeature[] {
  return features.filter((feature) => ENDPOINT_FEATURES[feature].every((service) => hasEndpoint(service, region)));
}

/** Checks that a Region has the endpoint services that features and single services ask for. */
export function endpointIssues(
  region: string,
  features: readonly EndpointFeature[],
  services: readonly EndpointService[],
): Issue[] {
  const rule = `must need only services that have an interface endpoint in ${region}`;
  return [
    ...features.flatMap((feature, i) => {
      const missing = endpointsFor([feature]).filter((service) => !hasEndpoint(service, region));
      const advice = `${missing.join(", ")} has none there: leave the feature out, and give what needs it another way`;
      return missing.length === 0 ? [] : [issue("Unsupported", `features[${i}]`, rule, feature, advice)];
    }),
    ...services.flatMap((service, i) =>
      hasEndpoint(service, region)
        ? []
        : [issue("Unsupported", `endpointServices[${i}]`, rule, service, "Leave it out")],
    ),
  ];
}
