/** An event that an account is to raise an alarm on. */
export interface CisAlarm {
  /** The event, for messages: `use of the root user`. */
  readonly event: string;
  /** The words that the filter of the benchmark has and no other does. */
  readonly words: readonly string[];
}

/**
 * The fifteen events of section 5 of the CIS AWS Foundations Benchmark, with words of the filter patterns that AWS publishes for
 * them. Read 2026-11-21: AWS Security Hub user guide, controls CloudWatch.1 to CloudWatch.14
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html), and AWS Organizations' actions.
 */
export const CIS_ALARMS: readonly CisAlarm[] = [
  { event: "calls that were refused", words: ["UnauthorizedOperation", "AccessDenied"] },
  { event: "sign-in without a second factor", words: ["ConsoleLogin", "MFAUsed"] },
  { event: "use of the root user", words: ["Root"] },
  { event: "changes of IAM policies", words: ["PutRolePolicy", "AttachRolePolicy"] },
  { event: "changes of CloudTrail", words: ["StopLogging", "DeleteTrail"] },
  { event: "failed sign-in", words: ["ConsoleLogin", "Failed authentication"] },
  { event: "keys that are turned off or deleted", words: ["DisableKey", "ScheduleKeyDeletion"] },
  { event: "changes of bucket policies", words: ["PutBucketPolicy", "PutBucketAcl"] },
  { event: "changes of AWS Config", words: ["StopConfigurationRecorder", "DeleteDeliveryChannel"] },
  { event: "changes of security groups", words: ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"] },
  { event: "changes of network ACLs", words: ["CreateNetworkAcl", "ReplaceNetworkAclEntry"] },
  { event: "changes of gateways", words: ["CreateCustomerGateway", "AttachInternetGateway"] },
  { event: "changes of routes", words: ["CreateRoute", "ReplaceRouteTableAssociation"] },
  { event: "changes of VPCs", words: ["CreateVpc", "ModifyVpcAttribute"] },
  { event: "changes of the organisation", words: ["organizations.amazonaws.com"] },
];
