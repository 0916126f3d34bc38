const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

const ghost = new pulumi.DependencyResource("urn:pulumi:dev::other::acme:web:Site::ghost");
new aws.sns.Topic("child", {}, { parent: ghost });
