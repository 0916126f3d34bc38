// Functions that a preview answers, and one that only AWS can.
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

module.exports = async () => {
  const { accountId } = await aws.getCallerIdentity();
  const { partition } = await aws.getPartition();
  const zones = await aws.getAvailabilityZones({ state: "available" });
  const vpc = await aws.ec2.getVpc({ default: true });
  const subnets = zones.names.slice(0, 2).map(
    (zone, i) => new aws.ec2.Subnet(`private-${zone}`, { vpcId: vpc.id, availabilityZone: zone, cidrBlock: `10.0.${i}.0/24` }),
  );
  const ami = aws.ec2.getAmiOutput({ owners: ["amazon"], mostRecent: true });
  new aws.ec2.Instance("one", { ami: ami.id, instanceType: "t3.micro", subnetId: subnets[0].id });
  const read = aws.iam.getPolicyDocumentOutput({
    sourcePolicyDocuments: [JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "A", Effect: "Deny", Action: "s3:*", Resource: "*" }] })],
    statements: [{ sid: "B", actions: ["s3:GetObject"], resources: [`arn:${partition}:s3:::logs-${accountId}/*`] }],
  });
  new aws.iam.Policy("read", { policy: read.json });
  return { accountId };
};
