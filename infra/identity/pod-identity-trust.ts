import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "../account.js";
import type { Statement } from "./policy-document.js";

/** The pods that may use a role. */
export interface PodIdentitySubject {
  readonly clusterArn: pulumi.Input<string>;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * The trust of a role for EKS Pod Identity: this cluster, this namespace, this service account. Without the conditions,
 * whoever may create an association in any cluster of the account could use the role
 * (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html). The cluster's ARN holds the account;
 * `aws:SourceAccount` is checked where the request carries it.
 */
export function podIdentityTrust(account: Account, subject: PodIdentitySubject): Statement {
  return {
    sid: "PodIdentity",
    principals: { service: "pods.eks.amazonaws.com" },
    actions: ["sts:AssumeRole", "sts:TagSession"],
    conditions: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": subject.clusterArn,
        "aws:RequestTag/kubernetes-namespace": subject.namespace,
        "aws:RequestTag/kubernetes-service-account": subject.serviceAccount,
      },
      StringEqualsIfExists: { "aws:SourceAccount": account.id },
    },
  };
}
