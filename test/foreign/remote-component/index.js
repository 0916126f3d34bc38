const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

// What the SDK of a component from another language does: the provider, not this process, makes the children.
class Vpc extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("awsx:ec2:Vpc", name, { ...args, vpcId: undefined, privateSubnetIds: undefined }, opts, true);
  }
  describe() {
    return pulumi.runtime.call("awsx:ec2:Vpc/describe", { __self__: this }, this);
  }
}

const vpc = new Vpc("main", { cidrBlock: "10.1.0.0/16" });
new aws.ec2.SecurityGroup("db", { vpcId: vpc.vpcId, description: "database" });
exports.description = vpc.describe();
