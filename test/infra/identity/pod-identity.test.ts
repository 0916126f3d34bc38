import { PermissionsBoundary, PodIdentity } from "../../../infra/index.js";
import type { PodIdentityArgs } from "../../../infra/index.js";
import { CLUSTER_ARN, inputs, planIn, statements } from "../support.js";
import { CLUSTER } from "./support.js";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:vote/db-AbCdEf";

const plan = (args: Partial<PodIdentityArgs> = {}) =>
  planIn(() => {
    const boundary = new PermissionsBoundary("boundary");
    new PodIdentity("worker", {
      cluster: CLUSTER,
      namespace: "vote",
      serviceAccount: "worker",
      statements: [{ actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] }],
      permissionsBoundaryArn: boundary.arn,
      ...args,
    });
  });

test("gives the pods of one service account of one cluster a role", async () => {
  const made = await plan();
  expect(inputs(made, "aws:eks/podIdentityAssociation:PodIdentityAssociation")).toMatchObject({
    clusterName: "prod",
    namespace: "vote",
    serviceAccount: "worker",
    roleArn: "<arn of role worker-role>",
  });
  const role = inputs(made, "aws:iam/role:Role");
  expect(role["permissionsBoundary"]).toBe("<arn of policy boundary>");
  expect(statements(role["assumeRolePolicy"])).toEqual([
    {
      Sid: "PodIdentity",
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": CLUSTER_ARN,
          "aws:RequestTag/kubernetes-namespace": "vote",
          "aws:RequestTag/kubernetes-service-account": "worker",
        },
        ArnEqualsIfExists: { "aws:SourceArn": CLUSTER_ARN },
        StringEqualsIfExists: { "aws:SourceAccount": "111122223333" },
      },
    },
  ]);
  expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])).toEqual([
    { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [SECRET] },
  ]);
});

test("refuses names that stand for more than one", async () => {
  await expect(plan({ namespace: "*", serviceAccount: "worker*" })).rejects.toThrow(
    [
      "PodIdentity 'worker':",
      "  'namespace' must be the name of one namespace, got '*'. Write it like 'vote'",
      "  'serviceAccount' must be the name of one service account, got 'worker*'. Write it like 'worker'",
    ].join("\n"),
  );
});

test("refuses a name that leaves the role none", async () => {
  const name = "a".repeat(52);
  const args = {
    cluster: CLUSTER,
    namespace: "vote",
    serviceAccount: "worker",
    statements: [{ actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] }],
  } as const;
  await expect(
    planIn(() => {
      new PodIdentity(name, args);
    }),
  ).rejects.toThrow("'name' must have at most 56 characters, the names of roles have 64");
});
