const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

const config = new pulumi.Config();
const database = config.requireSecret("databasePassword");
new aws.rds.Instance("db", {
  instanceClass: config.require("instanceClass"),
  allocatedStorage: config.requireNumber("storage"),
  username: "app",
  password: database,
  port: config.requireSecretNumber("port"),
  storageEncrypted: config.requireBoolean("encrypted"),
});
new aws.ssm.Parameter("url", { type: "SecureString", value: pulumi.interpolate`postgres://app:${database}@db/app` });
new aws.ssm.Parameter("plain", { type: "String", value: JSON.stringify(config.requireObject("labels")) });
exports.token = pulumi.secret("clear-text-token");
