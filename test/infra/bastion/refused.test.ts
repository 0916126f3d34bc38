/** What AWS would refuse, or what could not work, is one line before anything is registered. */
import { Bastion, BastionImage, Cidr } from "../../../infra/index.js";
import type { BastionArgs, BastionAvailability } from "../../../infra/index.js";
import { CLUSTER, KEYS, NETWORK } from "../cluster/support.js";
import { planIn } from "../support.js";

const GROUP = { availability: "multi-zone" } as const;

const planBastion = (more: Partial<BastionArgs>, name = "bastion") =>
  planIn(() => {
    new Bastion(name, { network: NETWORK, cluster: CLUSTER, keys: KEYS, ...more });
  });

test.each<[string, Partial<BastionArgs>, string]>([
  [
    "a retention that does not exist",
    { logRetentionDays: 2 },
    "'logRetentionDays' must be a retention that CloudWatch Logs accepts, got 2",
  ],
  [
    "an availability that does not exist",
    { availability: "three" as BastionAvailability },
    "'availability' must be 'single' or 'multi-zone', got 'three'",
  ],
  [
    "an image for other processors",
    { image: BastionImage.pinned("ami-0123456789abcdef0", { architecture: "x86_64" }) },
    "'instanceType' must run an image for x86_64, got 't4g.micro'. Use a type such as 't3.micro'",
  ],
  [
    "the same the other way round",
    { instanceType: "t3.micro", image: BastionImage.pinned("ami-0123456789abcdef0", { architecture: "arm64" }) },
    "'instanceType' must run an image for arm64, got 't3.micro'. Use a type such as 't4g.micro'",
  ],
  ["an id that is none", { image: BastionImage.pinned("al2023") }, "'image' must be the id of an image, got 'al2023'"],
  ["a type that is none", { instanceType: "micro" }, "'instanceType' must be an instance type, got 'micro'"],
  ["a group of one", { ...GROUP, instances: 1 }, "'instances' must be a whole number from 2 to 10, got 1"],
  [
    "a lifetime below a day",
    { ...GROUP, maxLifetimeDays: 0.5 },
    "'maxLifetimeDays' must be a whole number from 1 to 365, got 0.5",
  ],
  [
    "a size for a single instance",
    { instances: 2 },
    "'instances' must stand only beside availability 'multi-zone', got 2. Remove it, or choose 'multi-zone'",
  ],
  [
    "an edit of an instance in a group",
    { ...GROUP, transformInstance: (args) => args },
    "'transformInstance' must stand only beside availability 'single', got 'a value'",
  ],
  [
    "an edit of a template for a single instance",
    { transformLaunchTemplate: (args) => args },
    "'transformLaunchTemplate' must stand only beside availability 'multi-zone', got 'a value'",
  ],
  [
    "a group in one zone",
    {
      ...GROUP,
      network: { ...NETWORK, endpoints: { ids: ["subnet-1"], cidrs: [Cidr.parse("10.0.193.0/27")] } },
    },
    "'network.endpoints.ids' must hold subnets in two zones, got 1",
  ],
  [
    "no subnet at all",
    { network: { ...NETWORK, endpoints: { ids: [], cidrs: [] } } },
    "'network.endpoints.ids' must hold a subnet, got 0",
  ],
  [
    "no way to Session Manager",
    { network: { ...NETWORK, endpointSecurityGroupId: undefined } },
    "'network.endpointSecurityGroupId' must be there when nothing else leads to AWS services, got nothing",
  ],
  [
    "an idle time above an hour",
    { sessionLimits: { idleMinutes: 61 } },
    "'sessionLimits.idleMinutes' must be a whole number from 1 to 60, got 61",
  ],
  [
    "a duration above a day",
    { sessionLimits: { maxMinutes: 1441 } },
    "'sessionLimits.maxMinutes' must be a whole number from 1 to 1440, got 1441",
  ],
  [
    "an idle time longer than any session",
    { sessionLimits: { idleMinutes: 60, maxMinutes: 30 } },
    "'sessionLimits.idleMinutes' must be at most maxMinutes 30, got 60",
  ],
  [
    "an alias for a key",
    { keys: { ...KEYS, volumesKeyArn: "alias/volumes" } },
    "'keys.volumesKeyArn' must be the ARN of a key, got 'alias/volumes'",
  ],
  [
    "a log group for a key",
    { keys: { ...KEYS, logsKeyArn: "arn:aws:logs:eu-west-1:111122223333:log-group:x" } },
    "'keys.logsKeyArn' must be the ARN of a key",
  ],
  [
    "the tag of tunnels",
    { tags: { "ringfence:bastion": "other" } },
    "'tags['ringfence:bastion']' must be left to the bastion, whose instances are found by it, got 'other'",
  ],
])("%s", async (_, args, message) => {
  await expect(planBastion(args)).rejects.toThrow(`Bastion 'bastion':\n  ${message}`);
});

test.each([
  ["b".repeat(52), "must have at most 51 characters, the names of roles have 64"],
  ["prod/bastion", "must consist of letters, digits and '_.-', as names of session documents do, got 'prod/bastion'"],
])("the name %s", async (name, rule) => {
  await expect(planBastion({}, name)).rejects.toThrow(`Bastion '${name}':\n  'name' ${rule}`);
});

test("all of it at once", async () => {
  await expect(planBastion({ instanceType: "micro", logRetentionDays: 2, instances: 2 })).rejects.toThrow(
    /'instances' .*\n {2}'instanceType' .*\n {2}'logRetentionDays' /,
  );
});
