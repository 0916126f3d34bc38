/** What costs by use alone, and what has a fixed cost that no table here knows. */
import type { NotCountedReason } from "../model.js";

interface Row {
  readonly reason: NotCountedReason;
  readonly part: string;
  readonly detail: string;
}

const use = (part: string, detail: string): Row => ({ reason: "byUse", part, detail });
const noPrice = (part: string): Row => ({
  reason: "noPrice",
  part,
  detail: "they cost by the hour, and no price is kept here",
});

const DATABASES = noPrice("databases, caches and queues");

/** By wire token. A type that stands neither here nor among the meters is taken to cost nothing at rest. */
export const UNCOUNTED: Readonly<Record<string, Row>> = {
  "aws:cloudwatch/logGroup:LogGroup": use("logs", "logs cost by what is written and kept"),
  "aws:ec2/flowLog:FlowLog": use("flow logs", "flow logs cost by what is written"),
  "aws:cloudtrail/trail:Trail": use("trails", "data events and further trails cost by event"),
  "aws:s3/bucket:Bucket": use("buckets", "buckets cost by what lies in them"),
  "aws:ecr/repository:Repository": use("repositories", "repositories cost by what lies in them"),
  "aws:backup/vault:Vault": use("backup vaults", "vaults cost by what lies in them"),
  "aws:cfg/recorder:Recorder": use("AWS Config", "AWS Config costs by recorded change and evaluation"),
  "aws:guardduty/detector:Detector": use("GuardDuty", "GuardDuty costs by what it reads and by core of nodes"),
  "aws:inspector2/enabler:Enabler": use("Inspector", "Inspector costs by machine and by image"),
  "aws:securityhub/account:Account": use("Security Hub", "Security Hub costs by check and finding"),
  "aws:detective/graph:Graph": use("Detective", "Detective costs by what it reads"),
  "aws:accessanalyzer/analyzer:Analyzer": use("Access Analyzer", "analyzers of unused access cost by role and user"),
  "aws:eks/fargateProfile:FargateProfile": use("Fargate pods", "pods on Fargate cost by the hour that they run"),
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": use(
    "DNS firewall",
    "the DNS firewall costs by query and by listed domain",
  ),
  "aws:efs/fileSystem:FileSystem": use("file systems", "file systems cost by what lies in them"),
  "aws:lambda/function:Function": use("functions", "functions cost by the time that they run"),
  "aws:ec2/vpnConnection:VpnConnection": noPrice("VPN connections"),
  "aws:eks/capability:Capability": noPrice("EKS capabilities"),
  "aws:networkmanager/coreNetwork:CoreNetwork": noPrice("core networks"),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": noPrice("composite alarms"),
  "aws:wafv2/webAcl:WebAcl": noPrice("web ACLs"),
  "aws:acmpca/certificateAuthority:CertificateAuthority": noPrice("private certificate authorities"),
  "aws:ec2/dedicatedHost:DedicatedHost": noPrice("dedicated hosts"),
  "aws:cloudhsmv2/cluster:Cluster": noPrice("HSM clusters"),
  "aws:globalaccelerator/accelerator:Accelerator": noPrice("accelerators"),
  "aws:directoryservice/directory:Directory": noPrice("directories"),
  "aws:fsx/lustreFileSystem:LustreFileSystem": noPrice("FSx file systems"),
  "aws:fsx/ontapFileSystem:OntapFileSystem": noPrice("FSx file systems"),
  "aws:fsx/windowsFileSystem:WindowsFileSystem": noPrice("FSx file systems"),
  "aws:rds/instance:Instance": DATABASES,
  "aws:rds/clusterInstance:ClusterInstance": DATABASES,
  "aws:docdb/clusterInstance:ClusterInstance": DATABASES,
  "aws:neptune/clusterInstance:ClusterInstance": DATABASES,
  "aws:redshift/cluster:Cluster": DATABASES,
  "aws:elasticache/cluster:Cluster": DATABASES,
  "aws:elasticache/replicationGroup:ReplicationGroup": DATABASES,
  "aws:memorydb/cluster:Cluster": DATABASES,
  "aws:opensearch/domain:Domain": DATABASES,
  "aws:msk/cluster:Cluster": DATABASES,
  "aws:mq/broker:Broker": DATABASES,
};
