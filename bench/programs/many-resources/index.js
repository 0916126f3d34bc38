const pulumi = require("@pulumi/pulumi");
const { Role } = require("@pulumi/aws/iam/role.js");
const { SecurityGroup } = require("@pulumi/aws/ec2/securityGroup.js");
const { Vpc } = require("@pulumi/aws/ec2/vpc.js");
const { ConfigMap } = require("@pulumi/kubernetes/core/v1/configMap.js");
const { Deployment } = require("@pulumi/kubernetes/apps/v1/deployment.js");

const count = new pulumi.Config().requireNumber("count");
const vpc = new Vpc("vpc", { cidrBlock: "10.0.0.0/16" });

const makers = [
  (i) => new SecurityGroup(`group-${i}`, { vpcId: vpc.id, description: `group ${i}` }),
  (i) =>
    new Role(`role-${i}`, {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      }),
    }),
  (i) =>
    new ConfigMap(`settings-${i}`, {
      metadata: { name: `settings-${i}`, namespace: "bench" },
      data: { vpc: pulumi.interpolate`id ${vpc.id}` },
    }),
  (i) =>
    new Deployment(`app-${i}`, {
      metadata: { name: `app-${i}`, namespace: "bench" },
      spec: {
        selector: { matchLabels: { app: `app-${i}` } },
        template: {
          metadata: { labels: { app: `app-${i}` } },
          spec: { containers: [{ name: "app", image: "registry.example.com/app:1" }] },
        },
      },
    }),
];

for (let i = 1; i < count; i++) makers[i % makers.length](i);
