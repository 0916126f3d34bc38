import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { App, Chart } from "cdk8s";
import {
  AdmissionGuardrails,
  EncryptedStorageClass,
  HardenedDeployment,
  HardenedNamespace,
  HardenedStatefulSet,
  IngressClass,
  RunAs,
  TlsIngress,
  Volume,
} from "../../constructs/index.js";
import { CONTRACT, DIGEST } from "./synth.js";

const ROOM = join(__dirname, "../../constructs");

test("the room imports core, cdk8s and constructs, and nothing of Pulumi or another room", () => {
  const imported = readdirSync(ROOM, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [...readFileSync(join(ROOM, file), "utf8").matchAll(/ from "([^"]+)"/g)].map(([, name = ""]) =>
        name.startsWith(".") ? relative(ROOM, join(ROOM, dirname(file), name)) : name,
      ),
    );
  const outside = [...new Set(imported)].filter((name) => name.startsWith("..") || !name.endsWith(".js"));
  expect(outside.filter((name) => !name.startsWith("../core/")).sort()).toEqual(["cdk8s", "constructs"]);
});

test("a cdk8s app without Pulumi builds the voting app and writes it as YAML", () => {
  const app = new App();
  const chart = new Chart(app, "voting-app");
  const image = (name: string): string => `registry.example.com/${name}@${DIGEST}`;
  const { name: storageClassName } = new EncryptedStorageClass(chart, "encrypted", {
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/0a1b",
  });
  new AdmissionGuardrails(chart, "guardrails", { approvedRegistries: ["registry.example.com"] });

  const ns = new HardenedNamespace(chart, "vote", { approvedRegistries: ["registry.example.com"] });
  const credentials = Volume.memory("credentials");
  const postgres = new HardenedStatefulSet(ns, "postgres", {
    image: image("postgres"),
    ports: { postgres: 5432 },
    runAs: RunAs.uid(999),
    env: { POSTGRES_PASSWORD_FILE: "/run/credentials/password" },
    mounts: {
      "/run/credentials": credentials.readOnly(),
      "/var/lib/postgresql": Volume.claim("data", { sizeGiB: 10, storageClassName }),
      "/var/run/postgresql": Volume.scratch("run"),
    },
    initContainers: [{ name: "credentials", image: image("aws-cli"), mounts: { "/run/credentials": credentials } }],
  });
  postgres.usePodIdentity(CONTRACT);
  postgres.expose();
  const redis = new HardenedDeployment(ns, "redis", { image: image("redis"), ports: { redis: 6379 } });
  redis.expose();
  const vote = new HardenedDeployment(ns, "vote", { image: image("vote"), ports: { http: 8080 } });
  const result = new HardenedDeployment(ns, "result", { image: image("result"), ports: { http: 8080 } });
  const worker = new HardenedDeployment(ns, "worker", { image: image("worker") });
  vote.allowTo(redis);
  worker.allowTo(redis);
  worker.allowTo(postgres);
  result.allowTo(postgres);
  new TlsIngress(ns, "web", {
    ingressClass: IngressClass.alb({ contract: CONTRACT, certificateArn: "${ringfence:cert}" }),
    routes: [
      { host: "vote.example.com", backend: vote },
      { host: "result.example.com", backend: result },
    ],
  });

  const kinds = [...app.synthYaml().matchAll(/^kind: (.+)$/gm)].map((match) => match[1]);
  const count = (kind: string): number => kinds.filter((k) => k === kind).length;
  expect(Object.fromEntries([...new Set(kinds)].sort().map((kind) => [kind, count(kind ?? "")]))).toEqual({
    Deployment: 4,
    Ingress: 1,
    LimitRange: 1,
    Namespace: 1,
    NetworkPolicy: 7,
    PodDisruptionBudget: 4,
    ResourceQuota: 1,
    Service: 5,
    ServiceAccount: 6,
    StatefulSet: 1,
    StorageClass: 1,
    ValidatingAdmissionPolicy: 2,
    ValidatingAdmissionPolicyBinding: 2,
  });
});
