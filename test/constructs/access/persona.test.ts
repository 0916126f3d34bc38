import {
  BREAK_GLASS,
  BreakGlassAccess,
  HardenedNamespace,
  Persona,
  PersonaBinding,
  PersonaExtension,
  personaGroup,
  PersonaRights,
  PersonaRole,
  PERSONAS,
  RbacRule,
} from "../../../constructs/index.js";
import type { PersonaName } from "../../../constructs/index.js";
import { only, problems, synth } from "../synth.js";

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
      subjects: [
        { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ringfence:developer" },
        { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ringfence:developer:shop" },
      ],
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
      const changes = rule.verbs.some((verb) => !["get", "list", "watch"].includes(verb));
      expect(rule.apiGroups.filter((g) => g === "*" || (changes && forbidden.groups.includes(g)))).toEqual([]);
      expect(rule.resources.filter((r) => forbidden.resources.includes(r) || r.includes("*"))).toEqual([]);
      expect(rule.verbs.filter((v) => forbidden.verbs.includes(v))).toEqual([]);
    }
  });

  test("what each may change, and where; nobody makes bare pods, deletes at once or touches namespaces", () => {
    const changes = (name: PersonaName): readonly string[] =>
      PERSONAS[name].namespaceRules
        .map(({ resources, verbs }) => ({
          resources,
          verbs: verbs.filter((v) => !["get", "list", "watch"].includes(v)),
        }))
        .filter(({ verbs }) => verbs.length > 0)
        .flatMap(({ resources, verbs }) => resources.map((resource) => `${resource}: ${verbs.join(" ")}`));
    expect(changes("viewer")).toEqual([]);
    expect(changes("auditor")).toEqual([]);
    expect(changes("operator")).toEqual([
      "pods/eviction: create",
      "deployments/scale: patch update",
      "statefulsets/scale: patch update",
    ]);
    expect(changes("developer")).toEqual([
      "pods/eviction: create",
      "deployments/scale: patch update",
      "statefulsets/scale: patch update",
      "configmaps: create patch update",
      "deployments: create patch update",
      "statefulsets: create patch update",
      "horizontalpodautoscalers: create patch update",
      "cronjobs: create patch update",
      "jobs: create patch update",
    ]);
    const delivers = "create delete patch update";
    expect(changes("ci-deployer")).toEqual([
      `configmaps: ${delivers}`,
      `serviceaccounts: ${delivers}`,
      `services: ${delivers}`,
      "persistentvolumeclaims: create patch update",
      `daemonsets: ${delivers}`,
      `deployments: ${delivers}`,
      `statefulsets: ${delivers}`,
      `horizontalpodautoscalers: ${delivers}`,
      `cronjobs: ${delivers}`,
      `jobs: ${delivers}`,
      `ingresses: ${delivers}`,
      `networkpolicies: ${delivers}`,
      `poddisruptionbudgets: ${delivers}`,
    ]);
    for (const name of NAMES)
      for (const { verbs } of PERSONAS[name].clusterRules)
        expect(verbs.filter((verb) => !["get", "list", "watch"].includes(verb))).toEqual([]);
  });

  test("an auditor reads roles and policies everywhere, and no configuration", () => {
    const manifests = synth((chart) => new Persona(chart, "audit", { persona: "auditor", namespaces: ["shop"] }));
    const rules = only(manifests, "ClusterRole", "ringfence-auditor-cluster")["rules"] as readonly {
      resources: readonly string[];
    }[];
    const resources = rules.flatMap((rule) => rule.resources);
    expect(resources).toEqual(expect.arrayContaining(["clusterrolebindings", "validatingadmissionpolicies"]));
    expect(resources.filter((r) => ["configmaps", "secrets", "pods/log"].includes(r))).toEqual([]);
    // Who reads the whole cluster is nobody in a single namespace.
    expect(only(manifests, "RoleBinding", "ringfence-auditor")["subjects"]).toEqual([
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ringfence:auditor" },
    ]);
  });

  test("what a persona may and where it may are made apart: one role, bound as applications come", () => {
    const manifests = synth((chart) => {
      new PersonaRole(chart, "viewer", { persona: "viewer" });
      new PersonaBinding(chart, "in-shop", { persona: "viewer", namespaces: ["shop"] });
      new PersonaBinding(chart, "in-wiki", { persona: "viewer", namespaces: ["wiki"] });
    });
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`)).toEqual([
      "ClusterRole /ringfence-viewer",
      "RoleBinding shop/ringfence-viewer",
      "RoleBinding wiki/ringfence-viewer",
    ]);
  });

  test("the groups are those that access entries name", () => {
    expect(NAMES.map(personaGroup)).toEqual([
      "ringfence:viewer",
      "ringfence:developer",
      "ringfence:operator",
      "ringfence:auditor",
      "ringfence:ci-deployer",
    ]);
  });

  test("needs a namespace, and none of the system unless it only reads", () => {
    const told = (persona: PersonaName, namespaces: readonly string[]): readonly string[] =>
      problems((chart) => new Persona(chart, "p", { persona, namespaces }));
    expect(told("viewer", [])).toEqual([
      "'namespaces' must name at least one namespace, got []. Say where the persona has its rights",
    ]);
    expect(told("viewer", ["kube-system"])).toEqual([]);
    expect(told("auditor", ["kube-system"])).toEqual([]);
    expect(told("operator", ["kube-system"])).toEqual([
      "'namespaces[0]' must not be a namespace of the system for 'operator', got 'kube-system'. Give 'viewer' there, or nothing",
    ]);
  });
});

describe("PersonaExtension", () => {
  const rights = { apiGroups: ["example.com"], resources: ["queues"], verbs: ["get", "list", "watch"] };

  test("adds to a persona that is aggregated", () => {
    const manifests = synth((chart) => {
      const aggregated = PersonaRights.aggregated({ reason: "add-ons bring their own resources" });
      new Persona(chart, "viewer", { persona: "viewer", namespaces: ["shop"], rights: aggregated });
      new PersonaExtension(chart, "queues", { persona: "viewer", rules: [RbacRule.allow(rights)] });
    });
    const label = { "ringfence.dev/aggregate-to-viewer": "true" };
    const main = only(manifests, "ClusterRole", "ringfence-viewer");
    expect(main["aggregationRule"]).toEqual({ clusterRoleSelectors: [{ matchLabels: label }] });
    expect(main["rules"]).toBeUndefined();
    expect(main.metadata.annotations).toEqual({
      "ringfence.dev/relaxations": JSON.stringify([
        { choice: "PersonaRights.aggregated", reason: "add-ons bring their own resources" },
      ]),
    });
    for (const [name, rules] of [
      ["ringfence-viewer-base", PERSONAS.viewer.namespaceRules],
      ["queues", [rights]],
    ] as const) {
      expect(only(manifests, "ClusterRole", name)["rules"]).toEqual(rules);
      expect(only(manifests, "ClusterRole", name).metadata.labels).toMatchObject(label);
    }
  });

  test("is judged like any other role", () => {
    expect(
      problems((chart) => {
        const rules = [RbacRule.allow({ ...rights, verbs: ["*"] })];
        new PersonaExtension(chart, "queues", { persona: "viewer", rules });
      }).join(),
    ).toMatch(/^'rules\[0\]' must not give everything that exists now or later/);
  });
});

describe("BreakGlassAccess", () => {
  const reason = "the on-call engineer repairs the shop at night";

  test("binds its group in the namespaces given, with the reason on every object", () => {
    const manifests = synth((chart) => new BreakGlassAccess(chart, "bg", { namespaces: ["shop"], reason }));
    expect(manifests.map((m) => `${m.kind} ${m.metadata.namespace ?? ""}/${m.metadata.name}`)).toEqual([
      "ClusterRole /ringfence-break-glass",
      "RoleBinding shop/ringfence-break-glass",
      "ClusterRole /ringfence-break-glass-cluster",
      "ClusterRoleBinding /ringfence-break-glass-cluster",
    ]);
    for (const { metadata } of manifests)
      expect(metadata.annotations).toEqual({
        "ringfence.dev/relaxations": JSON.stringify([{ choice: "BreakGlassAccess", reason }]),
      });
    expect(only(manifests, "RoleBinding", "ringfence-break-glass")["subjects"]).toEqual([
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ringfence:break-glass" },
    ]);
  });

  test("never lists Secrets and never changes RBAC and admission", () => {
    const rules = [...BREAK_GLASS.namespaceRules, ...BREAK_GLASS.clusterRules];
    const on = (resource: string): readonly string[] =>
      rules.filter(({ resources }) => resources.includes(resource)).flatMap(({ verbs }) => verbs);
    expect(on("secrets")).toEqual(["get", "patch", "update"]);
    const read = ["get", "list", "watch"];
    for (const resource of ["clusterroles", "rolebindings", "validatingadmissionpolicies", "namespaces"])
      expect(on(resource)).toEqual(read);
    expect(rules.flatMap(({ verbs, resources }) => [...verbs, ...resources]).filter((t) => t.includes("*"))).toEqual(
      [],
    );
  });

  test("needs a reason, and stays out of the system", () => {
    expect(() => synth((chart) => new BreakGlassAccess(chart, "bg", { namespaces: ["shop"], reason: "" }))).toThrow(
      "'reason' must say why",
    );
    expect(problems((chart) => new BreakGlassAccess(chart, "bg", { namespaces: ["kube-system"], reason }))).toEqual([
      "'namespaces[0]' must not be a namespace of the system for 'break-glass', got 'kube-system'. Give 'viewer' there, or nothing",
    ]);
  });
});
