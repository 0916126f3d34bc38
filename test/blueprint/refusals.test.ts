/** What is wrong with an application: all of it in one error, before anything of it is registered. */
import * as aws from "@pulumi/aws";
import { ApiObject, App, Chart, JsonPatch } from "cdk8s";
import { Construct } from "constructs";
import { HardenedDeployment, HardenedNamespace, PodSecurity } from "../../constructs/index.js";
import { NamespaceExemption, SecureCluster } from "../../index.js";
import type { AppContext } from "../../index.js";
import type { Plan } from "../../plan/index.js";
import { ADMIN, clusterPlan, objectNames, planIn, refusal } from "./support.js";

/** An application made of a function. */
function app(
  build: (scope: Construct, context: AppContext) => void,
): new (s: Construct, i: string, p: AppContext) => Construct {
  return class Shop extends Construct {
    constructor(scope: Construct, id: string, props: AppContext) {
      super(scope, id);
      build(this, props);
    }
  };
}

const configMap = (scope: Construct, id: string, metadata: object, data: object = {}): ApiObject =>
  new ApiObject(scope, id, { apiVersion: "v1", kind: "ConfigMap", metadata, data });

/** What TypeScript cannot see in plain JavaScript, or behind a cast. */
const asText = (value: unknown): string => value as string;

const refused: Record<string, string[]> = {};
let plan: Plan;

beforeAll(async () => {
  plan = await clusterPlan((cluster) => {
    const queue = new aws.sqs.Queue("orders");
    const other = new SecureCluster("other", { admins: [ADMIN] });
    const refuse = (name: string, build: (scope: Construct, context: AppContext) => void): void => {
      refused[name] = refusal(() => cluster.deploy(app(build)));
    };

    refuse("several", (scope) => {
      const namespace = new HardenedNamespace(scope, "Shop");
      new HardenedDeployment(namespace, "web", { image: "nginx:latest", env: { DB_PASSWORD: "hunter2" } });
      throw new RangeError("no room");
    });
    refuse("names", (scope) => {
      configMap(scope, "a", { name: cluster.late(queue.name), namespace: "shop" });
      configMap(scope, "b", { name: "b", namespace: cluster.late(queue.name) });
      configMap(scope, "c", { name: "c" });
    });
    refuse("duplicates", (scope) => {
      configMap(scope, "a", { name: "settings", namespace: "shop" });
      configMap(scope, "b", { name: "settings", namespace: "shop" });
      new ApiObject(scope, "class", {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "encrypted" },
      });
    });
    refuse("text", (scope) => {
      configMap(scope, "a", { name: "a", namespace: "shop" }, { queue: `at ${asText(queue.url)}` });
      const patched = configMap(scope, "b", { name: "b", namespace: "shop" });
      patched.addJsonPatch(JsonPatch.add("/data", { queue: queue.url }));
      configMap(scope, "c", { name: "c", namespace: "shop" }, { [cluster.late(queue.url)]: "x" });
      configMap(scope, "d", { name: "d", namespace: "shop" }, { host: other.contract.registryHost });
    });
    refuse("circle", (scope) => {
      const a = configMap(scope, "a", { name: "a", namespace: "shop" });
      const b = configMap(scope, "b", { name: "b", namespace: "shop" });
      a.addDependency(b);
      b.addDependency(a);
    });
    refuse("relaxed", (scope) => {
      new HardenedNamespace(scope, "agents", {
        podSecurity: PodSecurity.baseline({ reason: "an agent runs as root" }),
      });
    });
    refused["foreign"] = refusal(() => cluster.deployCharts("legacy", new App()));
    refused["nameless"] = refusal(() => cluster.deploy(class extends Construct {}));
    cluster.deployCharts("taken", new App({ resolvers: [cluster.resolver] }));
    refused["taken"] = refusal(() => cluster.deployCharts("taken", new App({ resolvers: [cluster.resolver] })));
  });
});

test("the problems of every construct, and what its constructor threw, with the place", () => {
  const [first, thrown, ...rest] = refused["several"] ?? [];
  expect(first).toBe("Application 'shop':");
  expect(thrown).toMatch(/^ {2}no room \(refusals\.test\.ts:\d+:\d+\)$/);
  expect(rest).toEqual([
    "  [apps/shop/Shop] 'name' must be a DNS label of at most 63 characters, got 'Shop'. Use lower-case letters, digits and '-', with a letter or digit at both ends",
    expect.stringMatching(/^ {2}\[apps\/shop\/Shop\/web\] 'namespace' must be a DNS label/),
    expect.stringMatching(/^ {2}\[apps\/shop\/Shop\/web\] 'image' must be pinned by a digest, got 'nginx:latest'/),
    expect.stringMatching(/^ {2}\[apps\/shop\/Shop\/web\] 'env\.DB_PASSWORD' must not hold a secret/),
  ]);
  expect(refused["several"]?.join("\n")).not.toContain("hunter2");
});

test("a name or namespace that is known only later, and none where one is needed", () => {
  expect(refused["names"]?.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "Application 'shop':",
    "  [apps/shop/a] 'metadata.name' must be known while the program runs",
    "  [apps/shop/b] 'metadata.namespace' must be known while the program runs",
    "  [apps/shop/c] 'metadata.namespace' must be set on a ConfigMap",
  ]);
});

test("an object that is there twice, in the application or in the cluster", () => {
  expect(refused["duplicates"]).toEqual([
    "Application 'shop':",
    "  [apps/shop/b] '/ConfigMap shop/settings' must be there once, and apps/shop/a makes it already. Give it another name",
    "  [apps/shop/class] 'storage.k8s.io/StorageClass encrypted' must be there once, and an application before it makes it already. Give it another name",
  ]);
});

test("an Output where cdk8s cannot carry it, a late key, a value of another cluster", () => {
  const made =
    "must not hold an Output that was made into text. Pass the Output as the whole value, or put cluster.late(output) into the text";
  expect(refused["text"]).toEqual([
    "Application 'shop':",
    `  [apps/shop/a] 'data.queue' ${made}`,
    `  [apps/shop/b] 'data.queue' ${made}`,
    "  [apps/shop/c] 'data' must not have a key that is known only later. Keys are names: write them out",
    "  [apps/shop/d] 'data.host' must not hold a value of another cluster, got 'other.registry-host'. Take it from this cluster's contract",
  ]);
});

test("dependencies in a circle", () => {
  expect(refused["circle"]).toEqual([
    "Application 'shop':",
    "  dependencies must not form a circle, got apps/shop/a -> apps/shop/b -> apps/shop/a. Remove one of them",
  ]);
});

test("a relaxed namespace that the guardrails would refuse", () => {
  expect(refused["relaxed"]).toEqual([
    "Application 'shop':",
    "  [apps/shop/agents] 'podSecurity' must be 'restricted', or the namespace exempt from the cluster's guardrails, got 'baseline'. Pass guardrailExemptions: [NamespaceExemption.of('agents', { reason, until })] to SecureCluster",
  ]);
});

test("a cdk8s App that does not know the cluster's Outputs", () => {
  expect(refused["foreign"]).toEqual([
    "Application 'legacy':",
    "  the cdk8s App must turn Outputs into tokens of this cluster. Make it with `new App({ resolvers: [cluster.resolver] })`",
  ]);
});

test("an application without a name, or with one that is taken", () => {
  expect(refused["nameless"]?.[1]).toMatch(/^ {2}'name' must be the name of an application, got ''/);
  expect(refused["taken"]?.[1]).toMatch(/^ {2}'name' must be an application's only, got 'taken'/);
});

test("nothing of a refused application is registered", () => {
  expect(objectNames(plan).filter((name) => name.includes("shop"))).toEqual([]);
  expect(plan.resources.filter(({ type }) => type === "ringfence:blueprint:App").map(({ name }) => name)).toEqual([
    "prod-taken",
  ]);
});

test("a relaxed namespace is let in when the cluster exempts it", async () => {
  const exempted = await clusterPlan(
    (cluster) => {
      cluster.deploy(
        app((scope) => {
          new HardenedNamespace(scope, "agents", {
            podSecurity: PodSecurity.baseline({ reason: "an agent runs as root" }),
          });
        }),
      );
    },
    {
      guardrailExemptions: [NamespaceExemption.of("agents", { reason: "an agent runs as root", until: "2027-03-31" })],
    },
  );
  expect(objectNames(exempted)).toContain("prod/namespace/agents");
});

test("the arguments of a cluster are refused all at once, in the words of the arguments", async () => {
  const program = planIn(() => {
    new SecureCluster("prod", {
      admins: [ADMIN],
      today: new Date("2026-11-21"),
      kubernetesVersion: "1.30",
      logRetentionDays: 42,
      network: { zones: ["euw1-az1", "euw1-az5"] },
      nodes: { scaling: { minSize: 3, desiredSize: 1, maxSize: 2 }, dataVolumeGiB: 5 },
      registry: { repositories: ["Vote"] },
    });
  });
  await expect(program).rejects.toThrow("SecureCluster 'prod':\n");
  const message = await program.then(
    () => "",
    (error: unknown) => (error as Error).message,
  );
  expect([...message.matchAll(/^ {2}'([^']+)'/gm)].map(([, path]) => path)).toEqual([
    "network.zones[1]",
    "kubernetesVersion",
    "logRetentionDays",
    "nodes.scaling.desiredSize",
    "nodes.dataVolumeGiB",
    "registry.repositories[0]",
  ]);
});

test("Chart applications are constructs too", async () => {
  const made = await clusterPlan((cluster) => {
    cluster.deploy(
      class OldChart extends Chart {
        constructor(scope: Construct, id: string) {
          super(scope, id, { namespace: "default" });
          configMap(this, "a", { name: "a" });
        }
      },
    );
  });
  expect(objectNames(made)).toContain("prod/default/configmap/a");
});
