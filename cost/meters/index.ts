import type { Meter } from "../charge.js";
import { autoScalingGroup, clusterMeter, instance, nodeGroup, volume } from "./compute.js";
import { firewall, flat, loadBalancer, natGateway, resolverEndpoint, vpcEndpoint } from "./network.js";
import { alarm, secret } from "./services.js";
import { UNCOUNTED } from "./uncounted.js";

/** By wire token: what costs the same whatever it does. The cluster is apart, since the day decides what it costs. */
export const METERS: Readonly<Record<string, Meter>> = {
  "aws:eks/nodeGroup:NodeGroup": nodeGroup,
  "aws:autoscaling/group:Group": autoScalingGroup,
  "aws:ec2/instance:Instance": instance,
  "aws:ebs/volume:Volume": volume,
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
  "aws:ec2/natGateway:NatGateway": natGateway,
  "aws:ec2/eip:Eip": flat("public addresses", "publicAddress"),
  "aws:networkfirewall/firewall:Firewall": firewall,
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": flat("transit gateway attachments", "transitGatewayAttachment"),
  "aws:ec2clientvpn/networkAssociation:NetworkAssociation": flat("Client VPN associations", "clientVpnAssociation"),
  "aws:route53/resolverEndpoint:ResolverEndpoint": resolverEndpoint,
  "aws:route53/zone:Zone": flat("hosted zones", "hostedZone"),
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:elb/loadBalancer:LoadBalancer": flat("load balancers", "classicLoadBalancer"),
  "aws:kms/key:Key": flat("keys", "key"),
  "aws:kms/replicaKey:ReplicaKey": flat("keys", "key"),
  "aws:kms/externalKey:ExternalKey": flat("keys", "key"),
  "aws:secretsmanager/secret:Secret": secret,
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
};

/** The meter of a type; `undefined` for what costs nothing at rest, or is not known to. */
export function meterOf(type: string, today: Date): Meter | undefined {
  if (type === "aws:eks/cluster:Cluster") return clusterMeter(today);
  if (Object.hasOwn(METERS, type)) return METERS[type];
  const row = Object.hasOwn(UNCOUNTED, type) ? UNCOUNTED[type] : undefined;
  return row === undefined ? undefined : () => [row];
}
