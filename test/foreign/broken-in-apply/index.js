const aws = require("@pulumi/aws");

const topic = new aws.sns.Topic("first");
topic.arn.apply((arn) => {
  throw new Error(`cannot use ${arn.split(":").length} parts`);
});
