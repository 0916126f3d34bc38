const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

const schema = {
  async create(inputs) {
    return { id: "schema-1", outs: { ...inputs, version: 7 } };
  },
};

class Schema extends pulumi.dynamic.Resource {
  constructor(name, args, opts) {
    super(schema, name, { version: undefined, ...args }, opts);
  }
}

const topic = new aws.sns.Topic("changes");
const applied = new Schema("orders", { topicArn: topic.arn });
exports.version = applied.version;
