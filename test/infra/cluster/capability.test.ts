import { ArgoCdAccess, CapabilityKind, ClusterCapability } from "../../../infra/index.js";
import type { ArgoCdOptions, ClusterCapabilityArgs } from "../../../infra/index.js";
import { inputs, namesOf, planIn, resource, statements } from "../support.js";
import { CLUSTER, failuresIn } from "./support.js";

const CAPABILITY = "aws:eks/capability:Capability";
const ARGO: ArgoCdOptions = {
  identityCenterArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
  access: ArgoCdAccess.throughEndpoints(["vpce-0123456789abcdef0"]),
  admins: [{ id: "90677c1a-platform", type: "SSO_GROUP" }],
};

const plan = (kind: CapabilityKind, args: Partial<ClusterCapabilityArgs> = {}) =>
  planIn(() => {
    new ClusterCapability("gitops", { cluster: CLUSTER, kind, ...args });
  });

test("Argo CD is reached through the VPC, by people of Identity Center, and keeps what it made", async () => {
  const made = await plan(
    CapabilityKind.argoCd({
      ...ARGO,
      identityCenterRegion: "us-east-1",
      viewers: [{ id: "ada", type: "SSO_USER" }],
      namespace: "gitops",
    }),
  );
  expect(inputs(made, CAPABILITY)).toEqual({
    clusterName: "prod",
    capabilityName: "gitops",
    type: "ARGOCD",
    roleArn: "<arn of role gitops-role>",
    deletePropagationPolicy: "RETAIN",
    configuration: {
      argoCd: {
        awsIdc: { idcInstanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef", idcRegion: "us-east-1" },
        namespace: "gitops",
        networkAccess: { vpceIds: ["vpce-0123456789abcdef0"] },
        rbacRoleMappings: [
          { role: "ADMIN", identities: [{ id: "90677c1a-platform", type: "SSO_GROUP" }] },
          { role: "VIEWER", identities: [{ id: "ada", type: "SSO_USER" }] },
        ],
      },
    },
    tags: { Name: "gitops" },
  });
  expect(failuresIn(made)).toEqual([]);
});

test("EKS Capabilities assume the role, which can do nothing that was not said", async () => {
  const made = await plan(CapabilityKind.kro(), { permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/b" });
  expect(statements(inputs(made, "aws:iam/role:Role")["assumeRolePolicy"])).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "capabilities.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: { StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } },
    },
  ]);
  expect(inputs(made, "aws:iam/role:Role")["permissionsBoundary"]).toBe("arn:aws:iam::111122223333:policy/b");
  expect(namesOf(made, "aws:iam/rolePolicy:RolePolicy")).toEqual([]);
  expect(inputs(made, CAPABILITY)).not.toHaveProperty("configuration");
});

test("ACK has the rights that were named", async () => {
  const made = await plan(CapabilityKind.ack([{ actions: ["s3:CreateBucket"], resources: ["arn:aws:s3:::shop-*"] }]));
  expect(inputs(made, CAPABILITY)["type"]).toBe("ACK");
  expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])).toEqual([
    { Effect: "Allow", Action: ["s3:CreateBucket"], Resource: ["arn:aws:s3:::shop-*"] },
  ]);
});

test("Argo CD on the internet is recorded with its reason", async () => {
  const access = ArgoCdAccess.fromInternet({ reason: "the agency has no VPN" });
  const made = await plan(CapabilityKind.argoCd({ ...ARGO, access }));
  expect(inputs(made, CAPABILITY)["configuration"]).not.toHaveProperty("argoCd.networkAccess");
  expect(resource(made, "ringfence:infra:ClusterCapability").outputs["relaxations"]).toEqual([
    { choice: "ArgoCdAccess.fromInternet", reason: "the agency has no VPN" },
  ]);
});

test("refuses what EKS would refuse, all of it at once", async () => {
  await expect(
    plan(
      CapabilityKind.argoCd({
        identityCenterArn: "arn:aws:iam::111122223333:role/x",
        access: ArgoCdAccess.throughEndpoints(["vpc-1"]),
      }),
      { capabilityName: "-gitops" },
    ),
  ).rejects.toThrow(
    [
      "ClusterCapability 'gitops':",
      "  'capabilityName' must be a name that EKS accepts, got '-gitops'. Use up to 100 letters, digits, hyphens and underscores, a letter or digit first",
      "  'kind.identityCenterArn' must be the ARN of an Identity Center instance, got 'arn:aws:iam::111122223333:role/x'. Write it like 'arn:<partition>:sso:::instance/ssoins-0123456789abcdef'",
      "  'kind.access.endpointIds[0]' must be an id that begins with 'vpce-', got 'vpc-1'. Write it like 'vpce-0123456789abcdef0'",
      "  'kind.admins' must name somebody in one of the roles, got nothing. Name a group in `admins`, or nobody can open it",
    ].join("\n"),
  );
});

test("refuses ACK without rights, and with more than it names", async () => {
  await expect(plan(CapabilityKind.ack([] as never))).rejects.toThrow(
    "'kind.statements' must hold a statement, got []",
  );
  await expect(plan(CapabilityKind.ack([{ actions: ["s3:*"], resources: ["*"] }]))).rejects.toThrow(
    "'kind.statements[0].actions[0]' must be one action, without wildcards, got 's3:*'",
  );
});
