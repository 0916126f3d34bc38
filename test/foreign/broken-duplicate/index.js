const aws = require("@pulumi/aws");

new aws.sns.Topic("same");
new aws.sns.Topic("same");
