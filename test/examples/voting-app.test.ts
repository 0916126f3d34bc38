/** The application of the ten-line program: what it needs and nothing else, and no finding of the rules. */
import { App, Chart } from "cdk8s";
import { Cidr } from "../../core/cidr.js";
import { connectionsOf } from "../../constructs/index.js";
import { VotingApp } from "../../examples/voting-app/index.js";
import type { CloudScope, ClusterContract } from "../../index.js";
import type { Plan } from "../../plan/index.js";
import { judge } from "../../policies/index.js";
import { clusterPlan, inputs, resource } from "../blueprint/support.js";

const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000";

let plan: Plan;

beforeAll(async () => {
  plan = await clusterPlan((cluster) => cluster.deploy(VotingApp, { certificateArn }));
});

test("the rules find nothing at severity low or above, and decide everything", () => {
  const { findings, defects } = judge(plan, { today: new Date("2026-11-21") });
  const lines = (verdict: string) =>
    findings
      .filter((f) => f.verdict === verdict && f.rule.severity !== "info")
      .map(({ rule, resource: r, path }) => `${rule.severity} ${rule.id} ${r.name} ${path}`);
  expect(lines("fail")).toEqual([]);
  expect(lines("unknown")).toEqual([]);
  expect(defects).toEqual([]);
});

test("it runs these workloads and serves these", () => {
  const names = (type: string) =>
    plan.resources
      .filter((r) => r.type === `kubernetes:${type}`)
      .map(({ name }) => name.split("/").at(-1))
      .sort();
  expect(names("apps/v1:Deployment")).toEqual(["cache", "result", "vote", "worker"]);
  expect(names("apps/v1:StatefulSet")).toEqual(["database"]);
  expect(names("core/v1:Service")).toEqual(["cache", "database", "database-headless", "result", "vote"]);
  expect(names("networking.k8s.io/v1:Ingress")).toEqual(["web"]);
});

/** A cluster written down by hand, and a cloud that only notes what is asked of it: the application needs no Pulumi. */
function withoutPulumi(): { readonly app: App; readonly reads: readonly string[] } {
  const contract: ClusterContract = {
    clusterName: "prod",
    kubernetesVersion: "1.36",
    region: "eu-west-1",
    accountId: "111122223333",
    vpcCidrs: [Cidr.parse("10.0.0.0/16")],
    podCidrs: [Cidr.parse("10.0.0.0/19")],
    controlPlaneCidrs: [Cidr.parse("10.0.224.128/28")],
    endpointCidrs: [Cidr.parse("10.0.224.0/26")],
    loadBalancerCidrs: [Cidr.parse("10.0.224.192/26")],
    serviceCidr: Cidr.parse("172.20.0.0/16"),
    registryHost: "registry.example.com",
    storageClassName: "encrypted",
    keyArns: {},
  };
  const reads: string[] = [];
  const cloud: CloudScope = {
    password: (name) => ({ name, arn: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}` }),
    repository: (name) => `${contract.registryHost}/${name}`,
    allowRead: (pods, ...secrets) => {
      reads.push(...secrets.map(({ name }) => `${pods.serviceAccountName} ${name}`));
    },
    allow: () => undefined,
  };
  const app = new App();
  new VotingApp(new Chart(app, "apps"), "voting-app", { contract, cloud, certificateArn });
  return { app, reads };
}

test("only these connections exist", () => {
  const connections = connectionsOf(withoutPulumi().app).map(
    ({ from, to, ports }) => `${from.name} -> ${to.name} ${ports.map(({ port }) => port).join(",")}`,
  );
  expect(connections.sort()).toEqual([
    "result -> database 5432",
    "the load balancers -> result 8080",
    "the load balancers -> vote 8080",
    "vote -> cache 6379",
    "worker -> cache 6379",
    "worker -> database 5432",
  ]);
});

test("pods that need a credential reach the Pod Identity agent and the endpoints of AWS, and nothing else outside", () => {
  const policies = plan.resources.filter((r) => r.type === "kubernetes:networking.k8s.io/v1:NetworkPolicy");
  const blocks = JSON.stringify(policies.map(({ inputs: policy }) => policy)).matchAll(/"cidr":"([^"]+)"/g);
  expect([...new Set([...blocks].map(([, cidr]) => cidr))].sort()).toEqual([
    "10.0.224.0/26",
    "10.0.224.192/26",
    "10.0.228.0/26",
    "10.0.228.192/26",
    "10.0.232.0/26",
    "10.0.232.192/26",
    "169.254.170.23/32",
  ]);
});

test("each workload reads its own passwords", () => {
  expect([...withoutPulumi().reads].sort()).toEqual([
    "cache cache",
    "database database",
    "result database",
    "vote cache",
    "worker cache",
    "worker database",
  ]);
});

test("a password is fetched into memory, and handed over as a file", () => {
  const { spec } = inputs(plan, "kubernetes:apps/v1:StatefulSet") as {
    spec: { template: { spec: { initContainers: object[]; containers: object[]; volumes: object[] } } };
  };
  const pod = spec.template.spec;
  expect(pod.volumes).toContainEqual({ name: "credentials", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } });
  expect(pod.initContainers).toMatchObject([
    {
      name: "credentials",
      env: [
        { name: "AWS_REGION", value: "eu-west-1" },
        { name: "HOME", value: "/tmp" },
        { name: "DATABASE_SECRET_ARN", value: "<arn of secret prod-voting-app-database>" },
      ],
      volumeMounts: [
        { name: "credentials", mountPath: "/run/credentials" },
        { name: "credentials-tmp", mountPath: "/tmp" },
      ],
    },
  ]);
  expect(pod.containers).toMatchObject([
    {
      env: expect.arrayContaining([{ name: "POSTGRES_PASSWORD_FILE", value: "/run/credentials/database" }]) as unknown,
    },
  ]);
});

test("the data lies on an encrypted disk", () => {
  const { spec } = inputs(plan, "kubernetes:apps/v1:StatefulSet") as {
    spec: { volumeClaimTemplates: { spec: { storageClassName: string } }[] };
  };
  expect(spec.volumeClaimTemplates.map((claim) => claim.spec.storageClassName)).toEqual(["encrypted"]);
});

test("every image is pinned and comes from the private registry", () => {
  const images = JSON.stringify(plan.resources.map(({ inputs: i }) => i)).matchAll(/"image":"([^"]+)"/g);
  const names = [...new Set([...images].map(([, image = ""]) => image))].sort();
  expect(names.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  expect(names.map((image) => image.replace(/@.*/, ""))).toEqual([
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/aws-cli/aws-cli",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/docker/library/postgres",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/docker/library/redis",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/voting-app/result",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/voting-app/vote",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/voting-app/worker",
  ]);
});

test("people come in by TLS, from inside", () => {
  const ingress = inputs(plan, "kubernetes:networking.k8s.io/v1:Ingress") as {
    metadata: { annotations: Record<string, string> };
    spec: { ingressClassName: string; tls: unknown };
  };
  expect(ingress.metadata.annotations).toMatchObject({
    "alb.ingress.kubernetes.io/scheme": "internal",
    "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS":443}]',
    "alb.ingress.kubernetes.io/certificate-arn": certificateArn,
  });
  expect(ingress.spec).toMatchObject({
    ingressClassName: "alb",
    tls: [{ hosts: ["vote.example.com", "result.example.com"] }],
  });
});

test("its namespace is restricted, and no object of it holds a secret value", () => {
  expect(inputs(plan, "kubernetes:core/v1:Namespace")["metadata"]).toMatchObject({
    name: "vote",
    labels: {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "v1.36",
    },
  });
  expect(plan.resources.filter(({ type }) => type === "kubernetes:core/v1:Secret")).toEqual([]);
  expect(
    resource(plan, "aws:secretsmanager/secretVersion:SecretVersion", "prod-voting-app-cache").inputs,
  ).toHaveProperty("secretString");
});
