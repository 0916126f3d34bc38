import * as pulumi from "@pulumi/pulumi";
import { Access, Principal } from "../../../infra/index.js";
import type { AccessArgs } from "../../../infra/index.js";
import { inputs, namesOf, planIn, resource } from "../support.js";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const POLICY = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const role = (name: string) => Principal.role(`arn:aws:iam::111122223333:role/${name}`);

const plan = (args: AccessArgs) =>
  planIn(() => {
    new Access("prod", args);
  });

test("gives administrators the cluster-wide EKS policy, and the others a group alone", async () => {
  const made = await plan({
    clusterName: "prod",
    admins: [role("platform")],
    operators: [role("on-call")],
    developers: [role("team/vote")],
    viewers: [role("audit")],
  });
  const entries = namesOf(made, ENTRY).map((name) => [name, inputs(made, ENTRY, name)["kubernetesGroups"]]);
  expect(entries).toEqual([
    ["prod-admin-platform", []],
    ["prod-developer-vote", ["ringfence:developer"]],
    ["prod-operator-on-call", ["ringfence:operator"]],
    ["prod-viewer-audit", ["ringfence:viewer"]],
  ]);
  expect(namesOf(made, POLICY)).toEqual(["prod-admin-platform-policy"]);
  expect(inputs(made, POLICY)).toEqual({
    clusterName: "prod",
    principalArn: "arn:aws:iam::111122223333:role/platform",
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    accessScope: { type: "cluster" },
  });
});

test("takes the ARN of a role of the same program, under a key", async () => {
  const late = pulumi.output(Promise.resolve("arn:aws:iam::111122223333:role/made-here"));
  const made = await plan({ clusterName: "prod", admins: [Principal.role(late, { key: "made-here" })] });
  expect(inputs(made, ENTRY, "prod-admin-made-here")["principalArn"]).toBe("arn:aws:iam::111122223333:role/made-here");
});

test("records a user with its reason", async () => {
  const user = Principal.user("arn:aws:iam::111122223333:user/legacy", { reason: "the old CI has no role until May" });
  const made = await plan({ clusterName: "prod", admins: [user] });
  expect(resource(made, "ringfence:infra:Access").outputs["relaxations"]).toEqual([
    { choice: "Principal.user", reason: "the old CI has no role until May" },
  ]);
});

test("refuses every problem at once", async () => {
  const late = pulumi.output(Promise.resolve("arn:aws:iam::111122223333:role/late"));
  await expect(
    plan({
      clusterName: "prod",
      admins: [role("platform"), role("other/platform"), Principal.role("arn:aws:iam::111122223333:role/*")],
      developers: [Principal.role(late), Principal.role("arn:aws:iam::111122223333:user/ann")],
      viewers: [role("platform")],
    }),
  ).rejects.toThrow(
    [
      "Access 'prod':",
      "  'admins[1]' must differ from the principals before it, got 'platform'. Pass `{ key: '...' }` to tell two principals of one name apart, or remove one",
      "  'admins[2]' must be the ARN of one role, got 'arn:aws:iam::111122223333:role/*'. Write it like 'arn:<partition>:iam::111122223333:role/platform'",
      "  'developers[0].key' must name a principal whose ARN is an Output, got nothing. Pass `{ key: 'platform' }`: the ARN is not known while the program runs",
      "  'developers[1]' must be the ARN of one role, got 'arn:aws:iam::111122223333:user/ann'. Write it like 'arn:<partition>:iam::111122223333:role/platform'",
      "  'viewers[0]' must not be a principal that 'admins[0]' has already, got 'arn:aws:iam::111122223333:role/platform'. EKS has one access entry per principal: choose one persona for it",
    ].join("\n"),
  );
});

test("the type asks for at least one administrator", () => {
  // @ts-expect-error: nobody could get in
  const nobody: AccessArgs = { clusterName: "prod", admins: [] };
  expect(nobody.admins).toHaveLength(0);
});
