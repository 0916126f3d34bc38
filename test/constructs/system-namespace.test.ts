import {
  EveryTaint,
  HardenedDaemonSet,
  HardenedNamespace,
  HostAccess,
  Peer,
  SystemNamespace,
  UserNamespace,
} from "../../constructs/index.js";
import { IMAGE, only, problems, synth } from "./synth.js";

const reason = "the agent of the node needs it";

describe("SystemNamespace", () => {
  test.each([
    [[HostAccess.rootUser({ reason })], "baseline"],
    [[HostAccess.capabilities(["CHOWN", "SETUID"], { reason })], "baseline"],
    [[HostAccess.capabilities(["NET_ADMIN"], { reason })], "privileged"],
    [[HostAccess.network({ reason })], "privileged"],
    [[HostAccess.readPath("/var/log", { reason })], "privileged"],
  ])("%# takes the lowest level that admits what is granted", (hostAccess, level) => {
    const manifests = synth((chart) => new SystemNamespace(chart, "agents", { hostAccess }));
    expect(only(manifests, "Namespace", "agents").metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": level,
      "pod-security.kubernetes.io/warn": "restricted",
    });
  });

  test("says why on the namespace, keeps its guards and refuses the rest", () => {
    const manifests = synth(
      (chart) => new SystemNamespace(chart, "agents", { hostAccess: [HostAccess.network({ reason })] }),
    );
    expect(only(manifests, "Namespace", "agents").metadata.annotations).toEqual({
      "ringfence.dev/relaxations": JSON.stringify([{ choice: "HostAccess.network", reason }]),
    });
    expect(only(manifests, "NetworkPolicy", "default-deny")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    const policy = only(manifests, "ValidatingAdmissionPolicy", "ringfence-host-access-agents")["spec"];
    expect((policy as { validations: { message: string }[] }).validations.map(({ message }) => message)).toEqual([
      "the processes of the node are not granted: leave out hostPID",
      "shared memory of the node is never granted: leave out hostIPC",
      "privileged containers are not granted",
      "capabilities are not granted",
      "root is not granted: set runAsNonRoot",
      "paths of the host are not granted",
    ]);
  });
});

test("a workload takes what it names, and its other containers nothing", () => {
  const manifests = synth((chart) => {
    const ns = new SystemNamespace(chart, "agents", {
      hostAccess: [
        HostAccess.network({ reason }),
        HostAccess.rootUser({ reason }),
        HostAccess.capabilities(["NET_ADMIN", "BPF"], { reason }),
        HostAccess.readPath("/var", { reason }),
        HostAccess.writePath("/var/lib/agent", { reason }),
      ],
    });
    new HardenedDaemonSet(ns, "agent", {
      image: IMAGE,
      sidecars: [{ name: "export", image: IMAGE }],
      hostAccess: [
        HostAccess.network({ reason }),
        HostAccess.rootUser({ reason }),
        HostAccess.capabilities(["BPF"], { reason }),
        HostAccess.readPath("/var/log", { mountPath: "/host/log", reason }),
        HostAccess.writePath("/var/lib/agent", { reason }),
      ],
    });
  });
  const { spec } = (only(manifests, "DaemonSet", "agent")["spec"] as { template: { spec: object } }).template;
  expect(spec).toMatchObject({
    hostNetwork: true,
    dnsPolicy: "ClusterFirstWithHostNet",
    securityContext: { runAsNonRoot: true, runAsUser: 10001 },
    initContainers: [{ securityContext: { runAsNonRoot: true, capabilities: { drop: ["ALL"] } } }],
    containers: [
      {
        securityContext: {
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: false,
          runAsUser: 0,
          capabilities: { drop: ["ALL"], add: ["BPF"] },
        },
        volumeMounts: [
          { name: "host-path-0", mountPath: "/host/log", readOnly: true },
          { name: "host-path-1", mountPath: "/var/lib/agent" },
        ],
      },
    ],
    volumes: [
      { name: "host-path-0", hostPath: { path: "/var/log", type: "" } },
      { name: "host-path-1", hostPath: { path: "/var/lib/agent", type: "" } },
    ],
  });
  expect(spec).not.toHaveProperty("hostUsers");
  expect(spec).not.toHaveProperty("hostPID");
  expect(only(manifests, "DaemonSet", "agent").metadata.annotations?.["ringfence.dev/relaxations"]).toContain(
    "HostAccess.writePath",
  );
});

test("an agent runs on every node, with the reason on it", () => {
  const manifests = synth((chart) => {
    new HardenedDaemonSet(new HardenedNamespace(chart, "logs"), "agent", {
      image: IMAGE,
      tolerations: [EveryTaint.tolerated({ reason })],
    });
  });
  const agent = only(manifests, "DaemonSet", "agent");
  expect(agent["spec"]).toMatchObject({ template: { spec: { tolerations: [{ operator: "Exists" }] } } });
  expect(agent.metadata.annotations).toEqual({
    "ringfence.dev/relaxations": JSON.stringify([{ choice: "EveryTaint.tolerated", reason }]),
  });
});

test("bad input: what is not granted, contradictions and careless paths", () => {
  const told = problems((chart) => {
    new SystemNamespace(chart, "none", { hostAccess: [] });
    const ns = new SystemNamespace(chart, "agents", {
      hostAccess: [
        HostAccess.network({ reason }),
        HostAccess.readPath("/var/log", { reason }),
        HostAccess.readPath("/", { mountPath: "/host", reason }),
        HostAccess.capabilities(["CAP_BPF"], { reason }),
      ],
    });
    new HardenedDaemonSet(ns, "writer", {
      image: IMAGE,
      hostAccess: [HostAccess.writePath("/var/log", { reason }), HostAccess.readPath("/var/logs", { reason })],
    });
    const net = new HardenedDaemonSet(ns, "net", {
      image: IMAGE,
      hostAccess: [HostAccess.network({ reason })],
      userNamespace: UserNamespace.own(),
    });
    net.allowTo(Peer.namespace("monitoring", 443));
    new HardenedDaemonSet(new HardenedNamespace(chart, "shop"), "pid", {
      image: IMAGE,
      hostAccess: [HostAccess.processes({ reason })],
    });
  });
  const granting = "Put the workload into a SystemNamespace whose 'hostAccess' has it";
  expect(told).toEqual([
    "'hostAccess' must grant something, got []. Use a HardenedNamespace",
    "'hostAccess[2]' must not be the root of the host, got '/'. Name the folders that are needed, each with its reason",
    "'hostAccess[3]' must be one capability without 'CAP_', got 'CAP_BPF'. Name it like 'NET_ADMIN'",
    expect.stringContaining("'hostAccess' must be granted by the namespace, but HostAccess.writePath is not"),
    "'userNamespace' must not be the pod's own in a pod with host access. Leave out 'userNamespace' or 'hostAccess'",
    "'hostAccess' must not hold the network of the node together with connections, got 'monitoring'. Network policies do not apply to such pods: drop the connections, and name the node's addresses with Peer.cidr on the other side",
    `'hostAccess' must be granted by the namespace, but HostAccess.processes is not, got {"kind":"processes"}. ${granting}`,
  ]);
});
