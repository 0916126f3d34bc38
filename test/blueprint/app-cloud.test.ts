/** What an application asks of AWS while it is built, and gets once it has been checked. */
import { Construct } from "constructs";
import { HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";
import type { AppContext } from "../../index.js";
import { Secret, Unknown } from "../../plan/index.js";
import type { Plan } from "../../plan/index.js";
import { all, clusterPlan, DIGEST, inputs, plainInputs, refusal, resource, waitsFor } from "./support.js";

class Shop extends Construct {
  constructor(scope: Construct, id: string, { contract, cloud }: AppContext) {
    super(scope, id);
    const namespace = new HardenedNamespace(this, "shop");
    const database = cloud.password("database");
    const mail = cloud.password("mail");
    const web = new HardenedDeployment(namespace, "web", {
      image: `${cloud.repository("shop/web")}@${DIGEST}`,
      env: { DATABASE_SECRET_ARN: database.arn },
    });
    cloud.allowRead(web, database);
    cloud.allowRead(web, mail);
    cloud.allow(web, {
      sid: "Send",
      actions: ["sqs:SendMessage"],
      resources: [`arn:aws:sqs:${contract.region}:${contract.accountId}:orders`, database.arn],
    });
    new HardenedDeployment(namespace, "batch", { image: `${cloud.repository("shop/web")}@${DIGEST}` });
  }
}

let plan: Plan;

beforeAll(async () => {
  plan = await clusterPlan((cluster) => cluster.deploy(Shop));
});

test("a password is made by AWS, under the cluster's key, and no later run replaces it", () => {
  expect(
    all(plan, "aws:secretsmanager/secret:Secret")
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["prod-shop-database", "prod-shop-mail"]);
  expect(inputs(plan, "aws:secretsmanager/secret:Secret", "prod-shop-database")).toMatchObject({
    kmsKeyId: "<arn of key prod-keys-secrets>",
    recoveryWindowInDays: 30,
  });
  const version = resource(plan, "aws:secretsmanager/secretVersion:SecretVersion", "prod-shop-database");
  expect(version.options.ignoreChanges).toEqual(["secretString"]);
  expect(version.inputs["secretString"]).toBeInstanceOf(Secret);
  expect((version.inputs["secretString"] as Secret).reveal()).toBeInstanceOf(Unknown);
});

test("the manifest names the secret and does not hold it", () => {
  const { spec } = inputs(plan, "kubernetes:apps/v1:Deployment", "prod/shop/deployment/web") as {
    spec: { template: { spec: { containers: { env: unknown }[] } } };
  };
  expect(spec.template.spec.containers[0]?.env).toEqual([
    { name: "DATABASE_SECRET_ARN", value: "<arn of secret prod-shop-database>" },
  ]);
});

test("one role for the pods of one service account, with exactly what was asked for", () => {
  expect(inputs(plan, "aws:eks/podIdentityAssociation:PodIdentityAssociation")).toMatchObject({
    namespace: "shop",
    serviceAccount: "web",
    roleArn: "<arn of role prod-shop-web-role>",
  });
  expect(inputs(plan, "aws:iam/role:Role", "prod-shop-web-role")["permissionsBoundary"]).toBe(
    "<arn of policy prod-boundary>",
  );
  const { Statement } = inputs(plan, "aws:iam/rolePolicy:RolePolicy", "prod-shop-web-role-policy")["policy"] as {
    Statement: unknown;
  };
  const secrets = ["<arn of secret prod-shop-database>", "<arn of secret prod-shop-mail>"];
  expect(Statement).toEqual([
    { Sid: "ReadSecrets", Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: secrets },
    {
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: ["<arn of key prod-keys-secrets>"],
      Condition: {
        StringEquals: {
          "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
          "kms:EncryptionContext:SecretARN": secrets,
        },
      },
    },
    {
      Sid: "Send",
      Effect: "Allow",
      Action: ["sqs:SendMessage"],
      Resource: ["arn:aws:sqs:eu-west-1:111122223333:orders", "<arn of secret prod-shop-database>"],
    },
  ]);
});

test("pods start when their credentials are there", () => {
  expect(waitsFor(plan, "prod/shop/serviceaccount/web")).toEqual([
    "prod-shop-database",
    "prod-shop-mail",
    "prod-shop-web",
    "prod-shop-web-role",
    "prod-shop-web-role-policy",
    "prod/namespace/shop",
  ]);
  expect(waitsFor(plan, "prod/shop/serviceaccount/batch")).toEqual(["prod/namespace/shop"]);
});

test("pods with a role reach the agent and the endpoints of AWS, others do not", () => {
  const egressOf = (name: string) =>
    (
      inputs(plan, "kubernetes:networking.k8s.io/v1:NetworkPolicy", `prod/shop/networkpolicy/${name}`) as {
        spec: { egress?: { to: { ipBlock?: { cidr: string } }[]; ports: { port: number }[] }[] };
      }
    ).spec.egress?.map(({ to, ports }) => [to.map(({ ipBlock }) => ipBlock?.cidr), ports.map(({ port }) => port)]);
  expect(egressOf("web")).toEqual([
    [["169.254.170.23/32"], [80]],
    [["10.0.224.0/26", "10.0.228.0/26", "10.0.232.0/26"], [443]],
  ]);
  expect(egressOf("batch")).toBeUndefined();
});

test("a repository is made once, immutable, scanned and encrypted", () => {
  expect(plainInputs(resource(plan, "aws:ecr/repository:Repository"))).toMatchObject({
    name: "shop/web",
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "<arn of key prod-keys-registry>" }],
  });
});

test("a grant to strangers, a secret of nobody and a bad name are refused with the application", async () => {
  let lines: string[] = [];
  await clusterPlan((cluster) => {
    class Broken extends Construct {
      constructor(scope: Construct, id: string, { cloud }: AppContext) {
        super(scope, id);
        const pods = { namespace: "elsewhere", serviceAccountName: "web", usePodIdentity: () => undefined };
        cloud.allowRead(pods, { name: "stolen", arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:stolen" });
        cloud.password("not a name");
      }
    }
    lines = refusal(() => cluster.deploy(Broken));
  });
  expect(lines.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "Application 'broken':",
    "  'cloud.allowRead' must be a secret of this application",
    "  'cloud.password' must be a plain name",
    "  'cloud' must name a service account of this application",
  ]);
});

test("what is wider than need be, or nothing that AWS knows, is refused with the application", async () => {
  class Wide extends Construct {
    constructor(scope: Construct, id: string, { cloud }: AppContext) {
      super(scope, id);
      const secret = cloud.password("database");
      const web = new HardenedDeployment(new HardenedNamespace(this, "shop"), "web", { image: `shop/web@${DIGEST}` });
      cloud.allow(web, { actions: ["sqs:*"], resources: ["*"] }, { actions: ["sqs:Snd"], resources: [secret.arn] });
    }
  }
  let lines: string[] = [];
  await clusterPlan((cluster) => {
    lines = refusal(() => cluster.deploy(Wide));
  });
  expect(lines.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "Application 'wide':",
    "  'cloud.allow(shop/web).statements[0].actions[0]' must be one action, without wildcards",
    "  'cloud.allow(shop/web).statements[0].resources[0]' must name the resources of 'sqs:GetQueueAttributes'",
    "  'cloud.allow(shop/web).statements[1].actions[0]' must be an action that AWS knows",
  ]);
});
