import type { LogEvent } from "../log-alarm.js";

/**
 * The fifteen events of section 5 of the CIS AWS Foundations Benchmark, with the filter patterns that AWS publishes for
 * them: AWS Security Hub user guide, controls CloudWatch.1 to CloudWatch.14
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html), and the actions of AWS
 * Organizations for the last. Read 2026-11-21. Calls that were refused raise an alarm from ten in five minutes on, failed
 * sign-ins from three: one alone happens every day.
 */
export const CIS_FILTERS: readonly LogEvent[] = [
  event(
    "refused-calls",
    "calls to AWS were refused",
    `($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")`,
    10,
  ),
  event(
    "sign-in-without-mfa",
    "somebody signed in to the console without a second factor",
    `($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success")`,
    1,
  ),
  event(
    "root-user",
    "the root user of the account was used",
    `$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent"`,
    1,
  ),
  event(
    "iam-changes",
    "policies of IAM were changed",
    anyOf("iam.amazonaws.com", [
      "CreatePolicy",
      "CreatePolicyVersion",
      "DeletePolicy",
      "DeletePolicyVersion",
      "PutUserPolicy",
      "PutGroupPolicy",
      "PutRolePolicy",
      "DeleteUserPolicy",
      "DeleteGroupPolicy",
      "DeleteRolePolicy",
      "AttachUserPolicy",
      "AttachGroupPolicy",
      "AttachRolePolicy",
      "DetachUserPolicy",
      "DetachGroupPolicy",
      "DetachRolePolicy",
    ]),
    1,
  ),
  event(
    "trail-changes",
    "a trail was changed, stopped or deleted",
    anyOf(undefined, ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"]),
    1,
  ),
  event(
    "failed-sign-in",
    "sign-ins to the console failed",
    `($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication")`,
    3,
  ),
  event(
    "key-deletion",
    "a key was turned off or is to be deleted",
    anyOf("kms.amazonaws.com", ["DisableKey", "ScheduleKeyDeletion"]),
    1,
  ),
  event(
    "bucket-policy-changes",
    "policies or lists of rights of buckets were changed",
    anyOf("s3.amazonaws.com", [
      "PutBucketAcl",
      "PutBucketPolicy",
      "PutBucketCors",
      "PutBucketLifecycle",
      "PutBucketReplication",
      "DeleteBucketPolicy",
      "DeleteBucketCors",
      "DeleteBucketLifecycle",
      "DeleteBucketReplication",
    ]),
    1,
  ),
  event(
    "config-changes",
    "AWS Config was changed or stopped",
    anyOf("config.amazonaws.com", [
      "StopConfigurationRecorder",
      "DeleteDeliveryChannel",
      "PutDeliveryChannel",
      "PutConfigurationRecorder",
    ]),
    1,
  ),
  event(
    "security-group-changes",
    "security groups were changed",
    anyOf(undefined, [
      "AuthorizeSecurityGroupIngress",
      "AuthorizeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
      "RevokeSecurityGroupEgress",
      "CreateSecurityGroup",
      "DeleteSecurityGroup",
    ]),
    1,
  ),
  event(
    "nacl-changes",
    "network ACLs were changed",
    anyOf(undefined, [
      "CreateNetworkAcl",
      "CreateNetworkAclEntry",
      "DeleteNetworkAcl",
      "DeleteNetworkAclEntry",
      "ReplaceNetworkAclEntry",
      "ReplaceNetworkAclAssociation",
    ]),
    1,
  ),
  event(
    "gateway-changes",
    "gateways of networks were changed",
    anyOf(undefined, [
      "CreateCustomerGateway",
      "DeleteCustomerGateway",
      "AttachInternetGateway",
      "CreateInternetGateway",
      "DeleteInternetGateway",
      "DetachInternetGateway",
    ]),
    1,
  ),
  event(
    "route-changes",
    "routes of networks were changed",
    anyOf("ec2.amazonaws.com", [
      "CreateRoute",
      "CreateRouteTable",
      "ReplaceRoute",
      "ReplaceRouteTableAssociation",
      "DeleteRouteTable",
      "DeleteRoute",
      "DisassociateRouteTable",
    ]),
    1,
  ),
  event(
    "vpc-changes",
    "networks were changed",
    anyOf(undefined, [
      "CreateVpc",
      "DeleteVpc",
      "ModifyVpcAttribute",
      "AcceptVpcPeeringConnection",
      "CreateVpcPeeringConnection",
      "DeleteVpcPeeringConnection",
      "RejectVpcPeeringConnection",
      "AttachClassicLinkVpc",
      "DetachClassicLinkVpc",
      "DisableVpcClassicLink",
      "EnableVpcClassicLink",
    ]),
    1,
  ),
  event(
    "organization-changes",
    "the organisation was changed",
    anyOf("organizations.amazonaws.com", [
      "AcceptHandshake",
      "AttachPolicy",
      "CreateAccount",
      "CreateOrganizationalUnit",
      "CreatePolicy",
      "DeclineHandshake",
      "DeleteOrganization",
      "DeleteOrganizationalUnit",
      "DeletePolicy",
      "DetachPolicy",
      "DisablePolicyType",
      "EnablePolicyType",
      "InviteAccountToOrganization",
      "LeaveOrganization",
      "MoveAccount",
      "RemoveAccountFromOrganization",
      "UpdatePolicy",
      "UpdateOrganizationalUnit",
    ]),
    1,
  ),
];

function event(key: string, description: string, condition: string, threshold: number): LogEvent {
  return { key, description, pattern: `{ ${condition} }`, threshold };
}

function anyOf(source: string | undefined, names: readonly string[]): string {
  const some = names.map((name) => `($.eventName = ${name})`).join(" || ");
  return source === undefined ? some : `($.eventSource = ${source}) && (${some})`;
}
