/**
 * The most that roles of a cluster may do, by service. Gathered 2026-11-21 from the policies of this package's own roles
 * and from those that AWS publishes for what it runs on a role: the control plane with and without Auto Mode, nodes,
 * Karpenter, the add-ons of EKS, AWS Backup, Velero, the load balancer controller and external-dns. A pattern stands where
 * a service has many actions of one kind; it never stands for a whole service.
 */
const BY_SERVICE: Readonly<Record<string, string>> = {
  acm: "DescribeCertificate ListCertificates",
  autoscaling: "Describe* SetDesiredCapacity TerminateInstanceInAutoScalingGroup UpdateAutoScalingGroup",
  backup: "CopyFromBackupVault CopyIntoBackupVault DescribeBackupVault StartBackupJob StopBackupJob TagResource",
  cloudwatch: "GetMetricData PutMetricData",
  "cognito-idp": "DescribeUserPoolClient",
  ec2:
    "AssignIpv6Addresses AssignPrivateIpAddresses AttachNetworkInterface AttachVolume AuthorizeSecurityGroup* CopySnapshot " +
    "CreateFleet CreateLaunchTemplate CreateNetworkInterface* CreateRoute CreateSecurityGroup CreateSnapshot* CreateTags " +
    "CreateVolume DeleteLaunchTemplate DeleteNetworkInterface* DeleteRoute DeleteSecurityGroup DeleteSnapshot DeleteTags " +
    "DeleteVolume Describe* DetachNetworkInterface DetachVolume EnableFastSnapshotRestores GetCoipPoolUsage " +
    "GetSecurityGroupsForVpc ModifyInstanceAttribute ModifyNetworkInterfaceAttribute ModifyVolume* RevokeSecurityGroup* " +
    "RunInstances TerminateInstances UnassignIpv6Addresses UnassignPrivateIpAddresses",
  ecr:
    "BatchCheckLayerAvailability BatchGetImage BatchImportUpstreamImage CompleteLayerUpload CreateRepository Describe* " +
    "GetAuthorizationToken GetDownloadUrlForLayer InitiateLayerUpload ListImages PutImage ReplicateImage TagResource " +
    "UploadLayerPart",
  eks: "AccessKubernetesApi DescribeAddon* DescribeCluster ListTagsForResource",
  "eks-auth": "AssumeRoleForPodIdentity",
  elasticfilesystem: "Client* CreateAccessPoint DeleteAccessPoint Describe* TagResource",
  // All that changes or describes load balancers, in few letters: a managed policy has 6,144.
  elasticloadbalancing: "A* C* D* E* M* R* S*",
  events: "PutEvents",
  guardduty: "SendSecurityTelemetry",
  kms: "CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey* ListGrants ReEncrypt* RetireGrant RevokeGrant",
  logs: "CreateLogStream Describe* PutLogEvents",
  pricing: "GetProducts",
  route53: "ChangeResourceRecordSets GetChange GetHostedZone List*",
  s3: "AbortMultipartUpload DeleteObject* GetBucket* GetObject* ListBucket* ListMultipartUploadParts PutObject PutObjectTagging",
  secretsmanager: "DescribeSecret GetSecretValue",
  shield: "CreateProtection DeleteProtection DescribeProtection GetSubscriptionState",
  sns: "Publish",
  sqs: "DeleteMessage Get* ReceiveMessage SendMessage",
  ssm:
    "DescribeAssociation DescribeDocument DescribeInstanceInformation GetDeployablePatchSnapshotForInstance GetDocument " +
    "GetParameter* ListAssociations ListDocuments ListInstanceAssociations PutComplianceItems PutInventory ResumeSession StartSession " +
    "TerminateSession UpdateAssociationStatus UpdateInstanceAssociationStatus UpdateInstanceInformation",
  ssmmessages: "Create* Open*",
  tag: "GetResources",
  wafv2: "AssociateWebACL DisassociateWebACL GetWebACL*",
  xray: "PutTelemetryRecords PutTraceSegments",
};

/**
 * What no role of a cluster may do, whatever is allowed: become somebody else, cover its traces, or weaken the cluster.
 * Passing a role and instance profiles, which Karpenter and Auto Mode need, are not here: they are allowed for the
 * cluster's own roles alone.
 */
const NEVER_BY_SERVICE: Readonly<Record<string, string>> = {
  account: "*",
  cloudtrail: "DeleteTrail PutEventSelectors StopLogging UpdateTrail",
  ec2: "CreateVpcPeering* DeleteFlowLogs DeleteVpc* ModifyImageAttribute ModifySnapshotAttribute ModifyVpc*",
  eks: "AssociateAccessPolicy Create* Delete* Update*",
  iam:
    "AddUser* Attach* Change* CreateA* CreateG* CreateL* CreateO* CreateP* CreateR* CreateS* CreateU* CreateV* Deactivate* " +
    "DeleteA* DeleteG* DeleteL* DeleteO* DeleteP* DeleteR* DeleteS* DeleteU* DeleteV* Detach* Enable* Put* Set* TagR* TagU* Update* Upload*",
  kms: "DisableKey PutKeyPolicy ScheduleKeyDeletion",
  logs: "DeleteLogGroup DeleteRetentionPolicy PutRetentionPolicy",
  organizations: "*",
  secretsmanager: "PutResourcePolicy",
};

/** The most that any role of a cluster may ever be given, as `service:Action` and patterns. */
export const BOUNDARY_ACTIONS: readonly string[] = withService(BY_SERVICE);

/** What no role of a cluster may do, whatever is allowed. */
export const BOUNDARY_DENIED_ACTIONS: readonly string[] = withService(NEVER_BY_SERVICE);

/** The instance profiles that Karpenter and Auto Mode make for the nodes that they start. */
export const INSTANCE_PROFILE_ACTIONS: readonly string[] = [
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:DeleteInstanceProfile",
  "iam:GetInstanceProfile",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
];

function withService(table: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(table).flatMap(([service, names]) => names.split(" ").map((name) => `${service}:${name}`));
}
