import type { Plan, PlannedObject, PlannedResource, PlannedValue, Urn } from "../../plan/model/index.js";
import { Concat, JsonText, Ref, Secret, Unknown } from "../../plan/model/index.js";
import { Cursor, eksClusterOf, kubernetesObject, selects, World } from "../../plan/world/index.js";

function urn(type: string, name: string): Urn {
  return `urn:pulumi:dev::test::${type}::${name}` as Urn;
}

interface Given {
  readonly outputs?: PlannedObject;
  readonly from?: Readonly<Record<string, readonly Urn[]>>;
  readonly dependencies?: readonly Urn[];
  readonly provider?: Urn;
  readonly parent?: Urn;
  readonly custom?: boolean;
}

function resource(type: string, name: string, inputs: PlannedObject, given: Given = {}): PlannedResource {
  return {
    urn: urn(type, name),
    type,
    name,
    custom: given.custom ?? true,
    inputs,
    outputs: given.outputs ?? {},
    dependencies: given.dependencies ?? Object.values(given.from ?? {}).flat(),
    propertyDependencies: given.from ?? {},
    aliases: [],
    options: {},
    ...(given.provider === undefined ? {} : { provider: given.provider }),
    ...(given.parent === undefined ? {} : { parent: given.parent }),
  };
}

function worldOf(...resources: readonly PlannedResource[]): World {
  const plan: Plan = { project: "test", stack: "dev", resources, stackOutputs: {}, notEvaluated: [], warnings: [] };
  return new World(plan);
}

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const CLUSTER = "aws:eks/cluster:Cluster";
const PROVIDER = "pulumi:providers:kubernetes";

describe("resolve", () => {
  const vpc = resource(VPC, "main", { cidrBlock: "10.0.0.0/16" }, { outputs: { id: "vpc-0123" } });
  const other = resource(VPC, "other", { cidrBlock: "10.0.0.0/16" }, { outputs: { id: "vpc-0456" } });
  const id = new Ref(vpc.urn, "id");

  function resolved(vpcId: PlannedValue, from: readonly Urn[] = []): readonly string[] {
    const subnet = resource(SUBNET, "a", { vpcId }, { from: { vpcId: from } });
    const world = worldOf(vpc, other, subnet);
    return world.resolve(subnet, world.inputsOf(subnet).at("vpcId")).map((r) => r.name);
  }

  test("a reference is its own answer, in a secret and in text as well", () => {
    expect(resolved(id)).toEqual(["main"]);
    expect(resolved(new Secret(id))).toEqual(["main"]);
    expect(resolved(new Concat(["vpc/", id]))).toEqual(["main"]);
  });

  test("an unknown answers with what it is computed from", () => {
    expect(resolved(new Unknown("string", [other.urn]))).toEqual(["other"]);
    expect(resolved(new Unknown("string"))).toEqual([]);
  });

  test("a text is an output of what its property is computed from, never of anything else", () => {
    expect(resolved("vpc-0123", [vpc.urn, other.urn])).toEqual(["main"]);
    expect(resolved("vpc-0123", [other.urn])).toEqual([]);
    expect(resolved("vpc-0123")).toEqual([]);
  });

  test("an input that a program gave is an output too, such as the name of a cluster or of a Namespace", () => {
    const cluster = resource(CLUSTER, "prod", { name: "prod-1" });
    const namespace = resource("kubernetes:core/v1:Namespace", "vote", { metadata: { name: "votes" } });
    const addon = resource(
      "aws:eks/addon:Addon",
      "cni",
      { clusterName: "prod-1" },
      { from: { clusterName: [cluster.urn] } },
    );
    const pod = resource(
      "kubernetes:core/v1:Pod",
      "web",
      { metadata: { namespace: "votes" } },
      { from: { metadata: [namespace.urn] } },
    );
    const world = worldOf(cluster, namespace, addon, pod);
    expect(world.resolve(addon, world.inputsOf(addon).at("clusterName"))).toEqual([cluster]);
    expect(world.resolve(pod, world.inputsOf(pod).at("metadata", "namespace"))).toEqual([namespace]);
  });

  test("a reference to what is not in the plan leads nowhere", () => {
    expect(resolved(new Ref(urn(VPC, "gone"), "id"))).toEqual([]);
  });
});

test("mentionsOf finds references anywhere, with the path, once for each place", () => {
  const key = resource("aws:kms/key:Key", "key", {});
  const arn = new Ref(key.urn, "arn");
  const cluster = resource(CLUSTER, "prod", { encryptionConfig: { provider: { keyArn: arn } } });
  const role = resource("aws:iam/role:Role", "role", {
    inlinePolicies: [{ policy: new JsonText({ Statement: [{ Resource: [arn] }] }) }],
  });
  const group = resource("aws:cloudwatch/logGroup:LogGroup", "log", {
    name: new Concat(["/", arn]),
    kmsKeyId: new Secret(arn),
  });
  const mentions = worldOf(key, cluster, role, group)
    .mentionsOf(key.urn)
    .map((m) => `${m.resource.name} ${m.path}`);
  expect(mentions).toEqual([
    "prod encryptionConfig.provider.keyArn",
    "role inlinePolicies[0].policy.Statement[0].Resource[0]",
    "log name",
    "log kmsKeyId",
  ]);
});

describe("selects", () => {
  const labels = { app: "web", tier: "front" };
  const matches = (selector: PlannedValue | undefined) => selects(new Cursor(selector), labels);
  const expression = (key: string, operator: string, ...values: readonly PlannedValue[]) =>
    matches({ matchExpressions: [{ key, operator, values }] });

  test("everything, when the selector is empty or missing", () => {
    expect([matches({}), matches(undefined), matches(null)]).toEqual([true, true, true]);
  });

  test("by every label", () => {
    expect(matches({ matchLabels: { app: "web", tier: "front" } })).toBe(true);
    expect(matches({ matchLabels: { app: "web", tier: "back" } })).toBe(false);
    expect(matches({ matchLabels: { none: "web" } })).toBe(false);
  });

  test("by expressions, where NotIn and DoesNotExist match a key that is missing", () => {
    expect([
      expression("app", "In", "web", "api"),
      expression("app", "In", "api"),
      expression("none", "In", "web"),
    ]).toEqual([true, false, false]);
    expect([
      expression("app", "NotIn", "api"),
      expression("app", "NotIn", "web"),
      expression("none", "NotIn", "web"),
    ]).toEqual([true, false, true]);
    expect([expression("app", "Exists"), expression("none", "Exists")]).toEqual([true, false]);
    expect([expression("app", "DoesNotExist"), expression("none", "DoesNotExist")]).toEqual([false, true]);
  });

  test("labels and expressions must both hold", () => {
    const both = { matchLabels: { app: "web" }, matchExpressions: [{ key: "tier", operator: "In", values: ["back"] }] };
    expect(matches(both)).toBe(false);
  });

  test("unknown while a part that decides is, but not where a known part already refuses", () => {
    expect(matches(new Unknown())).toBe("unknown");
    expect(matches({ matchLabels: { app: new Unknown() } })).toBe("unknown");
    expect(matches({ matchLabels: { tier: "back", app: new Unknown() } })).toBe(false);
    expect(expression("app", "In", "api", new Unknown())).toBe("unknown");
    expect(expression("app", "Near", "web")).toBe("unknown");
  });
});

describe("pod specs", () => {
  const spec = { containers: [{ name: "c", image: "i" }] };
  const template = { metadata: { labels: { app: "web" } }, spec };

  test.each([
    ["kubernetes:core/v1:Pod", { metadata: { labels: { app: "web" } }, spec }, "spec"],
    ["kubernetes:core/v1:PodTemplate", { template }, "template.spec"],
    ["kubernetes:core/v1:ReplicationController", { spec: { template } }, "spec.template.spec"],
    ["kubernetes:apps/v1:ReplicaSet", { spec: { template } }, "spec.template.spec"],
    ["kubernetes:apps/v1:Deployment", { spec: { template } }, "spec.template.spec"],
    ["kubernetes:apps/v1:StatefulSet", { spec: { template } }, "spec.template.spec"],
    ["kubernetes:apps/v1:DaemonSet", { spec: { template } }, "spec.template.spec"],
    ["kubernetes:batch/v1:Job", { spec: { template } }, "spec.template.spec"],
    [
      "kubernetes:batch/v1:CronJob",
      { spec: { jobTemplate: { spec: { template } } } },
      "spec.jobTemplate.spec.template.spec",
    ],
    [
      "kubernetes:batch/v1beta1:CronJob",
      { spec: { jobTemplate: { spec: { template } } } },
      "spec.jobTemplate.spec.template.spec",
    ],
  ])("of %s", (type, inputs: PlannedObject, path) => {
    const [workload] = worldOf(resource(type, "web", inputs)).workloads;
    expect(workload?.podSpec.path).toBe(path);
    expect(workload?.podLabels).toEqual({ app: "web" });
    expect(workload?.containers.map((c) => `${c.kind} ${c.name} ${c.at.at("image").path}`)).toEqual([
      `containers c ${path}.containers[0].image`,
    ]);
  });

  test.each([
    "kubernetes:core/v1:Service",
    "kubernetes:example.com/v1:Deployment",
    "kubernetes:helm.sh/v3:Release",
    "aws:ecs/taskDefinition:TaskDefinition",
  ])("%s runs none", (type) => {
    expect(worldOf(resource(type, "x", { spec: { template } })).workloads).toEqual([]);
  });

  test("a container without a name is called by its place", () => {
    const pod = resource("kubernetes:core/v1:Pod", "web", {
      spec: { initContainers: [{}], ephemeralContainers: [{ name: "debug" }] },
    });
    expect(worldOf(pod).workloads[0]?.containers.map((c) => `${c.kind}: ${c.name}`)).toEqual([
      "initContainers: initContainers[0]",
      "ephemeralContainers: debug",
    ]);
  });
});

describe("namespaces", () => {
  const namespace = resource("kubernetes:core/v1:Namespace", "vote", {});
  const namespaceOf = (type: string, metadata: PlannedObject) =>
    worldOf(namespace, resource(type, "x", { metadata })).objects[1]?.namespace;

  test("an object that names none is in default, a cluster-scoped one in none", () => {
    expect(namespaceOf("kubernetes:core/v1:Pod", {})).toBe("default");
    expect(namespaceOf("kubernetes:core/v1:Pod", { namespace: "web" })).toBe("web");
    expect(namespaceOf("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", {})).toBeUndefined();
  });

  test("the output of a planned Namespace, whose name Pulumi invents, is that Namespace", () => {
    expect(namespaceOf("kubernetes:core/v1:Pod", { namespace: new Ref(namespace.urn, "metadata.name") })).toBe("vote");
    expect(namespaceOf("kubernetes:core/v1:Pod", { namespace: new Unknown("string", [namespace.urn]) })).toBe("vote");
    expect(namespaceOf("kubernetes:core/v1:Pod", { namespace: new Unknown("string") })).toBeUndefined();
  });

  test("every namespace carries its own name as a label", () => {
    expect(worldOf(namespace).namespaceLabels("vote")).toEqual({ "kubernetes.io/metadata.name": "vote" });
  });
});

describe("the EKS cluster of a provider", () => {
  const one = resource(CLUSTER, "one", {});
  const two = resource(CLUSTER, "two", {});
  const provider = (kubeconfig: PlannedValue, given: Given = {}) => resource(PROVIDER, "k8s", { kubeconfig }, given);
  const found = (...resources: readonly PlannedResource[]) =>
    eksClusterOf(worldOf(...resources), urn(PROVIDER, "k8s"))?.name;
  const endpoint = new Ref(two.urn, "endpoint");

  test("is the one whose outputs its kubeconfig uses, however it is written", () => {
    expect(found(one, two, provider(endpoint))).toBe("two");
    expect(found(one, two, provider(new Secret(new JsonText({ clusters: [{ cluster: { server: endpoint } }] }))))).toBe(
      "two",
    );
    expect(found(one, two, provider(new Unknown("string", [two.urn])))).toBe("two");
  });

  test("is the one that it comes after, directly or over something between", () => {
    const tunnel = resource("command:local:Command", "tunnel", {}, { dependencies: [two.urn] });
    expect(found(one, two, provider("127.0.0.1", { dependencies: [two.urn] }))).toBe("two");
    expect(found(one, two, tunnel, provider(new Ref(tunnel.urn, "stdout")))).toBe("two");
  });

  test("is nobody's when the plan names two or none", () => {
    expect(found(one, two, provider("a file", { dependencies: [one.urn, two.urn] }))).toBeUndefined();
    expect(found(one, provider("a file"))).toBeUndefined();
  });

  test("without a provider is the only one there is", () => {
    expect(eksClusterOf(worldOf(one), "")?.name).toBe("one");
    expect(eksClusterOf(worldOf(one, two), "")).toBeUndefined();
  });
});

test("components and invokes of Helm are no Kubernetes objects; a custom resource is", () => {
  const isObject = (type: string, custom = true) => kubernetesObject(resource(type, "x", {}, { custom })) !== undefined;
  expect(isObject("kubernetes:helm.sh/v4:Chart", false)).toBe(false);
  expect(isObject("kubernetes:yaml/v2:ConfigGroup", false)).toBe(false);
  expect(isObject("aws:eks/cluster:Cluster")).toBe(false);
  expect(isObject("kubernetes:cert-manager.io/v1:Certificate")).toBe(true);
});
