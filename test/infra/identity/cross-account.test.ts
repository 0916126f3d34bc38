/** Pods that act by a shared role, in another account, or by a token of the cluster. */
import { IrsaRole, OidcProvider, PodIdentity, PodRole, TargetRole } from "../../../infra/index.js";
import type { IrsaRoleArgs, PodIdentityArgs, TargetRoleArgs } from "../../../infra/index.js";
import { planOf } from "../../../plan/index.js";
import { CLUSTER_ARN, inputs, namesOf, planIn, statements } from "../support.js";
import { CLUSTER, failuresIn, ROLE, ROLE_POLICY } from "./support.js";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const READ = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::exports/*"] } as const;
const PODS = { namespace: "vote", serviceAccount: "worker" } as const;
const TARGET = "arn:aws:iam::444455556666:role/prod-exports-reader";

describe("a shared role", () => {
  const program = () => {
    const shared = new PodRole("exports", { cluster: CLUSTER, statements: [READ] });
    new PodIdentity("worker", {
      cluster: CLUSTER,
      ...PODS,
      sharedRoleArn: shared.arn,
      sessionPolicy: [{ ...READ, resources: ["arn:aws:s3:::exports/vote/*"] }],
    });
  };

  test("is narrowed by a session policy, which EKS takes without session tags only", async () => {
    const made = await planIn(program);
    const association = inputs(made, ASSOCIATION);
    expect(association).toMatchObject({ roleArn: "<arn of role exports>", disableSessionTags: true });
    expect(statements(association["policy"])).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::exports/vote/*"] },
    ]);
  });

  test("trusts one cluster, by what is in the request without session tags", async () => {
    const made = await planIn(program);
    expect(namesOf(made, ROLE)).toEqual(["exports"]);
    expect(statements(inputs(made, ROLE)["assumeRolePolicy"])[0]?.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnEquals: { "aws:SourceArn": CLUSTER_ARN },
    });
    expect(failuresIn(made)).toEqual([]);
  });
});

describe("a role in another account", () => {
  const plan = (args: Partial<TargetRoleArgs> = {}) =>
    planIn(() => {
      const pods = new PodIdentity("worker", { cluster: CLUSTER, ...PODS, targetRoleArn: TARGET });
      new TargetRole("reader", {
        roleName: "prod-exports-reader",
        clusterArn: CLUSTER_ARN,
        ...PODS,
        podRoleArn: pods.roleArn,
        statements: [READ],
        ...args,
      });
    });

  test("is assumed by the pods' role, which may do nothing else", async () => {
    const made = await plan();
    expect(inputs(made, ASSOCIATION)["targetRoleArn"]).toBe(TARGET);
    expect(statements(inputs(made, ROLE_POLICY, "worker-role-policy")["policy"])).toEqual([
      { Sid: "ActInTarget", Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: [TARGET] },
    ]);
  });

  test("trusts the pods of one service account alone, with session tags and without", async () => {
    const made = await plan();
    expect(inputs(made, ROLE, "reader")["name"]).toBe("prod-exports-reader");
    const trust = statements(inputs(made, ROLE, "reader")["assumeRolePolicy"]);
    expect(trust.map(({ Principal }) => Principal)).toEqual(Array(3).fill({ AWS: "<arn of role worker-role>" }));
    expect(trust.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [
        ["sts:AssumeRole"],
        {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": CLUSTER_ARN,
            "aws:RequestTag/kubernetes-namespace": "vote",
            "aws:RequestTag/kubernetes-service-account": "worker",
          },
        },
      ],
      [["sts:AssumeRole"], { StringEquals: { "sts:ExternalId": "eu-west-1/111122223333/prod/vote/worker" } }],
      [["sts:TagSession"], undefined],
    ]);
    expect(failuresIn(made)).toEqual([]);
  });

  test("refuses every problem at once", async () => {
    await expect(
      plan({
        roleName: "a/b",
        namespace: "*",
        podRoleArn: "arn:aws:iam::111122223333:root",
        statements: [{ actions: [] }],
      }),
    ).rejects.toThrow(
      [
        "TargetRole 'reader':",
        "  'roleName' must be a name of IAM, of at most 64 characters, got 'a/b'. Write it like 'prod-break-glass', without path",
        "  'namespace' must be the name of one namespace, got '*'. Write it like 'vote'",
        "  'podRoleArn' must be the ARN of one role, got 'arn:aws:iam::111122223333:root'. Write it like 'arn:<partition>:iam::444455556666:role/reader'",
        "  'statements[0].actions' must name an action, got []. Write it like ['s3:GetObject']",
      ].join("\n"),
    );
  });
});

test.each<[what: string, args: Partial<PodIdentityArgs>, message: string]>([
  ["nothing to do", {}, "'statements' must say what the pods may do, got nothing."],
  [
    "two roles",
    { statements: [READ], sharedRoleArn: "arn:aws:iam::111122223333:role/exports" },
    "'sharedRoleArn' must stand without `statements`, got 'arn:aws:iam::111122223333:role/exports'.",
  ],
  [
    "a session policy for a role of one's own",
    { statements: [READ], sessionPolicy: [READ] },
    "'sessionPolicy' must narrow a shared role",
  ],
  [
    "a session policy that is too long",
    {
      sharedRoleArn: "arn:aws:iam::111122223333:role/exports",
      sessionPolicy: [{ ...READ, resources: Array.from({ length: 99 }, (_, i) => `arn:aws:s3:::exports-${i}/*`) }],
    },
    "'sessionPolicy' must fit into 2048 characters, the most that IAM takes of a session policy",
  ],
  [
    "a target that is no role",
    { targetRoleArn: "arn:aws:iam::444455556666:user/ann" },
    "'targetRoleArn' must be the ARN of one role",
  ],
])("PodIdentity refuses %s", async (_, args, message) => {
  await expect(planIn(() => new PodIdentity("worker", { cluster: CLUSTER, ...PODS, ...args }))).rejects.toThrow(
    message,
  );
});

describe("a role by a token of the cluster", () => {
  const ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  const program = (args: Partial<IrsaRoleArgs> = {}) => {
    const provider = new OidcProvider("irsa", { url: CLUSTER.oidcIssuer });
    new IrsaRole("legacy", { cluster: CLUSTER, providerArn: provider.arn, ...PODS, statements: [READ], ...args });
  };

  test("is bound to audience and subject, letter by letter", async () => {
    const made = await planIn(program);
    expect(inputs(made, "aws:iam/openIdConnectProvider:OpenIdConnectProvider")).toMatchObject({
      url: CLUSTER.oidcIssuer,
      clientIdLists: ["sts.amazonaws.com"],
    });
    expect(statements(inputs(made, ROLE)["assumeRolePolicy"])).toEqual([
      {
        Sid: "Token",
        Effect: "Allow",
        Principal: { Federated: "<arn of openIdConnectProvider irsa>" },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
          StringEquals: {
            [`${ISSUER}:aud`]: "sts.amazonaws.com",
            [`${ISSUER}:sub`]: "system:serviceaccount:vote:worker",
          },
        },
      },
    ]);
    expect(failuresIn(made)).toEqual([]);
  });

  test("has no wildcards", async () => {
    await expect(
      planIn(() => {
        program({ serviceAccount: "*" });
      }),
    ).rejects.toThrow("'serviceAccount' must be the name of one service account, got '*'. Write it like 'worker'");
  });

  test("takes a provider that is there", () => {
    const arn = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
    expect(OidcProvider.existing(arn)).toEqual({ arn, issuer: ISSUER });
    expect(() => OidcProvider.existing("arn:aws:iam::111122223333:role/irsa")).toThrow(
      "'arn' must be the ARN of an OIDC provider, got 'arn:aws:iam::111122223333:role/irsa'",
    );
  });
});

test("China: EKS has the same name, resources have their partition", async () => {
  const arn = "arn:aws-cn:eks:cn-north-1:111122223333:cluster/prod";
  const made = await planOf(
    () =>
      new PodIdentity("worker", {
        cluster: { name: "prod", arn },
        ...PODS,
        statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws-cn:s3:::exports/*"] }],
      }),
    { config: { "aws:region": "cn-north-1" } },
  );
  const [trust] = statements(inputs(made, ROLE)["assumeRolePolicy"]);
  expect(trust?.Principal).toEqual({ Service: "pods.eks.amazonaws.com" });
  expect(trust?.Condition?.["ArnEqualsIfExists"]).toEqual({ "aws:SourceArn": arn });
  expect(inputs(made, ASSOCIATION)["roleArn"]).toBe("<arn of role worker-role>");
});
