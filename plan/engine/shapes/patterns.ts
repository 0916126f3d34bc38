/**
 * What AWS's identifiers look like, by wire token.
 *
 * Read 2026-11-21 from the service authorization reference (ARN formats,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/) and the import sections of @pulumi/aws 7.48.0.
 *
 * Placeholders: `{frag}` the fragment, `{hex17}` 17 hexadecimal digits with it, `{HEX32}` 32 upper-case ones, `{uuid}` a
 * UUID with it, `{name}` the resource's name with it, `{region}`, `{account}`, `{partition}`, `{suffix}` the domain of the partition.
 */

/** How one type of resource is named. */
export interface Pattern {
  /** The property that is the id, when the id is no value of its own: a role's id is its `name`, a policy's its `arn`. */
  readonly idIs?: string;
  readonly id?: string;
  /** Behind `arn:{partition}:`. */
  readonly arn?: string;
  /** Further properties. */
  readonly more?: Readonly<Record<string, string>>;
}

const regional = (service: string, resource: string): string => `${service}:{region}:{account}:${resource}`;
const ec2 = (prefix: string, kind: string): Pattern => ({
  id: `${prefix}-{hex17}`,
  arn: regional("ec2", `${kind}/${prefix}-{hex17}`),
});
const named = (service: string, resource: string, property = "name"): Pattern => ({
  idIs: property,
  arn: regional(service, `${resource}{name}`),
});
const iam = (kind: string, idIs: string): Pattern => ({ idIs, arn: `iam::{account}:${kind}/{name}` });

/** Patterns by wire token. A type that is not here gets an id of the form of a name, and an ARN of its service. */
export const PATTERNS: Readonly<Record<string, Pattern>> = {
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc"),
  "aws:ec2/defaultVpc:DefaultVpc": ec2("vpc", "vpc"),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet"),
  "aws:ec2/securityGroup:SecurityGroup": ec2("sg", "security-group"),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2("sg", "security-group"),
  "aws:ec2/securityGroupRule:SecurityGroupRule": { id: "sgrule-{frag}" },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule"),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table"),
  "aws:ec2/defaultRouteTable:DefaultRouteTable": ec2("rtb", "route-table"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { id: "rtbassoc-{hex17}" },
  "aws:ec2/route:Route": { id: "r-rtb-{hex17}" },
  "aws:ec2/networkAcl:NetworkAcl": ec2("acl", "network-acl"),
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ec2("acl", "network-acl"),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": { id: "eigw-{hex17}" },
  "aws:ec2/natGateway:NatGateway": { id: "nat-{hex17}" },
  "aws:ec2/eip:Eip": { id: "eipalloc-{hex17}", arn: regional("ec2", "elastic-ip/eipalloc-{hex17}") },
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint"),
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
  "aws:ec2/instance:Instance": ec2("i", "instance"),
  "aws:ec2/launchTemplate:LaunchTemplate": ec2("lt", "launch-template"),
  "aws:ec2/networkInterface:NetworkInterface": ec2("eni", "network-interface"),
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": { id: "pcx-{hex17}" },
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": ec2("dopt", "dhcp-options"),
  "aws:ec2/keyPair:KeyPair": { idIs: "keyName", arn: regional("ec2", "key-pair/{name}") },
  "aws:ec2/managedPrefixList:ManagedPrefixList": ec2("pl", "prefix-list"),
  "aws:ec2transitgateway/transitGateway:TransitGateway": {
    id: "tgw-{hex17}",
    arn: regional("ec2", "transit-gateway/tgw-{hex17}"),
  },
  "aws:ebs/volume:Volume": ec2("vol", "volume"),
  "aws:ebs/snapshot:Snapshot": { id: "snap-{hex17}", arn: "ec2:{region}::snapshot/snap-{hex17}" },
  "aws:autoscaling/group:Group": {
    idIs: "name",
    arn: regional("autoscaling", "autoScalingGroup:{uuid}:autoScalingGroupName/group"),
  },
  "aws:iam/role:Role": { ...iam("role", "name"), more: { uniqueId: "AROA{FRAG}ABCDE" } },
  "aws:iam/user:User": { ...iam("user", "name"), more: { uniqueId: "AIDA{FRAG}ABCDE" } },
  "aws:iam/group:Group": { ...iam("group", "name"), more: { uniqueId: "AGPA{FRAG}ABCDE" } },
  "aws:iam/policy:Policy": { ...iam("policy", "arn"), more: { policyId: "ANPA{FRAG}ABCDE" } },
  "aws:iam/instanceProfile:InstanceProfile": {
    ...iam("instance-profile", "name"),
    more: { uniqueId: "AIPA{FRAG}ABCDE" },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": { idIs: "arn", arn: "iam::{account}:oidc-provider/{frag}" },
  "aws:kms/key:Key": { idIs: "keyId", arn: regional("kms", "key/{uuid}"), more: { keyId: "{uuid}" } },
  "aws:kms/replicaKey:ReplicaKey": { idIs: "keyId", arn: regional("kms", "key/{uuid}"), more: { keyId: "{uuid}" } },
  "aws:kms/alias:Alias": {
    idIs: "name",
    arn: regional("kms", "{name}"),
    more: { targetKeyArn: "arn:{partition}:kms:{region}:{account}:key/{uuid}" },
  },
  "aws:kms/grant:Grant": { id: "{uuid}:{frag}" },
  "aws:eks/cluster:Cluster": {
    ...named("eks", "cluster/"),
    more: { endpoint: "https://{HEX32}.gr7.{region}.eks.amazonaws.com", clusterId: "{uuid}" },
  },
  "aws:eks/nodeGroup:NodeGroup": { id: "{name}", arn: regional("eks", "nodegroup/{name}/{uuid}") },
  "aws:eks/addon:Addon": { id: "{name}", arn: regional("eks", "addon/{name}/{uuid}") },
  "aws:eks/fargateProfile:FargateProfile": { id: "{name}", arn: regional("eks", "fargateprofile/{name}/{uuid}") },
  "aws:eks/accessEntry:AccessEntry": {
    id: "{name}",
    more: { accessEntryArn: "arn:{partition}:eks:{region}:{account}:access-entry/{name}/{uuid}" },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    id: "a-{hex17}",
    more: {
      associationId: "a-{hex17}",
      associationArn: "arn:{partition}:eks:{region}:{account}:podidentityassociation/{name}/a-{hex17}",
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": named("logs", "log-group:"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": named("cloudwatch", "alarm:"),
  "aws:ecr/repository:Repository": {
    ...named("ecr", "repository/"),
    more: { registryId: "{account}", repositoryUrl: "{account}.dkr.ecr.{region}.{suffix}/{name}" },
  },
  "aws:s3/bucket:Bucket": {
    idIs: "bucket",
    arn: "s3:::{name}",
    more: { bucketDomainName: "{name}.s3.{suffix}", bucketRegionalDomainName: "{name}.s3.{region}.{suffix}" },
  },
  "aws:s3/bucketV2:BucketV2": {
    idIs: "bucket",
    arn: "s3:::{name}",
    more: { bucketDomainName: "{name}.s3.{suffix}", bucketRegionalDomainName: "{name}.s3.{region}.{suffix}" },
  },
  "aws:sns/topic:Topic": { idIs: "arn", arn: regional("sns", "{name}") },
  "aws:sqs/queue:Queue": {
    idIs: "url",
    arn: regional("sqs", "{name}"),
    more: { url: "https://sqs.{region}.{suffix}/{account}/{name}" },
  },
  "aws:lambda/function:Function": named("lambda", "function:"),
  "aws:dynamodb/table:Table": named("dynamodb", "table/"),
  "aws:secretsmanager/secret:Secret": { idIs: "arn", arn: regional("secretsmanager", "secret:{name}") },
  "aws:secretsmanager/secretVersion:SecretVersion": { id: "{name}", more: { versionId: "{uuid}" } },
  "aws:ssm/parameter:Parameter": { idIs: "name", arn: regional("ssm", "parameter/{name}") },
  "aws:ssm/document:Document": named("ssm", "document/"),
  "aws:acm/certificate:Certificate": { idIs: "arn", arn: regional("acm", "certificate/{uuid}") },
  "aws:lb/loadBalancer:LoadBalancer": {
    idIs: "arn",
    arn: regional("elasticloadbalancing", "loadbalancer/app/{name}/{frag}0000"),
    more: { dnsName: "{name}.{region}.elb.amazonaws.com", zoneId: "Z{FRAG}" },
  },
  "aws:lb/targetGroup:TargetGroup": {
    idIs: "arn",
    arn: regional("elasticloadbalancing", "targetgroup/{name}/{frag}0000"),
  },
  "aws:lb/listener:Listener": { idIs: "arn", arn: regional("elasticloadbalancing", "listener/app/{name}/{frag}0000") },
  "aws:rds/instance:Instance": {
    id: "db-{FRAG}",
    arn: regional("rds", "db:{name}"),
    more: {
      address: "{name}.{region}.rds.amazonaws.com",
      endpoint: "{name}.{region}.rds.amazonaws.com:5432",
      resourceId: "db-{FRAG}",
    },
  },
  "aws:rds/cluster:Cluster": {
    idIs: "clusterIdentifier",
    arn: regional("rds", "cluster:{name}"),
    more: { endpoint: "{name}.cluster.{region}.rds.amazonaws.com" },
  },
  "aws:route53/zone:Zone": { id: "Z{FRAG}", arn: "route53:::hostedzone/Z{FRAG}", more: { zoneId: "Z{FRAG}" } },
  "aws:wafv2/webAcl:WebAcl": { id: "{uuid}", arn: regional("wafv2", "regional/webacl/{name}/{uuid}") },
  "aws:guardduty/detector:Detector": {
    id: "{frag}00000000000000000000",
    arn: regional("guardduty", "detector/{frag}00000000000000000000"),
  },
};

/** Ids of other resources that AWS makes beside the one that was asked for, by the name of the property. */
export const PROPERTY_PATTERNS: Readonly<Record<string, string>> = {
  vpcId: "vpc-{hex17}",
  subnetId: "subnet-{hex17}",
  securityGroupId: "sg-{hex17}",
  defaultSecurityGroupId: "sg-{hex17}",
  sourceSecurityGroupId: "sg-{hex17}",
  mainRouteTableId: "rtb-{hex17}",
  defaultRouteTableId: "rtb-{hex17}",
  routeTableId: "rtb-{hex17}",
  defaultNetworkAclId: "acl-{hex17}",
  dhcpOptionsId: "dopt-{hex17}",
  networkInterfaceId: "eni-{hex17}",
  primaryNetworkInterfaceId: "eni-{hex17}",
  allocationId: "eipalloc-{hex17}",
  associationId: "eipassoc-{hex17}",
  securityGroupRuleId: "sgr-{hex17}",
  prefixListId: "pl-{hex17}",
  keyId: "{uuid}",
};
