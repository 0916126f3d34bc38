import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { endpointFacts, endpointServiceName, s3GatewayName } from "../../core/data/endpoint-services.js";
import type { EndpointService } from "../../core/data/endpoint-services.js";
import type { Account } from "../account.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { interfaceEndpointPolicy, s3EndpointPolicy } from "./endpoint-policies.js";

/** What {@link createEndpoints} takes. */
export interface EndpointsSpec {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr: Cidr;
  /** The block of pods; `undefined` when they have addresses of `vpcCidr`. */
  readonly podCidr: Cidr | undefined;
  readonly services: readonly EndpointService[];
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** Whether the S3 gateway lets the buckets of Patch Manager through. */
  readonly patchScan: boolean;
  readonly tags: Tags | undefined;
}

/** What others need of the endpoints. */
export interface CreatedEndpoints {
  readonly securityGroup: ec2.SecurityGroup;
  /** The S3 gateway endpoint. */
  readonly s3: ec2.VpcEndpoint;
}

/** The S3 gateway endpoint, an interface endpoint per service, and the security group that lets the VPC in on 443. */
export function createEndpoints(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: EndpointsSpec,
): CreatedEndpoints {
  const securityGroup = new ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      vpcId: spec.vpcId,
      description: "Interface endpoints of AWS services",
      tags: named(`${name}-endpoints`, spec.tags),
    },
    { parent },
  );
  const letIn = (child: string, cidrIpv4: Cidr) =>
    new vpc.SecurityGroupIngressRule(
      child,
      {
        securityGroupId: securityGroup.id,
        description: "HTTPS from inside the VPC",
        cidrIpv4,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        tags: named(child, spec.tags),
      },
      { parent },
    );
  letIn(`${name}-endpoints-https`, spec.vpcCidr);
  if (spec.podCidr !== undefined) letIn(`${name}-endpoints-https-pods`, spec.podCidr);
  const s3 = new ec2.VpcEndpoint(
    `${name}-endpoint-s3`,
    {
      vpcId: spec.vpcId,
      serviceName: s3GatewayName(spec.region),
      vpcEndpointType: "Gateway",
      routeTableIds: [...spec.routeTableIds],
      policy: s3EndpointPolicy(account, spec.region, spec.patchScan),
      tags: named(`${name}-endpoint-s3`, spec.tags),
    },
    { parent },
  );
  for (const service of spec.services)
    new ec2.VpcEndpoint(
      `${name}-endpoint-${service}`,
      {
        vpcId: spec.vpcId,
        serviceName: endpointServiceName(service, spec.region),
        vpcEndpointType: "Interface",
        subnetIds: [...spec.subnetIds],
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
        // Pods with IPv6 reach it by their node's address: not every service has both.
        ipAddressType: "ipv4",
        ...(endpointFacts(service).unsigned === true
          ? {}
          : { policy: interfaceEndpointPolicy(service, account, spec.region) }),
        tags: named(`${name}-endpoint-${service}`, spec.tags),
      },
      { parent },
    );
  return { securityGroup, s3 };
}
