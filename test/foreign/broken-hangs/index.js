const aws = require("@pulumi/aws");

module.exports = async () => {
  new aws.sns.Topic("first");
  await new Promise(() => {});
};
