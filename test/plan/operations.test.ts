import * as aws from "@pulumi/aws";
import type { Plan } from "../../plan/index.js";
import { planOf, readPlan, writePlan } from "../../plan/index.js";
import { compareWithPrevious } from "../../plan/engine/operations.js";

interface Change {
  readonly cidr?: string;
  readonly tag?: string;
  readonly key?: string;
  readonly topic?: boolean;
}

/** The plan of one small program, as read back from the file of a previous preview. */
async function planned({ cidr = "10.0.0.0/16", tag = "a", key = "k", topic = true }: Change = {}): Promise<Plan> {
  const plan = await planOf(() => {
    new aws.ec2.Vpc("v", { cidrBlock: cidr, tags: { tag } });
    new aws.kms.Key(key, { enableKeyRotation: true }, { aliases: [{ name: "k" }] });
    if (topic) new aws.sns.Topic("t", { displayName: tag }, { ignoreChanges: ["displayName"] });
  });
  return readPlan(writePlan(plan), "plan.json");
}

const operations = (plan: Plan): Record<string, string | undefined> =>
  Object.fromEntries(plan.resources.map((r) => [r.name, r.operation]));

test("without a previous plan nobody claims to know", async () => {
  const plan = await planned();
  expect(operations(compareWithPrevious(plan, undefined, []))).toEqual({ v: undefined, k: undefined, t: undefined });
});

test("the same program changes nothing", async () => {
  expect(operations(compareWithPrevious(await planned(), await planned(), []))).toEqual({
    v: "same",
    k: "same",
    t: "same",
  });
});

test("updates, creations, ignored changes and deletions", async () => {
  const before = await planned({ topic: false });
  expect(operations(compareWithPrevious(await planned({ tag: "b" }), before, []))).toEqual({
    v: "update",
    k: "same",
    t: "create",
  });
  expect(operations(compareWithPrevious(await planned({ tag: "b" }), await planned(), []))).toEqual({
    v: "update",
    k: "same",
    t: "same",
  });
  expect(operations(compareWithPrevious(before, await planned(), []))).toEqual({ v: "same", k: "same", t: "delete" });
});

test("a renamed resource is found by its alias", async () => {
  expect(operations(compareWithPrevious(await planned({ key: "renamed" }), await planned(), []))).toEqual({
    v: "same",
    renamed: "same",
    t: "same",
  });
});

test("a change that would replace a VPC is refused, unless it is allowed by name", async () => {
  const urn = "urn:pulumi:dev::test::aws:ec2/vpc:Vpc::v";
  const [after, before] = [await planned({ cidr: "10.1.0.0/16" }), await planned()];
  expect(() => compareWithPrevious(after, before, [])).toThrow(
    `this change would lose what cannot be had again:\n  replace ${urn}\nChange it back, or allow it by name: --allow-replace <urn>`,
  );
  expect(operations(compareWithPrevious(after, before, [urn]))).toMatchObject({ v: "replace" });
});

describe("what a change of one property does", () => {
  const tag = (v: string): Record<string, string> => ({ v });

  it.each([
    ["an update, of one that AWS can change", { tags: tag("b") }, "update"],
    ["a replacement, of one that AWS cannot change", { cidrBlock: "10.0.1.0/24" }, "replace"],
  ] as const)("is %s", async (_what, change, operation) => {
    const subnet = (args: object): Promise<Plan> =>
      planOf(() => new aws.ec2.Subnet("s", { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", tags: tag("a"), ...args }));
    const plan = compareWithPrevious(await subnet(change), await subnet({}), []);
    expect(operations(plan)).toEqual({ s: operation });
  });

  it("depends on the place within it", async () => {
    const group = (types: string[], version: string, desiredSize: number): Promise<Plan> =>
      planOf(() => {
        const scalingConfig = { minSize: 1, maxSize: 9, desiredSize };
        const launchTemplate = { id: "lt-1", version };
        const args = { clusterName: "c", nodeRoleArn: "r", subnetIds: ["a"], scalingConfig, launchTemplate };
        new aws.eks.NodeGroup("g", { ...args, instanceTypes: types }, { ignoreChanges: ["scalingConfig.desiredSize"] });
      });
    const before = await group(["m6i.large"], "1", 2);
    const after = async (...args: Parameters<typeof group>): Promise<unknown> =>
      operations(compareWithPrevious(await group(...args), before, []))["g"];
    expect(await after(["m6i.large"], "1", 5)).toBe("same");
    expect(await after(["m6i.large"], "2", 2)).toBe("update");
    expect(await after(["m7i.large"], "1", 2)).toBe("replace");
  });

  it("reaches whatever refers to what is replaced, as far as AWS cannot change that reference", async () => {
    const program = (description: string): Promise<Plan> =>
      planOf(() => {
        const group = new aws.ec2.SecurityGroup("g", { vpcId: "vpc-1", description });
        new aws.vpc.SecurityGroupEgressRule("rule", { securityGroupId: group.id, ipProtocol: "-1" });
        new aws.ec2.VpcEndpoint("endpoint", { vpcId: "vpc-1", serviceName: "s", securityGroupIds: [group.id] });
      });
    const plan = compareWithPrevious(await program("b"), await program("a"), []);
    expect(operations(plan)).toEqual({ g: "replace", rule: "replace", endpoint: "update" });
  });

  it("is a replacement while another property says so", async () => {
    const machine = (userData: string, userDataReplaceOnChange: boolean): Promise<Plan> =>
      planOf(() => new aws.ec2.Instance("i", { ami: "ami-1", userData, userDataReplaceOnChange }));
    const after = async (replace: boolean): Promise<unknown> =>
      operations(compareWithPrevious(await machine("b", replace), await machine("a", replace), []))["i"];
    expect([await after(true), await after(false)]).toEqual(["replace", "update"]);
  });
});
