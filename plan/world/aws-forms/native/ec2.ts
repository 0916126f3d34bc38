import type { Form } from "../form.js";
import { renamed } from "../form.js";
import { TAGS } from "./eks.js";

/** What a security group of CloudFormation lets out when its template says nothing (AWS::EC2::SecurityGroup). */
const EVERYTHING_OUT = [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }];

/** Names of root devices (EC2 user guide, "Device names for volumes"). */
const ROOT_DEVICES = ["/dev/xvda", "/dev/sda1"];

/** The fields of a launch template that have the same name within `launchTemplateData`. */
const LAUNCH_TEMPLATE_DATA = [
  "blockDeviceMappings",
  "iamInstanceProfile",
  "imageId",
  "instanceType",
  "keyName",
  "metadataOptions",
  "monitoring",
  "userData",
];

function rules(list: "ingress" | "egress", peer: "source" | "destination"): Readonly<Record<string, string>> {
  const from = list === "ingress" ? "securityGroupIngress[]" : "securityGroupEgress[]";
  return {
    [`${list}[].protocol`]: `${from}.ipProtocol`,
    [`${list}[].fromPort`]: `${from}.fromPort`,
    [`${list}[].toPort`]: `${from}.toPort`,
    [`${list}[].description`]: `${from}.description`,
    [`${list}[].cidrBlocks[0]`]: `${from}.cidrIp`,
    [`${list}[].ipv6CidrBlocks[0]`]: `${from}.cidrIpv6`,
    [`${list}[].prefixListIds[0]`]: `${from}.${peer}PrefixListId`,
    [`${list}[].securityGroups[0]`]: `${from}.${peer}SecurityGroupId`,
  };
}

/** Resources of EC2 in `@pulumi/aws-native` 1.79, after their input types. */
export const NATIVE_EC2: Readonly<Record<string, Form>> = {
  "aws-native:ec2:Vpc": { type: "aws:ec2/vpc:Vpc", moves: [TAGS] },
  "aws-native:ec2:Subnet": { type: "aws:ec2/subnet:Subnet", moves: [TAGS] },
  "aws-native:ec2:InternetGateway": { type: "aws:ec2/internetGateway:InternetGateway", moves: [TAGS] },
  "aws-native:ec2:NatGateway": { type: "aws:ec2/natGateway:NatGateway", moves: [TAGS] },
  "aws-native:ec2:RouteTable": { type: "aws:ec2/routeTable:RouteTable", moves: [TAGS] },
  "aws-native:ec2:Route": { type: "aws:ec2/route:Route", moves: [] },
  "aws-native:ec2:SubnetRouteTableAssociation": {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    moves: [],
  },
  "aws-native:ec2:SecurityGroup": {
    type: "aws:ec2/securityGroup:SecurityGroup",
    moves: [
      TAGS,
      ...renamed({ description: "groupDescription", name: "groupName", ...rules("ingress", "source") }),
      { to: "egress", from: "securityGroupEgress", absent: EVERYTHING_OUT, as: () => [] },
      ...renamed(rules("egress", "destination")),
    ],
  },
  "aws-native:ec2:SecurityGroupIngress": {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    moves: renamed({
      securityGroupId: "groupId",
      cidrIpv4: "cidrIp",
      referencedSecurityGroupId: "sourceSecurityGroupId",
      prefixListId: "sourcePrefixListId",
    }),
  },
  "aws-native:ec2:SecurityGroupEgress": {
    type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    moves: renamed({
      securityGroupId: "groupId",
      cidrIpv4: "cidrIp",
      referencedSecurityGroupId: "destinationSecurityGroupId",
      prefixListId: "destinationPrefixListId",
    }),
  },
  "aws-native:ec2:LaunchTemplate": {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    moves: renamed({
      name: "launchTemplateName",
      description: "versionDescription",
      ...Object.fromEntries(LAUNCH_TEMPLATE_DATA.map((field) => [field, `launchTemplateData.${field}`])),
      vpcSecurityGroupIds: "launchTemplateData.securityGroupIds",
      "networkInterfaces[].associatePublicIpAddress": "launchTemplateData.networkInterfaces[].associatePublicIpAddress",
      "networkInterfaces[].subnetId": "launchTemplateData.networkInterfaces[].subnetId",
      "networkInterfaces[].securityGroups": "launchTemplateData.networkInterfaces[].groups",
    }),
  },
  "aws-native:ec2:Instance": {
    type: "aws:ec2/instance:Instance",
    moves: [
      TAGS,
      ...["encrypted", "kmsKeyId"].map((field) => ({
        to: `rootBlockDevice.${field}`,
        from: `blockDeviceMappings[0].ebs.${field}`,
        when: { at: "blockDeviceMappings[0].deviceName", is: ROOT_DEVICES },
      })),
      ...renamed({
        ami: "imageId",
        vpcSecurityGroupIds: "securityGroupIds",
        associatePublicIpAddress: "networkInterfaces[0].associatePublicIpAddress",
        "ebsBlockDevices[].deviceName": "blockDeviceMappings[].deviceName",
        "ebsBlockDevices[].encrypted": "blockDeviceMappings[].ebs.encrypted",
        "ebsBlockDevices[].kmsKeyId": "blockDeviceMappings[].ebs.kmsKeyId",
        "launchTemplate.id": "launchTemplate.launchTemplateId",
        "launchTemplate.name": "launchTemplate.launchTemplateName",
        "launchTemplate.version": "launchTemplate.version",
      }),
    ],
  },
  "aws-native:ec2:Volume": {
    type: "aws:ebs/volume:Volume",
    moves: [TAGS, ...renamed({ type: "volumeType" })],
  },
  "aws-native:ec2:FlowLog": {
    type: "aws:ec2/flowLog:FlowLog",
    moves: [
      TAGS,
      { to: "vpcId", from: "resourceId", when: { at: "resourceType", is: ["VPC"] } },
      { to: "subnetId", from: "resourceId", when: { at: "resourceType", is: ["Subnet"] } },
      ...renamed({ iamRoleArn: "deliverLogsPermissionArn" }),
    ],
  },
  "aws-native:ec2:VpcEndpoint": {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    moves: [TAGS, ...renamed({ policy: "policyDocument" })],
  },
  "aws-native:ec2:VpcEndpointService": {
    type: "aws:ec2/vpcEndpointService:VpcEndpointService",
    moves: [TAGS],
  },
  "aws-native:ec2:Eip": {
    type: "aws:ec2/eip:Eip",
    moves: [TAGS, ...renamed({ instance: "instanceId" })],
  },
  "aws-native:ec2:NetworkAcl": { type: "aws:ec2/networkAcl:NetworkAcl", moves: [TAGS] },
};
