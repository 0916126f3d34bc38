import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import type { Conditions, Statement } from "./policy-document.js";

/** The pods that may use a role. */
export interface PodIdentitySubject {
  readonly clusterArn: pulumi.Input<string>;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** What Pod Identity asks of a cluster; a `Cluster` has it. */
export type PodIdentityCluster = Pick<ClusterRef, "name" | "arn">;

/**
 * The trust of a role for EKS Pod Identity: this cluster, this namespace, this service account. Without the conditions,
 * whoever may create an association in any cluster of the account could use the role
 * (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html). The session tags are EKS' own, and say it all;
 * `aws:SourceArn` and `aws:SourceAccount` are checked where the request carries them.
 */
export function podIdentityTrust(account: Account, subject: PodIdentitySubject): Statement {
  return trust({
    StringEquals: subjectTags(subject),
    ArnEqualsIfExists: { "aws:SourceArn": subject.clusterArn },
    StringEqualsIfExists: { "aws:SourceAccount": account.id },
  });
}

/**
 * The trust of a role that several associations share. With session policies there are no session tags, so that the trust
 * can name the cluster alone; namespace and service account stand in the associations.
 */
export function sharedPodTrust(account: Account, clusterArn: pulumi.Input<string>): Statement {
  return trust({
    StringEquals: { "aws:SourceAccount": account.id },
    ArnEquals: { "aws:SourceArn": clusterArn },
  });
}

/** The session tags that EKS sets, as conditions (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html). */
export function subjectTags(subject: PodIdentitySubject): Conditions[string] {
  return {
    "aws:RequestTag/eks-cluster-arn": subject.clusterArn,
    "aws:RequestTag/kubernetes-namespace": subject.namespace,
    "aws:RequestTag/kubernetes-service-account": subject.serviceAccount,
  };
}

/** The service has this name in every partition, China included (aws-cdk, region-info, read 2026-11-21). */
function trust(conditions: Conditions): Statement {
  return {
    sid: "PodIdentity",
    principals: { service: "pods.eks.amazonaws.com" },
    actions: ["sts:AssumeRole", "sts:TagSession"],
    conditions,
  };
}
