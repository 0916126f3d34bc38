/**
 * The API server takes every namespace, workload and network policy under strict validation and without a warning, controllers
 * make the pods, admission takes them at the level that the namespace enforces, and what of the host was not granted is refused.
 */
import { App, Chart } from "cdk8s";
import { HostAccess, manifestsOf, NetworkEngine, SystemNamespace } from "../../constructs/index.js";
import { everythingIn, everythingOfTheHost } from "../constructs/everything.js";
import { startControlPlane } from "./machinery/index.js";
import type { ControlPlane, Said } from "./machinery/index.js";
import { listOf } from "./manifests.js";
import { until } from "./until.js";

let cluster: ControlPlane;

beforeAll(() => {
  cluster = startControlPlane();
});

afterAll(() => cluster.stop());

function apply(build: (chart: Chart) => void): Said {
  const app = new App();
  build(new Chart(app, "app"));
  const args = ["apply", "--server-side", "--validate=strict", "-f", "-"];
  return cluster.kubectl(args, listOf(manifestsOf(app)));
}

test("every workload is taken without a warning, and its pods are made", async () => {
  const said = apply((chart) => {
    everythingIn(chart, NetworkEngine.networkPolicy(), "shop", "1.36");
  });
  expect(said).toMatchObject({ code: 0, err: "" });
  const names = ["web", "store", "import"];
  await until(() => names.every((name) => podsOf("shop", name) > 0));
});

test("agents of the node are warned about, and made all the same", async () => {
  const said = apply((chart) => {
    everythingOfTheHost(chart, "1.36");
  });
  expect(said.code).toBe(0);
  const warned = said.err.split("\n").filter((line) => line !== "");
  expect(warned).toHaveLength(2);
  expect(warned.every((line) => line.includes('would violate PodSecurity "restricted:v1.36"'))).toBe(true);
  cluster.kubectl(["apply", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "Node", metadata: { name: "n1" } }));
  await until(() => podsOf("agents", "agent") > 0 && podsOf("agents", "driver") > 0);
});

describe("a SystemNamespace that grants one path for reading", () => {
  const reason = "collects the logs of all pods of its node";
  const mount = { name: "host", mountPath: "/host" };
  const volume = (path: string): object => ({ name: "host", hostPath: { path } });

  beforeAll(async () => {
    const said = apply((chart) => {
      new SystemNamespace(chart, "logs", { hostAccess: [HostAccess.readPath("/var/log", { reason })] });
    });
    expect(said).toMatchObject({ code: 0, err: "" });
    await until(() => create({ hostPID: true }, {}).code !== 0);
  });

  test("has no warnings of types", () => {
    const { out } = cluster.kubectl(["get", "validatingadmissionpolicy", "ringfence-host-access-logs", "-o", "json"]);
    const { status } = JSON.parse(out) as { status?: { typeChecking?: { expressionWarnings?: unknown[] } } };
    expect(status?.typeChecking?.expressionWarnings ?? []).toEqual([]);
  });

  test.each<readonly [string, object, object, string | undefined]>([
    ["a pod without the host", {}, {}, undefined],
    ["the path, read", { volumes: [volume("/var/log")] }, { volumeMounts: [{ ...mount, readOnly: true }] }, undefined],
    [
      "a folder below it",
      { volumes: [volume("/var/log/pods")] },
      { volumeMounts: [{ ...mount, readOnly: true }] },
      undefined,
    ],
    [
      "the path, written",
      { volumes: [volume("/var/log")] },
      { volumeMounts: [mount] },
      "must be mounted with readOnly",
    ],
    [
      "a neighbour of the path",
      { volumes: [volume("/var/logs")] },
      {},
      "only these paths of the host are granted: /var/log",
    ],
    ["the network", { hostNetwork: true }, {}, "the network of the node is not granted"],
    [
      "a port of the node",
      {},
      { ports: [{ containerPort: 80, hostPort: 80 }] },
      "the network of the node is not granted",
    ],
    ["processes", { hostPID: true }, {}, "the processes of the node are not granted"],
    ["shared memory", { hostIPC: true }, {}, "shared memory of the node is never granted"],
    ["all devices", {}, { securityContext: { privileged: true } }, "privileged containers are not granted"],
    ["a capability", {}, { securityContext: { capabilities: { add: ["BPF"] } } }, "capabilities are not granted"],
    ["root", {}, { securityContext: { runAsNonRoot: false } }, "root is not granted"],
  ])("%s", (_, pod, container, refusal) => {
    const { code, err } = create(pod, container);
    expect([code === 0, err]).toEqual([refusal === undefined, expect.stringContaining(refusal ?? "")]);
  });
});

/** Asks whether a pod would be taken. */
function create(pod: object, container: object): Said {
  const manifest = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "asked", namespace: "logs" },
    spec: {
      securityContext: { runAsNonRoot: true },
      containers: [{ name: "c", image: "registry.example.com/app", ...container }],
      ...pod,
    },
  };
  return cluster.kubectl(["create", "--dry-run=server", "-f", "-"], JSON.stringify(manifest));
}

function podsOf(namespace: string, name: string): number {
  const selector = `app.kubernetes.io/name=${name}`;
  return cluster.kubectl(["get", "pods", "-n", namespace, "-l", selector, "-o", "name"]).out.split("\n").length - 1;
}
