const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

const network = new pulumi.StackReference("acme/network/prod");
new aws.ec2.SecurityGroup("web", {
  vpcId: network.requireOutput("vpcId"),
  description: pulumi.interpolate`web in ${network.getOutput("vpcName")}`,
});
// A resource that exists already, read by its id.
const zone = aws.route53.Zone.get("zone", "Z0123456789ABCDEFGHIJ");
new aws.route53.Record("www", { zoneId: zone.zoneId, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] });
