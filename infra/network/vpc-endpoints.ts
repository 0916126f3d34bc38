import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import type { Account } from "../account.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { interfaceEndpointPolicy, s3EndpointPolicy } from "./endpoint-policies.js";
import type { EndpointService } from "./endpoints.js";

/** What {@link createEndpoints} takes. */
export interface EndpointsSpec {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr: Cidr;
  readonly services: readonly EndpointService[];
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly routeTableIds: readonly pulumi.Input<string>[];
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
  const serviceName = (service: string) => `com.amazonaws.${spec.region}.${service}`;
  const securityGroup = new ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      vpcId: spec.vpcId,
      description: "Interface endpoints of AWS services",
      tags: named(`${name}-endpoints`, spec.tags),
    },
    { parent },
  );
  new vpc.SecurityGroupIngressRule(
    `${name}-endpoints-https`,
    {
      securityGroupId: securityGroup.id,
      description: "HTTPS from inside the VPC",
      cidrIpv4: spec.vpcCidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: named(`${name}-endpoints-https`, spec.tags),
    },
    { parent },
  );
  const s3 = new ec2.VpcEndpoint(
    `${name}-endpoint-s3`,
    {
      vpcId: spec.vpcId,
      serviceName: serviceName("s3"),
      vpcEndpointType: "Gateway",
      routeTableIds: [...spec.routeTableIds],
      policy: s3EndpointPolicy(account, spec.region),
      tags: named(`${name}-endpoint-s3`, spec.tags),
    },
    { parent },
  );
  for (const service of spec.services)
    new ec2.VpcEndpoint(
      `${name}-endpoint-${service}`,
      {
        vpcId: spec.vpcId,
        serviceName: serviceName(service),
        vpcEndpointType: "Interface",
        subnetIds: [...spec.subnetIds],
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
        policy: interfaceEndpointPolicy(service, account, spec.region),
        tags: named(`${name}-endpoint-${service}`, spec.tags),
      },
      { parent },
    );
  return { securityGroup, s3 };
}
