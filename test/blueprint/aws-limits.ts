/** What AWS accepts of names, texts and documents, asked of a whole plan. Each line names its source. */
import { toPlainJson } from "../../plan/index.js";
import type { Plan, PlannedResource } from "../../plan/index.js";

/** What Pulumi adds to the name of a resource that has no physical one: a hyphen and seven digits. */
const AUTO_NAME = 8;

/** The longest physical names of resources that Pulumi names. */
const LONGEST_NAME: Readonly<Record<string, number>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  "aws:iam/role:Role": 64,
  "aws:iam/policy:Policy": 128,
  "aws:iam/instanceProfile:InstanceProfile": 128,
  // https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html
  "aws:ec2/securityGroup:SecurityGroup": 255,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
  "aws:ec2/launchTemplate:LaunchTemplate": 128,
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
  "aws:eks/nodeGroup:NodeGroup": 63,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  "aws:s3/bucket:Bucket": 63,
  "aws:sns/topic:Topic": 256,
  "aws:sqs/queue:Queue": 80,
  "aws:cloudwatch/metricAlarm:MetricAlarm": 255,
  "aws:cloudwatch/eventRule:EventRule": 64,
  "aws:ssm/document:Document": 128,
  "aws:backup/vault:Vault": 50,
};

/** Where policy documents stand, and how long AWS takes them, white space not counted. */
const POLICIES: readonly (readonly [type: string, property: string, longest: number])[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  ["aws:iam/policy:Policy", "policy", 6_144],
  ["aws:iam/role:Role", "assumeRolePolicy", 2_048],
  ["aws:iam/rolePolicy:RolePolicy", "policy", 10_240],
  // https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
  ["aws:kms/key:Key", "policy", 32_768],
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  ["aws:ec2/vpcEndpoint:VpcEndpoint", "policy", 20_480],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
  ["aws:s3/bucketPolicy:BucketPolicy", "policy", 20_480],
  ["aws:sqs/queuePolicy:QueuePolicy", "policy", 20_480],
  ["aws:sns/topicPolicy:TopicPolicy", "policy", 30_720],
];

/** Every way in which a plan asks AWS for what it refuses, a line each. */
export function refusedByAws(plan: Plan): string[] {
  const resources = plan.resources.filter(({ type, custom }) => custom && type.startsWith("aws:"));
  return [
    ...resources.flatMap((resource) => [
      ...nameProblems(resource),
      ...policyProblems(resource),
      ...textProblems(resource),
      ...tagProblems(resource),
    ]),
    ...doubles(resources),
  ];
}

function plain({ inputs }: PlannedResource): Record<string, unknown> {
  return toPlainJson(inputs) as Record<string, unknown>;
}

function line({ type, name }: PlannedResource, what: string): string {
  return `${type} ${name}: ${what}`;
}

function nameProblems(resource: PlannedResource): string[] {
  const longest = LONGEST_NAME[resource.type];
  const given = plain(resource)["name"] ?? plain(resource)["nodeGroupName"];
  const length = typeof given === "string" ? given.length : resource.name.length + AUTO_NAME;
  return longest === undefined || length <= longest ? [] : [line(resource, `name of ${length}, at most ${longest}`)];
}

function policyProblems(resource: PlannedResource): string[] {
  return POLICIES.flatMap(([type, property, longest]) => {
    if (type !== resource.type) return [];
    const document = plain(resource)[property];
    const text = typeof document === "string" ? document : JSON.stringify(document ?? {});
    // A reference reads shorter than the ARN that it becomes: room for the longest of this plan's.
    const length = text.replace(/\s/g, "").length + 100 * (text.match(/<[a-z]+ of [^>]+>/g)?.length ?? 0);
    return length <= longest ? [] : [line(resource, `${property} of ${length} characters, at most ${longest}`)];
  });
}

/** EC2 takes few characters in descriptions (API_AuthorizeSecurityGroupIngress), IAM takes Latin-1. */
function textProblems(resource: PlannedResource): string[] {
  const description = plain(resource)["description"];
  if (typeof description !== "string") return [];
  const [allowed, longest] = /securityGroup/i.test(resource.type)
    ? [/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/, 255]
    : [/^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/, 1000];
  if (description.length <= longest && allowed.test(description)) return [];
  return [line(resource, `description '${description}'`)];
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function tagProblems(resource: PlannedResource): string[] {
  const tags = plain(resource)["tags"];
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return [];
  const entries = Object.entries(tags as Record<string, unknown>);
  const bad = entries.filter(
    ([key, value]) =>
      key.startsWith("aws:") ||
      !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) ||
      !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(String(value).replace(/<[a-z]+ of [^>]+>/g, "")),
  );
  return [
    ...(entries.length <= 50 ? [] : [line(resource, `${entries.length} tags, at most 50`)]),
    ...bad.map(([key, value]) => line(resource, `tag ${key}=${String(value)}`)),
  ];
}

/** Names that Pulumi does not make must differ. */
function doubles(resources: readonly PlannedResource[]): string[] {
  const seen = new Map<string, string>();
  return resources.flatMap((resource) => {
    const name = plain(resource)["name"];
    if (typeof name !== "string" || resource.type.includes("iam/rolePolicy")) return [];
    const key = `${resource.type} ${name}`;
    const earlier = seen.get(key);
    seen.set(key, resource.name);
    return earlier === undefined ? [] : [line(resource, `'${name}' is the name of ${earlier} too`)];
  });
}
