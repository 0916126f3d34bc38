/**
 * Properties whose change makes the provider replace a resource of AWS, by wire token: those that Ringfence creates, and
 * their neighbours. A change of any other property is an update, and of a type that is not here too.
 *
 * From the `ForceNew` and `RequiresReplace` marks of terraform-provider-aws, which @pulumi/aws 7.48.0 bridges. Read
 * 2026-11-21 in its source (https://github.com/hashicorp/terraform-provider-aws, internal/service): clusters, node groups,
 * access entries, policy associations, subnets, endpoints, log groups, repositories. The rest follows from the APIs of AWS,
 * which cannot change these properties of what exists (there is no action that takes them).
 */
export const REPLACED_BY: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": [
    "name",
    "roleArn",
    "encryptionConfig",
    "kubernetesNetworkConfig.ipFamily",
    "kubernetesNetworkConfig.serviceIpv4Cidr",
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "computeConfig.nodeRoleArn",
    "outpostConfig",
    "remoteNetworkConfig",
    "bootstrapSelfManagedAddons",
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "remoteAccess",
    "subnetIds",
  ],
  "aws:eks/fargateProfile:FargateProfile": [
    "clusterName",
    "fargateProfileName",
    "podExecutionRoleArn",
    "selectors",
    "subnetIds",
  ],
  "aws:eks/addon:Addon": ["addonName", "clusterName"],
  "aws:eks/accessEntry:AccessEntry": ["clusterName", "principalArn", "type"],
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
    "accessScope",
    "clusterName",
    "policyArn",
    "principalArn",
  ],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": ["clusterName", "namespace", "serviceAccount"],
  "aws:eks/identityProviderConfig:IdentityProviderConfig": ["clusterName", "oidc"],
  "aws:ec2/vpc:Vpc": ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId"],
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": ["cidrBlock", "vpcId"],
  "aws:ec2/subnet:Subnet": [
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6IpamPoolId",
    "ipv6Native",
    "ipv6NetmaskLength",
    "outpostArn",
    "vpcId",
  ],
  "aws:ec2/securityGroup:SecurityGroup": ["description", "name", "namePrefix", "vpcId"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
  "aws:ec2/securityGroupRule:SecurityGroupRule": [
    ...["cidrBlocks", "fromPort", "ipv6CidrBlocks", "prefixListIds", "protocol"],
    ...["securityGroupId", "self", "sourceSecurityGroupId", "toPort", "type"],
  ],
  "aws:ec2/routeTable:RouteTable": ["vpcId"],
  "aws:ec2/route:Route": [
    "destinationCidrBlock",
    "destinationIpv6CidrBlock",
    "destinationPrefixListId",
    "routeTableId",
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["gatewayId", "subnetId"],
  "aws:ec2/natGateway:NatGateway": [
    "allocationId",
    "availabilityMode",
    "connectivityType",
    "privateIp",
    "subnetId",
    "vpcId",
  ],
  "aws:ec2/eip:Eip": ["address", "customerOwnedIpv4Pool", "domain", "networkBorderGroup", "publicIpv4Pool"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    ...["dnsOptions.privateDnsPreference", "dnsOptions.privateDnsSpecifiedDomains", "resourceConfigurationArn"],
    ...["serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType", "vpcId"],
  ],
  "aws:ec2/flowLog:FlowLog": [
    ...["deliverCrossAccountRole", "destinationOptions", "eniId", "iamRoleArn", "logDestination", "logDestinationType"],
    ...["logFormat", "maxAggregationInterval", "subnetId", "trafficType", "transitGatewayAttachmentId"],
    ...["transitGatewayId", "vpcId"],
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": ["name", "namePrefix"],
  "aws:ec2/instance:Instance": [
    ...["ami", "associatePublicIpAddress", "availabilityZone", "cpuOptions", "ebsBlockDevices", "enclaveOptions"],
    ...["hibernation", "keyName", "networkInterfaces", "placementGroup", "privateIp", "rootBlockDevice.encrypted"],
    ...["rootBlockDevice.kmsKeyId", "securityGroups", "subnetId", "tenancy"],
  ],
  "aws:autoscaling/group:Group": ["name", "namePrefix"],
  "aws:networkfirewall/firewall:Firewall": ["name", "vpcId"],
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": ["name"],
  "aws:networkfirewall/ruleGroup:RuleGroup": ["capacity", "name", "type"],
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": ["peerOwnerId", "peerRegion", "peerVpcId", "vpcId"],
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": ["vpcPeeringConnectionId"],
  "aws:ec2clientvpn/endpoint:Endpoint": ["authenticationOptions", "clientCidrBlock", "transportProtocol"],
  "aws:ec2clientvpn/networkAssociation:NetworkAssociation": ["clientVpnEndpointId", "subnetId"],
  "aws:ec2clientvpn/authorizationRule:AuthorizationRule": [
    ...["accessGroupId", "authorizeAllGroups", "clientVpnEndpointId", "description", "targetNetworkCidr"],
  ],
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": ["transitGatewayId", "vpcId"],
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": [
    ...["transitGatewayAttachmentId", "transitGatewayRouteTableId"],
  ],
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": [
    ...["transitGatewayAttachmentId", "transitGatewayRouteTableId"],
  ],
  "aws:route53/resolverEndpoint:ResolverEndpoint": ["direction", "securityGroupIds"],
  "aws:kms/key:Key": ["customerMasterKeySpec", "customKeyStoreId", "keyUsage", "multiRegion", "xksKeyId"],
  "aws:kms/alias:Alias": ["name", "namePrefix"],
  "aws:kms/replicaKey:ReplicaKey": ["primaryKeyArn"],
  "aws:kms/grant:Grant": [
    ...["constraints", "grantCreationTokens", "granteePrincipal", "keyId", "name", "operations", "retiringPrincipal"],
  ],
  "aws:iam/role:Role": ["name", "namePrefix", "path"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "namePrefix", "role"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn", "role"],
  "aws:iam/policy:Policy": ["description", "name", "namePrefix", "path"],
  "aws:iam/instanceProfile:InstanceProfile": ["name", "namePrefix", "path"],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ["url"],
  "aws:cloudwatch/logGroup:LogGroup": ["logGroupClass", "name", "namePrefix"],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["logGroupName", "name"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:cloudwatch/eventRule:EventRule": ["eventBusName", "name", "namePrefix"],
  "aws:cloudwatch/eventTarget:EventTarget": ["eventBusName", "rule", "targetId"],
  "aws:sns/topic:Topic": ["fifoTopic", "name", "namePrefix"],
  "aws:sns/topicSubscription:TopicSubscription": ["endpoint", "protocol", "topic"],
  "aws:sqs/queue:Queue": ["fifoQueue", "name", "namePrefix"],
  "aws:ecr/repository:Repository": ["encryptionConfigurations", "name"],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["repository"],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["repository"],
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": ["ecrRepositoryPrefix", "upstreamRegistryUrl"],
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": ["prefix"],
  "aws:s3/bucket:Bucket": ["bucket", "bucketPrefix", "objectLockEnabled"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
  "aws:ssm/document:Document": ["name"],
  "aws:cloudtrail/trail:Trail": ["name"],
  "aws:backup/vault:Vault": ["kmsKeyArn", "name"],
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": [
    ...["backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"],
  ],
  "aws:backup/selection:Selection": [
    ...["conditions", "iamRoleArn", "name", "notResources", "planId", "resources", "selectionTags"],
  ],
  "aws:secretsmanager/secret:Secret": ["name", "namePrefix"],
};

/** Properties that replace only while another one of the same resource is true. */
export const REPLACED_WHILE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:ec2/instance:Instance": {
    userData: "userDataReplaceOnChange",
    userDataBase64: "userDataReplaceOnChange",
  },
};

/** Properties that replace when they leave a value, and not when they take it: what a service does not take back. */
export const REPLACED_ON_LEAVING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:eks/cluster:Cluster": { "vpcConfig.controlPlaneEgressMode": "CUSTOMER_ROUTED" },
};

/** What cannot be had again once it is lost: the data of a cluster, all that a key has encrypted, a network with everything in it. */
export const NEVER_LOST: readonly string[] = ["aws:eks/cluster:Cluster", "aws:kms/key:Key", "aws:ec2/vpc:Vpc"];
