import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { getPartitionOutput } from "@pulumi/aws/getPartition.js";
import { getRegionOutput } from "@pulumi/aws/getRegion.js";
import * as pulumi from "@pulumi/pulumi";

/** Where a component's provider deploys to. */
export interface Account {
  /** Twelve digits. */
  readonly id: pulumi.Output<string>;
  /** `eu-west-1`. */
  readonly region: pulumi.Output<string>;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  readonly partition: pulumi.Output<string>;
  /** `amazonaws.com` or `amazonaws.com.cn`. */
  readonly dnsSuffix: pulumi.Output<string>;
}

/** The account, Region and partition of the provider that `parent` uses. */
export function accountOf(parent: pulumi.Resource): Account {
  const partition = getPartitionOutput({}, { parent });
  return {
    id: getCallerIdentityOutput({}, { parent }).accountId,
    region: getRegionOutput({}, { parent }).region,
    partition: partition.partition,
    dnsSuffix: partition.dnsSuffix,
  };
}

/** The ARN of something in this account and Region: `arn(account, "logs", "log-group:*")`. */
export function arn(account: Account, service: string, resource: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`arn:${account.partition}:${service}:${account.region}:${account.id}:${resource}`;
}

/** The ARN of an IAM resource of this account: `iamArn(account, "root")`. */
export function iamArn(account: Account, resource: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`arn:${account.partition}:iam::${account.id}:${resource}`;
}

/** The ARN of a policy that AWS maintains: `awsPolicyArn(account, "AmazonEKS_CNI_Policy")`. */
export function awsPolicyArn(account: Account, name: string): pulumi.Output<string> {
  return pulumi.interpolate`arn:${account.partition}:iam::aws:policy/${name}`;
}
