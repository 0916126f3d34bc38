const aws = require("@pulumi/aws");

setInterval(() => {}, 1000);
new aws.sns.Topic("first");
