import * as pulumi from "@pulumi/pulumi";
import { Access, PERSONAS, Principal } from "../../../infra/index.js";
import type { AccessArgs } from "../../../infra/index.js";
import { personaGroup as groupInCluster, PERSONAS as IN_CLUSTER } from "../../../constructs/index.js";
import { planOf } from "../../../plan/index.js";
import { inputs, namesOf, planIn, resource } from "../support.js";
import { CLUSTER, ENTRY, ENTRY_POLICY, failuresIn, role } from "./support.js";

const plan = (args: AccessArgs) =>
  planIn(() => {
    new Access("prod", args);
  });

test("gives administrators the cluster-wide EKS policy, and the others a group alone", async () => {
  const made = await plan({
    cluster: CLUSTER,
    admins: [role("platform")],
    operators: [role("on-call")],
    developers: [role("team/vote"), { principal: role("shop"), namespaces: ["shop", "basket"] }],
    viewers: [role("support")],
    auditors: [role("audit")],
    ciDeployers: [{ principal: role("delivery"), namespaces: ["shop"] }],
    breakGlass: [role("night")],
  });
  const entries = namesOf(made, ENTRY).map((name) => [name, inputs(made, ENTRY, name)["kubernetesGroups"]]);
  expect(entries).toEqual([
    ["prod-audit", ["ringfence:auditor"]],
    ["prod-delivery", ["ringfence:ci-deployer:shop"]],
    ["prod-night", []],
    ["prod-on-call", ["ringfence:operator"]],
    ["prod-platform", []],
    ["prod-shop", ["ringfence:developer:shop", "ringfence:developer:basket"]],
    ["prod-support", ["ringfence:viewer"]],
    ["prod-vote", ["ringfence:developer"]],
  ]);
  expect(namesOf(made, ENTRY_POLICY)).toEqual(["prod-night-policy", "prod-platform-policy"]);
  expect(inputs(made, ENTRY_POLICY, "prod-platform-policy")).toEqual({
    clusterName: "prod",
    principalArn: "arn:aws:iam::111122223333:role/platform",
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    accessScope: { type: "cluster" },
  });
});

test("takes the ARN of a role of the same program, under a key", async () => {
  const late = pulumi.output(Promise.resolve("arn:aws:iam::111122223333:role/made-here"));
  const made = await plan({ cluster: CLUSTER, admins: [Principal.role(late, { key: "made-here" })] });
  expect(inputs(made, ENTRY, "prod-made-here")["principalArn"]).toBe("arn:aws:iam::111122223333:role/made-here");
});

test("records a user with its reason", async () => {
  const user = Principal.user("arn:aws:iam::111122223333:user/legacy", { reason: "the old CI has no role until May" });
  const made = await plan({ cluster: CLUSTER, admins: [user] });
  expect(resource(made, "ringfence:infra:Access").outputs["relaxations"]).toEqual([
    { choice: "Principal.user", reason: "the old CI has no role until May" },
  ]);
});

test("refuses every problem at once", async () => {
  const late = pulumi.output(Promise.resolve("arn:aws:iam::111122223333:role/late"));
  await expect(
    plan({
      cluster: CLUSTER,
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

test("refuses who is nobody in particular, and whom EKS would not take", async () => {
  await expect(
    plan({
      cluster: CLUSTER,
      admins: [] as never,
      operators: [
        Principal.role("arn:aws:iam::111122223333:root"),
        Principal.role("arn:aws:sts::111122223333:assumed-role/platform/ann"),
        Principal.role("arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"),
        Principal.role("arn:aws-cn:iam::111122223333:role/beijing"),
        Principal.role("arn:aws:iam::111122223333:role/plain", { userName: "system:admin" }),
        Principal.role("arn:aws:iam::111122223333:role/one-for-all", { userName: "platform" }),
      ],
      developers: [{ principal: role("dev"), namespaces: ["Vote"] }],
      viewers: [{ principal: role("support"), namespaces: [] as never }],
      auditors: [role("audit"), Principal.role("arn:aws:iam::111122223333:role/audit", { key: "again" })],
    }),
  ).rejects.toThrow(
    [
      "Access 'prod':",
      "  'admins' must name an administrator, got []. Write Principal.role('<ARN of the role that you act as>'): nobody could get in to name another",
      "  'operators[0]' must be the ARN of one role, got 'arn:aws:iam::111122223333:root'. That is a whole account; name somebody in it, like 'arn:<partition>:iam::111122223333:role/platform'",
      "  'operators[1]' must be the ARN of one role, got 'arn:aws:sts::111122223333:assumed-role/platform/ann'. That is a session; write the role itself, like 'arn:<partition>:iam::111122223333:role/platform'",
      "  'operators[2]' must not be a role of an AWS service, got 'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSService.... Name a role that people or pipelines assume",
      "  'operators[3]' must be in the provider's partition 'aws', got 'arn:aws-cn:iam::111122223333:role/beijing'. Nobody of 'aws-cn' can act there: write it like 'arn:aws:iam::111122223333:role/platform'",
      "  'operators[4].userName' must not begin with 'system:', which EKS keeps for itself, got 'system:admin'. Begin it with the team's name",
      "  'operators[5].userName' must end with ':{{SessionName}}', got 'platform'. Write it like 'platform:{{SessionName}}'",
      "  'developers[0].namespaces[0]' must be the name of one namespace, got 'Vote'. Write it like 'vote'",
      "  'viewers[0].namespaces' must name a namespace, got []. Name one, or pass the principal alone for the namespaces of all applications",
      "  'auditors[1]' must not be a principal that 'auditors[0]' has already, got 'arn:aws:iam::111122223333:role/audit'. EKS has one access entry per principal: name it once",
    ].join("\n"),
  );
});

test("gives the name that Kubernetes shall have for somebody", async () => {
  const named = Principal.role("arn:aws:iam::111122223333:role/platform", { userName: "platform:{{SessionName}}" });
  const made = await plan({ cluster: CLUSTER, admins: [named] });
  expect(inputs(made, ENTRY)["userName"]).toBe("platform:{{SessionName}}");
});

test("knows China: its principals, and its policies", async () => {
  const admins = [Principal.role("arn:aws-cn:iam::111122223333:role/platform")] as const;
  const cluster = { name: "prod", arn: "arn:aws-cn:eks:cn-north-1:111122223333:cluster/prod" };
  const made = await planOf(() => new Access("prod", { cluster, admins }), { config: { "aws:region": "cn-north-1" } });
  expect(inputs(made, ENTRY_POLICY)["policyArn"]).toBe(
    "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  );
  await expect(
    planOf(() => new Access("prod", { cluster, admins: [role("platform")] }), {
      config: { "aws:region": "cn-north-1" },
    }),
  ).rejects.toThrow("'admins[0]' must be in the provider's partition 'aws-cn'");
});

test("every group that an entry gives is one that the cluster binds", () => {
  const given = Object.values(PERSONAS).flatMap((spec) => ("kubernetesGroup" in spec ? [spec.kubernetesGroup] : []));
  const bound = Object.keys(IN_CLUSTER).map((name) => groupInCluster(name));
  expect([...given].sort()).toEqual(bound.sort());
});

test("another persona for somebody is an update: EKS would refuse a second entry", async () => {
  const ann = role("ann");
  const before = await plan({ cluster: CLUSTER, admins: [role("platform"), ann] });
  const after = await plan({ cluster: CLUSTER, admins: [role("platform")], developers: [ann] });
  expect(namesOf(after, ENTRY)).toEqual(namesOf(before, ENTRY));
  expect(inputs(after, ENTRY, "prod-ann")["kubernetesGroups"]).toEqual(["ringfence:developer"]);
  await expect(
    plan({
      cluster: CLUSTER,
      admins: [role("platform")],
      developers: [Principal.role("arn:aws:iam::444455556666:role/platform")],
    }),
  ).rejects.toThrow(
    "'developers[0]' must differ in its name from 'admins[0]', got 'platform'. Pass `{ key: '...' }` to tell two principals of one name apart",
  );
});

test("our own rules find nothing", async () => {
  expect(failuresIn(await plan({ cluster: CLUSTER, admins: [role("platform")], breakGlass: [role("night")] }))).toEqual(
    [],
  );
});

test("the type asks for at least one administrator", () => {
  // @ts-expect-error: nobody could get in
  const nobody: AccessArgs = { cluster: CLUSTER, admins: [] };
  expect(nobody.admins).toHaveLength(0);
});
