import { HardenedNamespace, Persona, personaGroup, PERSONAS } from "../../constructs/index.js";
import type { PersonaName } from "../../constructs/index.js";
import { only, problems, synth } from "./synth.js";

const NAMES = Object.keys(PERSONAS) as PersonaName[];

describe("Persona", () => {
  test("binds its group namespace by namespace", () => {
    const manifests = synth((chart) => {
      const namespaces = [new HardenedNamespace(chart, "shop"), "billing"];
      new Persona(chart, "developer", { persona: "developer", namespaces });
    });
    expect(only(manifests, "ClusterRole", "ringfence-developer")["rules"]).toEqual(PERSONAS.developer.namespaceRules);
    const bindings = manifests.filter((m) => m.kind.endsWith("Binding"));
    expect(bindings.map((b) => `${b.kind} ${b.metadata.namespace ?? ""}/${b.metadata.name}`)).toEqual([
      "RoleBinding shop/ringfence-developer",
      "RoleBinding billing/ringfence-developer",
    ]);
    expect(bindings[0]).toMatchObject({
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ringfence:developer" }],
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ringfence-developer" },
    });
  });

  test("an operator reads objects of the cluster, and nothing else there", () => {
    const manifests = synth((chart) => new Persona(chart, "ops", { persona: "operator", namespaces: ["shop"] }));
    expect(only(manifests, "ClusterRoleBinding", "ringfence-operator-cluster")).toMatchObject({
      subjects: [{ kind: "Group", name: "ringfence:operator" }],
      roleRef: { kind: "ClusterRole", name: "ringfence-operator-cluster" },
    });
    const rules = only(manifests, "ClusterRole", "ringfence-operator-cluster")["rules"] as readonly {
      verbs: readonly string[];
    }[];
    expect([...new Set(rules.flatMap((rule) => rule.verbs))].sort()).toEqual(["get", "list", "watch"]);
  });

  test.each(NAMES)("%s: no rule has a wildcard, reads Secrets or leads to more rights", (name) => {
    const { namespaceRules, clusterRules } = PERSONAS[name];
    const forbidden = {
      groups: ["*", "rbac.authorization.k8s.io", "admissionregistration.k8s.io", "certificates.k8s.io"],
      resources: [
        "*",
        "secrets",
        "pods/exec",
        "pods/attach",
        "pods/portforward",
        "pods/ephemeralcontainers",
        "nodes/proxy",
        "serviceaccounts/token",
      ],
      verbs: ["*", "escalate", "bind", "impersonate", "approve", "sign", "deletecollection"],
    };
    for (const rule of [...namespaceRules, ...clusterRules]) {
      expect(rule.apiGroups.filter((g) => forbidden.groups.includes(g))).toEqual([]);
      expect(rule.resources.filter((r) => forbidden.resources.includes(r) || r.includes("*"))).toEqual([]);
      expect(rule.verbs.filter((v) => forbidden.verbs.includes(v))).toEqual([]);
    }
  });

  test("only a developer changes workloads, and nobody changes policies and namespaces", () => {
    const changes = (name: PersonaName): readonly string[] =>
      [...PERSONAS[name].namespaceRules, ...PERSONAS[name].clusterRules]
        .filter((rule) => rule.verbs.some((verb) => !["get", "list", "watch"].includes(verb)))
        .flatMap((rule) => rule.resources);
    expect(changes("viewer")).toEqual([]);
    expect(changes("operator")).toEqual(["pods", "pods/eviction", "deployments/scale", "statefulsets/scale"]);
    expect(changes("developer")).toEqual([
      "configmaps",
      "services",
      "pods",
      "deployments",
      "statefulsets",
      "deployments/scale",
      "statefulsets/scale",
      "horizontalpodautoscalers",
      "cronjobs",
      "jobs",
      "poddisruptionbudgets",
    ]);
  });

  test("the groups are those that access entries name", () => {
    expect(NAMES.map(personaGroup)).toEqual(["ringfence:viewer", "ringfence:developer", "ringfence:operator"]);
  });

  test("needs a namespace, and none of the system unless it only reads", () => {
    const told = (persona: PersonaName, namespaces: readonly string[]): readonly string[] =>
      problems((chart) => new Persona(chart, "p", { persona, namespaces }));
    expect(told("viewer", [])).toEqual([
      "'namespaces' must name at least one namespace, got []. Say where the persona has its rights",
    ]);
    expect(told("viewer", ["kube-system"])).toEqual([]);
    expect(told("operator", ["kube-system"])).toEqual([
      "'namespaces[0]' must not be a namespace of the system for 'operator', got 'kube-system'. Give 'viewer' there, or nothing",
    ]);
  });
});
