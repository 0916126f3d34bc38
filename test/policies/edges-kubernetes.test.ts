/** How much a finding matters in its surroundings, and which findings are one: what the examples of the rules do not show. */
import type { Severity } from "../../policies/index.js";
import { judge } from "../../policies/index.js";
import { said, TODAY } from "./said.js";
import { brief, found, planOfYaml } from "./yaml.js";
import { deployment, manifest } from "../../policies/examples.js";
import type { ExampleObject } from "../../policies/index.js";

/** What one rule says of manifests: `severity path`. */
function severities(rule: string, text: string): readonly string[] {
  const { findings, defects } = judge(planOfYaml(text), { rules: [rule], today: TODAY });
  expect(defects).toEqual([]);
  return findings.map((f) => `${f.verdict === "unknown" ? "?" : ""}${f.severity} ${f.path}`);
}

function message(rule: string, text: string): string {
  return judge(planOfYaml(text), { rules: [rule], today: TODAY }).findings[0]?.message ?? "";
}

function role(kind: "ClusterRole" | "Role", rules: string, more = ""): string {
  return `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: ops${kind === "Role" ? ", namespace: shop" : ""}${more} }
rules: ${rules}
---`;
}

function binding(kind: "ClusterRoleBinding" | "RoleBinding", roleKind: string, subjects: string): string {
  return `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: ops${kind === "RoleBinding" ? ", namespace: shop" : ""} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${roleKind}, name: ops }
subjects: ${subjects}
---`;
}

const EVERYTHING = '[{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]';
const SECRETS = '[{ apiGroups: [""], resources: [secrets], verbs: [list] }]';
const JANE = "[{ kind: User, name: jane }]";

describe("a role", () => {
  test("that nobody is bound to matters little, and its message says so", () => {
    const unbound = role("ClusterRole", EVERYTHING);
    expect(severities("rbac-no-wildcards", unbound)).toEqual(["low rules[0].apiGroups[0]"]);
    expect(message("rbac-no-wildcards", unbound)).toBe(
      "ClusterRole 'ops' would let whoever is bound to it do everything with everything in every namespace; nobody in this plan is",
    );
    expect(severities("rbac-no-secret-read", role("ClusterRole", SECRETS))).toEqual(["low rules[0].resources[0]"]);
  });

  test.each<[string, string, Severity]>([
    ["of a binding to somebody", binding("ClusterRoleBinding", "ClusterRole", JANE), "high"],
    ["of a binding to nobody", binding("ClusterRoleBinding", "ClusterRole", "[]"), "low"],
    ["of another role's binding", binding("ClusterRoleBinding", "Role", JANE), "low"],
  ])("%s", (_, bound, severity) => {
    expect(severities("rbac-no-wildcards", role("ClusterRole", EVERYTHING) + bound)).toEqual([
      `${severity} rules[0].apiGroups[0]`,
    ]);
  });

  test("whose rules flow into a role of every cluster is bound", () => {
    const label = ", labels: { rbac.authorization.k8s.io/aggregate-to-view: 'true' }";
    expect(severities("rbac-no-secret-read", role("ClusterRole", SECRETS, label))).toEqual([
      "high rules[0].resources[0]",
    ]);
  });

  test("that reads Secrets of one namespace matters less than of all, but of kube-system", () => {
    const inShop = role("Role", SECRETS) + binding("RoleBinding", "Role", JANE);
    expect(severities("rbac-no-secret-read", inShop)).toEqual(["medium rules[0].resources[0]"]);
    expect(severities("rbac-no-secret-read", inShop.replaceAll("shop", "kube-system"))).toEqual([
      "high rules[0].resources[0]",
    ]);
  });

  test.each<[string, string, Severity]>([
    [
      "reads every kind of a group without Secrets",
      '[{ apiGroups: [apps], resources: ["*"], verbs: [get, list] }]',
      "low",
    ],
    ["reads everything, Secrets too", '[{ apiGroups: ["*"], resources: ["*"], verbs: [get, list] }]', "high"],
    ["owns a group of custom objects", '[{ apiGroups: [cert-manager.io], resources: ["*"], verbs: ["*"] }]', "medium"],
    ["asks paths that are no objects", '[{ nonResourceURLs: ["*"], verbs: ["*"] }]', "low"],
    ["changes every kind of apps", '[{ apiGroups: [apps], resources: ["*"], verbs: ["*"] }]', "high"],
  ])("with a wildcard that %s", (_, rules, severity) => {
    const found = severities(
      "rbac-no-wildcards",
      role("ClusterRole", rules) + binding("ClusterRoleBinding", "ClusterRole", JANE),
    );
    expect(found.map((one) => one.split(" ")[0])).toEqual([severity]);
  });
});

describe("paths of the node", () => {
  const daemon = (path: string, mount: string, context = "{}") => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  template:
    spec:
      volumes: [{ name: host, hostPath: { path: ${path} } }]
      containers:
        - { name: agent, image: agent, securityContext: ${context}, volumeMounts: [{ name: host, mountPath: /host${mount} }] }`;
  const RO = ", readOnly: true";
  const USER = "{ runAsNonRoot: true, runAsUser: 65534, capabilities: { drop: [ALL] } }";
  const at = "spec.template.spec.volumes[0].hostPath.path";

  test("what gives nothing away to who reads it matters less", () => {
    expect(severities("pod-no-hostpath", daemon("/sys", RO))).toEqual([`medium ${at}`]);
    expect(severities("pod-no-hostpath", daemon("/sys", ""))).toEqual([`high ${at}`]);
    expect(severities("pod-no-hostpath", daemon("/etc/kubernetes", RO))).toEqual([`high ${at}`]);
    expect(severities("pod-no-sensitive-hostpath", daemon("/sys", RO))).toEqual([]);
    expect(severities("pod-no-sensitive-hostpath", daemon("/var/lib/kubelet", RO))).toEqual([`high ${at}`]);
  });

  test("the runtime's socket is root's: who never is root holds less", () => {
    const rule = "container-no-runtime-socket";
    expect(severities(rule, daemon("/run/containerd/containerd.sock", RO))).toEqual([`critical ${at}`]);
    expect(severities(rule, daemon("/run/containerd/containerd.sock", RO, USER))).toEqual([`medium ${at}`]);
    const kept = "{ runAsNonRoot: true, runAsUser: 65534 }";
    expect(severities(rule, daemon("/", RO, kept))).toEqual([`critical ${at}`]);
  });

  test("a socket is no matter of writing", () => {
    expect(severities("pod-hostpath-read-only", daemon("/run/docker.sock", ""))).toEqual([]);
    expect(severities("pod-hostpath-read-only", daemon("/run", ""))).toHaveLength(1);
  });

  test("one volume is one finding", () => {
    expect(found(daemon("/run/docker.sock", "")).map(brief)).toContain(
      "container-no-runtime-socket DaemonSet/agent (pod-no-hostpath)",
    );
  });
});

describe("one defect is one finding", () => {
  const pod = (spec: string, namespace = "") => `${namespace}
apiVersion: v1
kind: Pod
metadata: { name: p, namespace: shop, labels: { app: p } }
spec: ${spec}`;
  const rules = (text: string) => found(text).map(brief);

  test("a privileged container has under it what privileged implies, and not what another container lacks", () => {
    const [head = ""] = rules(
      pod(
        "{ containers: [{ name: a, image: a, securityContext: { privileged: true, capabilities: { add: [SYS_TIME] } } }] }",
      ),
    );
    expect(head).toBe(
      "pod-no-privileged Pod/p (container-capabilities-baseline container-drop-all-capabilities container-no-privilege-escalation pod-seccomp-runtime-default)",
    );
    const two = rules(
      pod("{ containers: [{ name: a, image: a, securityContext: { privileged: true } }, { name: b, image: b }] }"),
    );
    expect(two.filter((one) => one.startsWith("container-drop-all-capabilities"))).toEqual([
      "container-drop-all-capabilities Pod/p (container-drop-net-raw)",
    ]);
  });

  test("each capability of a list is a place of its own", () => {
    const both = rules(
      pod(
        "{ containers: [{ name: a, image: a, securityContext: { capabilities: { add: [SYS_ADMIN, NET_ADMIN], drop: [ALL] } } }] }",
      ),
    );
    expect(both.filter((one) => /capabilit|sys-admin/.test(one))).toEqual([
      "container-capabilities-baseline Pod/p (container-drop-all-capabilities)",
      "container-no-sys-admin Pod/p (container-capabilities-baseline container-drop-all-capabilities container-no-privilege-escalation)",
    ]);
  });

  test("a pod that its namespace refuses is one finding, with the reasons under it", () => {
    const namespace =
      "\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }\n---";
    const refused = rules(pod("{ containers: [{ name: a, image: a }] }", namespace));
    expect(refused.filter((one) => /psa|non-root|escalation|seccomp|drop-all/.test(one))).toEqual([
      "psa-admission-dry-run Pod/p (container-drop-all-capabilities container-drop-net-raw container-no-privilege-escalation namespace-plaintext-traffic-interceptable pod-run-as-non-root pod-seccomp-runtime-default pod-security-context-present)",
    ]);
  });

  test("pods that no policy covers are a matter of their namespace", () => {
    const namespace = "\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---";
    const all = rules(pod("{ containers: [{ name: a, image: a }] }", namespace));
    expect(all.filter((one) => /namespace-default-deny|covered-by/.test(one))).toEqual([
      "namespace-default-deny Namespace/shop (pod-covered-by-network-policy)",
    ]);
    const unplanned = rules(pod("{ containers: [{ name: a, image: a }] }"));
    expect(unplanned.filter((one) => one.startsWith("pod-covered"))).toEqual(["pod-covered-by-network-policy Pod/p"]);
  });

  test("a token that takes over the cluster is a matter of the role that gives it", () => {
    const web = pod("{ serviceAccountName: web, containers: [{ name: a, image: a }] }");
    const account = "[{ kind: ServiceAccount, name: web, namespace: shop }]";
    const made = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}}\n---";
    const text = `${made}${role("ClusterRole", EVERYTHING)}${binding("ClusterRoleBinding", "ClusterRole", account)}${web}`;
    const all = rules(text);
    expect(all.filter((one) => one.startsWith("workload-no-cluster-takeover"))).toEqual([]);
    expect(all.find((one) => one.startsWith("rbac-no-wildcards"))).toContain("workload-no-cluster-takeover-role");
  });
});

describe("tokens and accounts", () => {
  const path = "spec.template.spec.automountServiceAccountToken";
  const web = (fields: ExampleObject) => deployment("web", { containers: [], ...fields });
  const bound = (name: string) =>
    manifest({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "b", namespace: "vote" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "lock" },
      subjects: [{ kind: "ServiceAccount", name, namespace: "vote" }],
    });

  test("a controller needs its token; the default account's is nobody's", () => {
    const rule = "pod-no-automount-sa-token";
    expect(said(rule, web({ serviceAccountName: "web" }), bound("web"))).toEqual(["pass"]);
    expect(said(rule, web({ serviceAccountName: "web" }), bound("other"))).toEqual([`unknown web ${path}`]);
    expect(said(rule, web({}), bound("default"))).toEqual([`fail web ${path}`]);
  });

  test("the default account without its token matters little", () => {
    const { findings } = judge(
      planOfYaml(
        "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop}, spec: {automountServiceAccountToken: false, containers: []}}",
      ),
      { rules: ["pod-no-default-sa"], today: TODAY },
    );
    expect(findings.map((f) => f.severity)).toEqual(["low"]);
  });
});

test("capabilities by which nobody gets out matter less", () => {
  const adds = (name: string) =>
    severities(
      "container-capabilities-baseline",
      `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: a, securityContext: {capabilities: {add: [${name}]}}}]}}`,
    ).map((one) => one.split(" ")[0]);
  expect(adds("IPC_LOCK")).toEqual(["medium"]);
  expect(adds("NET_ADMIN")).toEqual(["high"]);
});
