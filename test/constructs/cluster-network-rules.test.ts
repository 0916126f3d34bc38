import { Cidr } from "../../core/cidr.js";
import {
  ClusterDeny,
  ClusterEngine,
  ClusterNetworkRules,
  HardenedDeployment,
  HardenedNamespace,
  Namespaces,
  NetworkEngine,
  Peer,
  Port,
} from "../../constructs/index.js";
import { admin } from "./network/admin.js";
import { calico } from "./network/calico.js";
import { cilium } from "./network/cilium.js";
import { pod } from "./network/world.js";
import type { Endpoint, Evaluator, Flow } from "./network/world.js";
import { IMAGE, only, problems, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

const ENGINES: readonly (readonly [string, ClusterEngine, NetworkEngine, Evaluator])[] = [
  ["EKS", ClusterEngine.eks(), NetworkEngine.networkPolicy(), admin],
  ["the working group", ClusterEngine.upstream(), NetworkEngine.networkPolicy(), admin],
  ["Cilium", ClusterEngine.cilium(), NetworkEngine.cilium(), cilium],
  ["Calico", ClusterEngine.calico(), NetworkEngine.calico(), calico],
];

const LABELS = { a1: { tenant: "a" }, a2: { tenant: "a" }, b1: { tenant: "b" } };

/** Two tenants whose own policies open more than the guard rails let them. */
function platform(engine: ClusterEngine, networkEngine: NetworkEngine): readonly Manifest[] {
  return synth((chart) => {
    const workloads = Object.keys(LABELS).map((name) => {
      const ns = new HardenedNamespace(chart, name, { networkEngine, labels: LABELS[name as keyof typeof LABELS] });
      return new HardenedDeployment(ns, "web", { image: IMAGE, ports: { http: 8080, ssh: 2222 } });
    });
    for (const client of workloads) for (const server of workloads) client.allowTo(server);
    for (const client of workloads) {
      client.allowTo(Peer.pods({ namespace: "legacy", labels: { app: "imds-proxy" }, ports: [80] }));
      client.allowTo(Peer.cidr("192.0.2.0/24", 443));
    }
    const rule = (name: string, tenant: string): void => {
      new ClusterNetworkRules(chart, name, {
        engine,
        subject: Namespaces.labelled("tenant", tenant),
        rules: [
          ClusterDeny.ingressFrom("from-others", Namespaces.labelledOtherThan("tenant", tenant)),
          ClusterDeny.egressToNamespaces("to-others", Namespaces.labelledOtherThan("tenant", tenant)),
        ],
      });
    };
    rule("tenant-a", "a");
    rule("tenant-b", "b");
    new ClusterNetworkRules(chart, "everywhere", {
      engine,
      subject: Namespaces.except("kube-system"),
      rules: [
        ClusterDeny.instanceMetadata(),
        ClusterDeny.egressTo("no-partner", Cidr.parse("192.0.2.128/25")),
        ClusterDeny.ingressFrom("no-ssh", Namespaces.all(), Port.tcp(2222)),
      ],
    });
  });
}

const a1 = pod("a1", "web", "10.0.0.1");
const a2 = pod("a2", "web", "10.0.0.2");
const b1 = pod("b1", "web", "10.0.0.3");
const system = pod("kube-system", "agent", "10.0.0.4");
const legacy = pod("legacy", "a", "10.0.0.5");
const legacyToo = pod("legacy", "b", "10.0.0.6");
const metadata: Endpoint = { ip: "169.254.169.254" };

const CASES: readonly (readonly [string, Flow, boolean])[] = [
  ["namespaces of one tenant connect as their policies say", { from: a1, to: a2, port: 8080 }, true],
  ["tenants never do, whatever their policies say", { from: a1, to: b1, port: 8080 }, false],
  ["in neither direction", { from: b1, to: a2, port: 8080 }, false],
  ["a port that is denied everywhere stays closed within a tenant", { from: a1, to: a2, port: 2222 }, false],
  ["nobody gets the node's credentials", { from: a1, to: metadata, port: 80 }, false],
  ["a namespace that is excepted is left alone", { from: system, to: metadata, port: 80 }, true],
  ["an address that a policy opens and no rule denies", { from: b1, to: { ip: "192.0.2.1" }, port: 443 }, true],
  ["an address that a policy opens and a rule denies", { from: b1, to: { ip: "192.0.2.200" }, port: 443 }, false],
  ["pods without any policy stay open, but for what is denied", { from: legacy, to: legacyToo, port: 80 }, true],
  ["and closed for that", { from: legacy, to: legacyToo, port: 2222 }, false],
  ["what nobody opened stays closed", { from: a1, to: a2, port: 9999 }, false],
];

describe.each(ENGINES)("guard rails of %s", (_, engine, networkEngine, evaluate) => {
  const policies = platform(engine, networkEngine);

  test.each(CASES)("%s", (_title, flow, expected) => {
    expect(evaluate(policies, flow, LABELS)).toBe(expected);
  });
});

test("EKS is the default, in the tier that no policy of a namespace undoes", () => {
  const manifests = synth((chart) => {
    new ClusterNetworkRules(chart, "metadata", {
      subject: Namespaces.all(),
      rules: [ClusterDeny.instanceMetadata()],
    });
  });
  expect(only(manifests, "ClusterNetworkPolicy", "metadata")).toMatchObject({
    apiVersion: "networking.k8s.aws/v1alpha1",
    spec: {
      tier: "Admin",
      subject: { namespaces: {} },
      egress: [{ action: "Deny", to: [{ networks: ["169.254.169.254/32", "fd00:ec2::254/128"] }] }],
    },
  });
});

test("Cilium selects pods alone when all namespaces are meant, and none of its other endpoints", () => {
  const rules = [ClusterDeny.ingressFrom("nobody", Namespaces.all())];
  const { spec } = ClusterEngine.cilium().render({ subject: Namespaces.all(), rules });
  const everyPod = [{ key: "k8s:io.kubernetes.pod.namespace", operator: "Exists" }];
  expect(spec).toEqual({
    endpointSelector: { matchExpressions: everyPod },
    enableDefaultDeny: { ingress: false, egress: false },
    ingressDeny: [{ fromEndpoints: [{ matchExpressions: everyPod }] }],
  });
});

test("Calico gets one tier for all guard rails, before them", () => {
  const kinds = platform(ClusterEngine.calico(), NetworkEngine.calico()).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "Tier")).toHaveLength(1);
  expect(kinds.indexOf("Tier")).toBeLessThan(kinds.indexOf("GlobalNetworkPolicy"));
});

test("bad input is told at once", () => {
  const told = problems((chart) => {
    new ClusterNetworkRules(chart, "None", { subject: Namespaces.named("Shop"), rules: [] });
    new ClusterNetworkRules(chart, "none", {
      subject: Namespaces.all(),
      rules: [ClusterDeny.egressTo("nowhere"), ClusterDeny.ingressFrom("port", Namespaces.all(), Port.tcp(0))],
    });
  });
  expect(told).toEqual([
    "'name' must be a DNS label of at most 63 characters, got 'None'. Use lower-case letters, digits and '-', with a letter or digit at both ends",
    "'rules' must hold at least one, got []. Name what is denied",
    "'subject' must be a DNS label of at most 63 characters, got 'Shop'. Use lower-case letters, digits and '-', with a letter or digit at both ends",
    "'rules.nowhere' must have 1 to 25 address blocks, got 0. Join blocks, or make two rules",
    "'rules.port' must be a port from 1 to 65535, got 0. Give the number of one port",
  ]);
});
