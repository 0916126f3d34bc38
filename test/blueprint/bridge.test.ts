/** One Pulumi resource per object: its name, its options and its order. */
import { ApiObject, App, Chart } from "cdk8s";
import { Construct } from "constructs";
import { HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";
import type { AppContext } from "../../index.js";
import type { Plan } from "../../plan/index.js";
import { clusterPlan, DIGEST, inputs, objectNames, resource, waitsFor } from "./support.js";

class Shop extends Construct {
  constructor(scope: Construct, id: string, { contract }: AppContext) {
    super(scope, id);
    // Custom resources before their definition, and an object before its namespace: the order of the tree is not the order.
    new ApiObject(this, "Order", {
      apiVersion: "shop.example.com/v1",
      kind: "Order",
      metadata: { name: "first", namespace: "shop" },
    });
    new ApiObject(this, "Definition", {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "orders.shop.example.com" },
      spec: { group: "shop.example.com", names: { kind: "Order" } },
    });
    const late = new ApiObject(this, "Late", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "late", namespace: "shop" },
    });
    const namespace = new HardenedNamespace(this, "shop");
    const web = new HardenedDeployment(namespace, "web", {
      image: `${contract.registryHost}/web@${DIGEST}`,
      ports: { http: 8080 },
    });
    web.expose();
    late.addDependency(web);
    new ApiObject(this, "Ingress", {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "web", namespace: "shop" },
      spec: {},
    });
  }
}

/** A second application, in the namespace of the first. */
class Extras extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ApiObject(this, "Map", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "more", namespace: "shop" } });
    new ApiObject(this, "Order", {
      apiVersion: "shop.example.com/v1",
      kind: "Order",
      metadata: { name: "second", namespace: "shop" },
    });
  }
}

let plan: Plan;

beforeAll(async () => {
  plan = await clusterPlan((cluster) => {
    cluster.deploy(Shop);
    cluster.deploy(Extras);
    const app = new App({ resolvers: [cluster.resolver] });
    const chart = new Chart(app, "legacy", { namespace: "shop" });
    new ApiObject(chart, "Map", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "legacy" } });
    cluster.deployCharts("legacy", app);
  });
});

test("objects are named by cluster, namespace, kind and name", () => {
  expect(objectNames(plan).sort()).toEqual([
    "prod/customresourcedefinition/orders.shop.example.com",
    "prod/default/networkpolicy/default-deny",
    "prod/default/serviceaccount/default",
    "prod/namespace/default",
    "prod/namespace/shop",
    "prod/shop/configmap/late",
    "prod/shop/configmap/legacy",
    "prod/shop/configmap/more",
    "prod/shop/deployment/web",
    "prod/shop/ingress/web",
    "prod/shop/limitrange/container-defaults",
    "prod/shop/networkpolicy/allow-dns",
    "prod/shop/networkpolicy/default-deny",
    "prod/shop/networkpolicy/web",
    "prod/shop/order/first",
    "prod/shop/order/second",
    "prod/shop/poddisruptionbudget/web",
    "prod/shop/resourcequota/namespace-quota",
    "prod/shop/service/web",
    "prod/shop/serviceaccount/default",
    "prod/shop/serviceaccount/web",
    "prod/storageclass/encrypted",
    "prod/validatingadmissionpolicy/ringfence-images",
    "prod/validatingadmissionpolicy/ringfence-pod-security",
    "prod/validatingadmissionpolicybinding/ringfence-images",
    "prod/validatingadmissionpolicybinding/ringfence-pod-security",
  ]);
});

test("objects have the type tokens of the Kubernetes SDK, custom ones included", () => {
  const typeOf = (name: string) => plan.resources.find((r) => r.name === name)?.type;
  expect(typeOf("prod/shop/service/web")).toBe("kubernetes:core/v1:Service");
  expect(typeOf("prod/shop/deployment/web")).toBe("kubernetes:apps/v1:Deployment");
  expect(typeOf("prod/storageclass/encrypted")).toBe("kubernetes:storage.k8s.io/v1:StorageClass");
  expect(typeOf("prod/shop/order/first")).toBe("kubernetes:shop.example.com/v1:Order");
});

test("what Kubernetes makes by itself is patched, never created", () => {
  const typeOf = (name: string) => plan.resources.find((r) => r.name === name)?.type;
  expect(typeOf("prod/shop/serviceaccount/default")).toBe("kubernetes:core/v1:ServiceAccountPatch");
  expect(typeOf("prod/namespace/default")).toBe("kubernetes:core/v1:NamespacePatch");
});

test("an object belongs to its application, goes through the cluster's provider and is deleted with the cluster", () => {
  const web = resource(plan, "kubernetes:apps/v1:Deployment");
  expect(web.parent).toBe("urn:pulumi:dev::test::ringfence:blueprint:SecureCluster$ringfence:blueprint:App::prod-shop");
  expect(web.provider).toBe(
    "urn:pulumi:dev::test::ringfence:blueprint:SecureCluster$pulumi:providers:kubernetes::prod-kubernetes",
  );
  expect(web.options.deletedWith).toBe(resource(plan, "aws:eks/cluster:Cluster").urn);
});

test("what an application has in AWS outlives no cluster by accident: it has no deletedWith", () => {
  const app = resource(plan, "ringfence:blueprint:App", "prod-shop");
  expect(app.options).not.toHaveProperty("deletedWith");
});

test("a namespace is protected, and what lies in it waits for it", () => {
  expect(resource(plan, "kubernetes:core/v1:Namespace", "prod/namespace/shop").options.protect).toBe(true);
  expect(waitsFor(plan, "prod/shop/service/web")).toEqual(["prod/namespace/shop"]);
});

test("a custom resource waits for its definition, also when an earlier application brought it", () => {
  const definition = "prod/customresourcedefinition/orders.shop.example.com";
  expect(waitsFor(plan, "prod/shop/order/first")).toEqual([definition, "prod/namespace/shop"]);
  expect(waitsFor(plan, "prod/shop/order/second")).toEqual([definition, "prod/namespace/shop"]);
  expect(waitsFor(plan, "prod/shop/configmap/legacy")).toEqual(["prod/namespace/shop"]);
});

test("an object waits for what its construct depends on", () => {
  expect(waitsFor(plan, "prod/shop/configmap/late")).toEqual([
    "prod/namespace/shop",
    "prod/shop/deployment/web",
    "prod/shop/networkpolicy/web",
    "prod/shop/poddisruptionbudget/web",
    "prod/shop/service/web",
    "prod/shop/serviceaccount/web",
  ]);
});

test("a pod waits for the guards of its namespace", () => {
  expect(waitsFor(plan, "prod/shop/deployment/web")).toEqual([
    "prod/namespace/shop",
    "prod/shop/limitrange/container-defaults",
    "prod/shop/networkpolicy/allow-dns",
    "prod/shop/networkpolicy/default-deny",
    "prod/shop/networkpolicy/web",
    "prod/shop/resourcequota/namespace-quota",
    "prod/shop/serviceaccount/default",
    "prod/shop/serviceaccount/web",
  ]);
});

test("an application begins when the guardrails are there", () => {
  expect(waitsFor(plan, "prod/namespace/shop")).toEqual(
    expect.arrayContaining([
      "prod/validatingadmissionpolicybinding/ringfence-images",
      "prod/validatingadmissionpolicybinding/ringfence-pod-security",
    ]),
  );
});

test("the lock on Pod Security waits until the namespace that is there already has a level", () => {
  expect(waitsFor(plan, "prod/validatingadmissionpolicybinding/ringfence-pod-security")).toEqual([
    "prod/default/networkpolicy/default-deny",
    "prod/default/serviceaccount/default",
    "prod/namespace/default",
    "prod/validatingadmissionpolicy/ringfence-pod-security",
  ]);
});

test("nothing waits for the address of an ingress, which a controller gives that is not there yet", () => {
  expect(inputs(plan, "kubernetes:networking.k8s.io/v1:Ingress")["metadata"]).toMatchObject({
    annotations: { "pulumi.com/skipAwait": "true" },
  });
});
