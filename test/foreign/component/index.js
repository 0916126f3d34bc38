// A component library as people write them: nested components, inherited options, renamed children.
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

class Site extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:web:Site", name, args, opts);
    this.bucket = new aws.s3.Bucket(`${name}-content`, { tags: args.tags }, { parent: this, aliases: [{ name: `${name}-files` }] });
    this.log = new Log(`${name}-log`, { bucket: this.bucket }, { parent: this });
    this.registerOutputs({ bucketArn: this.bucket.arn });
  }
}

class Log extends pulumi.ComponentResource {
  constructor(name, { bucket }, opts) {
    super("acme:web:Log", name, {}, opts);
    const group = new aws.cloudwatch.LogGroup(name, { retentionInDays: 30 }, { parent: this, ignoreChanges: ["retentionInDays"] });
    new aws.s3.BucketNotification(
      name,
      { bucket: bucket.id },
      { parent: this, dependsOn: [group], deletedWith: bucket, customTimeouts: { create: "5m" } },
    );
  }
}

const site = new Site("shop", { tags: { team: "web" } }, { protect: true, aliases: [{ name: "store" }] });
exports.url = pulumi.interpolate`https://${site.bucket.bucketRegionalDomainName}/index.html`;
