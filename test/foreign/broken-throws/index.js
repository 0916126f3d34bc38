const aws = require("@pulumi/aws");

new aws.sns.Topic("first");
throw new Error("the shop has no name");
