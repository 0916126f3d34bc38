import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Plan, PlannedResource, PlannedValue } from "../../plan/index.js";
import { Concat, JsonText, planOf, Ref, renderPlanned, Secret, Unknown } from "../../plan/index.js";

function named(plan: Plan, name: string): PlannedResource {
  const found = plan.resources.find((r) => r.name === name);
  if (found === undefined)
    throw new Error(`no resource '${name}' among ${plan.resources.map((r) => r.name).join(", ")}`);
  return found;
}

const topicUrn = "urn:pulumi:dev::test::aws:sns/topic:Topic::t";

describe("references survive what programs do to text", () => {
  const juggle = async (
    value: (arn: pulumi.Output<string>) => pulumi.Input<string>,
  ): Promise<PlannedValue | undefined> => {
    const plan = await planOf(() => {
      const topic = new aws.sns.Topic("t");
      new aws.sns.Topic("u", { displayName: value(topic.arn) });
    });
    return named(plan, "u").inputs["displayName"];
  };
  const ref = new Ref(topicUrn as Ref["urn"], "arn");

  test("passed on", async () => {
    expect(await juggle((arn) => arn)).toEqual(ref);
  });
  test("in upper case", async () => {
    expect(await juggle((arn) => arn.apply((v) => v.toUpperCase()))).toEqual(ref);
  });
  test("interpolated", async () => {
    expect(await juggle((arn) => pulumi.interpolate`<${arn}>`)).toEqual(new Concat(["<", ref, ">"]));
  });
  test("twice in one text", async () => {
    expect(await juggle((arn) => pulumi.interpolate`${arn},${arn}`)).toEqual(new Concat([ref, ",", ref]));
  });
  test("split: what was cut off is kept beside the reference", async () => {
    const cut = new Ref(ref.urn, "arn", ["arn:aws:sns:eu-west-1:111122223333:", ""]);
    expect(await juggle((arn) => arn.apply((v) => v.split(":")[5] ?? ""))).toEqual(cut);
  });
  test("in a JSON document", async () => {
    expect(await juggle((arn) => pulumi.jsonStringify({ a: [{ b: arn }] }))).toEqual(new JsonText({ a: [{ b: ref }] }));
  });
  test("as a key of a JSON document", async () => {
    const value = await juggle((arn) => arn.apply((v) => JSON.stringify({ [`${v}:sub`]: 1 })));
    expect(renderPlanned(value)).toBe('{"<arn of topic t>:sub":1}');
  });
  test("a value that was cut in the middle is unknown, never a made-up text", async () => {
    expect(await juggle((arn) => arn.apply((v) => v.slice(0, -6)))).toEqual(new Unknown("string", [ref.urn]));
  });
  test("secret text stays secret, also combined", async () => {
    const value = await juggle((arn) => pulumi.secret(pulumi.interpolate`token ${arn}`));
    expect(value).toBeInstanceOf(Secret);
    expect(JSON.stringify(value)).toBe('{"$secret":true}');
    expect((value as Secret).reveal()).toEqual(new Concat(["token ", ref]));
  });
});

test("values look like AWS's own: partition, Region and account of the run", async () => {
  const seen: Record<string, string> = {};
  await planOf(
    () => {
      const key = new aws.kms.Key("k");
      const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
      const cluster = new aws.eks.Cluster("c", { roleArn: "r", vpcConfig: { subnetIds: [] } });
      const issuer = cluster.identities.apply((ids) => ids[0]?.oidcs[0]?.issuer ?? "");
      pulumi
        .all({ key: key.arn, id: key.id, vpc: vpc.id, issuer, endpoint: cluster.endpoint })
        .apply((v) => Object.assign(seen, v));
    },
    { region: "cn-north-1", account: "444455556666" },
  );
  const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}";
  expect(seen["key"]).toMatch(new RegExp(`^arn:aws-cn:kms:cn-north-1:444455556666:key/${uuid}$`));
  expect(seen["id"]).toMatch(new RegExp(`^${uuid}$`));
  expect(seen["vpc"]).toMatch(/^vpc-[0-9a-f]{17}$/);
  expect(seen["issuer"]).toMatch(/^https:\/\/oidc\.eks\.cn-north-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
  expect(seen["endpoint"]).toMatch(/^https:\/\/[0-9A-F]{32}\.gr7\.cn-north-1\.eks\.amazonaws\.com$/);
});

test("what nobody can know does not run an apply, and names what it is computed from", async () => {
  let ran = false;
  const plan = await planOf(() => {
    const template = new aws.ec2.LaunchTemplate("lt");
    const version = template.latestVersion.apply((v) => {
      ran = true;
      return String(v);
    });
    new aws.sns.Topic("t", { displayName: version });
  });
  expect(ran).toBe(false);
  const value = named(plan, "t").inputs["displayName"];
  expect(value).toBeInstanceOf(Unknown);
  expect((value as Unknown).dependencies).toEqual(["urn:pulumi:dev::test::aws:ec2/launchTemplate:LaunchTemplate::lt"]);
});

test("a resource registered inside an apply is marked: the real first preview does not show it", async () => {
  const plan = await planOf(() => {
    new aws.sns.Topic("outside").arn.apply((arn) => new aws.sns.Topic("inside", { displayName: arn }));
    pulumi.output("plain").apply((name) => new aws.sns.Topic(name));
  });
  expect(named(plan, "inside").insideApply).toBe(true);
  expect(named(plan, "plain").insideApply).toBeUndefined();
  expect(named(plan, "outside").insideApply).toBeUndefined();
});

test("options, parents and aliases arrive as the real engine has them", async () => {
  class Site extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
      super("acme:web:Site", name, {}, opts);
      const topic = new aws.sns.Topic(`${name}-topic`, {}, { parent: this, aliases: [{ name: "before" }] });
      new aws.sns.Topic(
        `${name}-other`,
        {},
        { parent: this, dependsOn: topic, protect: false, deletedWith: topic, ignoreChanges: ["tags"] },
      );
      this.registerOutputs({ relaxations: [{ choice: "x", reason: "y" }] });
    }
  }
  const plan = await planOf(
    () => new Site("shop", { protect: true, retainOnDelete: true, aliases: [{ name: "store" }] }),
  );
  const site = "urn:pulumi:dev::test::acme:web:Site::";
  const topic = "urn:pulumi:dev::test::acme:web:Site$aws:sns/topic:Topic::";
  expect(named(plan, "shop")).toMatchObject({
    custom: false,
    aliases: [`${site}store`],
    outputs: { relaxations: [{ choice: "x", reason: "y" }] },
  });
  expect(named(plan, "shop-topic")).toMatchObject({
    urn: `${topic}shop-topic`,
    parent: `${site}shop`,
    aliases: [`${topic}before`, `${topic}store-topic`],
    options: { protect: true, retainOnDelete: true },
  });
  expect(named(plan, "shop-other")).toMatchObject({
    dependencies: [`${topic}shop-topic`],
    options: { protect: false, deletedWith: `${topic}shop-topic`, ignoreChanges: ["tags"] },
  });
});

test("outputs of the program are the stack's outputs", async () => {
  const plan = await planOf(async () =>
    Promise.resolve({ topic: new aws.sns.Topic("t").arn, token: pulumi.secret("x") }),
  );
  expect(plan.stackOutputs["topic"]).toEqual(new Ref(topicUrn as Ref["urn"], "arn"));
  expect(plan.stackOutputs["token"]).toBeInstanceOf(Secret);
});

test("configuration and its secrets", async () => {
  const plan = await planOf(
    () => {
      const config = new pulumi.Config();
      new aws.sns.Topic("t", { displayName: config.requireSecret("password"), name: config.require("name") });
    },
    { project: "shop", config: { name: "plain" }, secrets: { "shop:password": "hunter2" } },
  );
  const { displayName, name } = named(plan, "t").inputs;
  expect(name).toBe("plain");
  expect((displayName as Secret).reveal()).toBe("hunter2");
});

test("without a Region there is one clear error where AWS is first used, in a program of its own", async () => {
  // planOf has a default, since most tests do not care; the provider's own Region comes before it.
  const plan = await planOf(() => {
    const provider = new aws.Provider("p", { region: "us-east-1" });
    new aws.sns.Topic("t", {}, { provider });
  });
  expect(named(plan, "t").outputs["region"]).toBe("us-east-1");
});

describe("safe in one process", () => {
  const program = (n: number) => () => {
    for (let i = 0; i < 5; i++) new aws.sns.Topic(`t${n}-${i}`);
    return Promise.resolve({ n });
  };

  test("in parallel and again and again", async () => {
    const plans = await Promise.all([1, 2, 3, 4, 5].map((n) => planOf(program(n), { project: `p${n}` })));
    expect(plans.map((plan) => plan.resources.length)).toEqual([5, 5, 5, 5, 5]);
    expect(plans.map((plan) => plan.stackOutputs["n"])).toEqual([1, 2, 3, 4, 5]);
    for (const [i, plan] of plans.entries())
      expect(plan.resources.every((r) => r.urn.includes(`::p${i + 1}::`))).toBe(true);
    expect((await planOf(program(6))).resources).toHaveLength(5);
  });

  test("after a program that threw, and with its message", async () => {
    await expect(
      planOf(() => {
        new aws.sns.Topic("t");
        throw new Error("no such shop");
      }),
    ).rejects.toThrow("no such shop");
    await expect(planOf(async () => Promise.reject(new Error("later")))).rejects.toThrow("later");
    expect((await planOf(program(7))).resources).toHaveLength(5);
  });

  test("a second resource of one URN, and a promise that never settles", async () => {
    await expect(
      planOf(() => {
        new aws.sns.Topic("t");
        new aws.sns.Topic("t");
      }),
    ).rejects.toThrow(`Duplicate resource URN '${topicUrn}'`);
    await expect(planOf(async () => new Promise(() => undefined), { idleLimitMs: 300 })).rejects.toThrow(
      "the program made no progress for 0.3 s after it registered 'urn:pulumi:dev::test::pulumi:pulumi:Stack::test-dev': it waits for a promise that never settles",
    );
  });

  test("with proxy variables in the environment", async () => {
    process.env["http_proxy"] = process.env["grpc_proxy"] = "http://127.0.0.1:9";
    try {
      expect((await planOf(program(8))).resources).toHaveLength(5);
    } finally {
      for (const name of ["http_proxy", "grpc_proxy"]) Reflect.deleteProperty(process.env, name);
    }
  });
});
