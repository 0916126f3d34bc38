const aws = require("@pulumi/aws");

new aws.sns.Topic("first");
process.exit(0);
