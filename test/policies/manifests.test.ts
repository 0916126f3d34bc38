/** What the findings of manifests say, and where: one defect, one finding, at a place that can be changed. */
import { brief, found, planOfYaml } from "./yaml.js";
import { judge, RULES } from "../../policies/index.js";
import { typesNotRead } from "../../report/gaps.js";
import { TODAY } from "./said.js";

const pod = (spec: string, before = "", name = "p") =>
  `${before}\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop, labels: { app: web } }\nspec: ${spec}`;

test("a refusal points at the first place that is refused, names the others, and mends what can be mended", () => {
  const namespace =
    "\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline } }\n---";
  const refusals = (spec: string) =>
    found(pod(spec, namespace)).filter(({ rule }) => rule.id === "psa-admission-dry-run");
  const two = "{ containers: [{ name: a, image: a, securityContext: { privileged: true } }], hostPID: true }";
  const places = (spec: string) =>
    refusals(spec).map(({ path, message, fix }) => [path, message, fix.map((change) => change.path)]);
  const privileged = "spec.containers[0].securityContext.privileged";
  expect(places(two)).toEqual([
    [
      "spec.hostPID",
      `Namespace 'shop' enforces baseline at 1.36 and refuses the pods of Pod 'shop/p': Pod 'shop/p' sees every process of its node, with their environments and open files; it refuses ${privileged} as well`,
      ["spec.hostPID", privileged],
    ],
  ]);
  const path =
    "{ containers: [{ name: a, image: a, ports: [{ hostPort: 80 }] }], volumes: [{ name: v, hostPath: { path: /etc } }] }";
  expect(places(path).map(([first, , fix]) => [first, fix])).toEqual([["spec.volumes[0].hostPath.path", []]]);
  expect(refusals(path)[0]?.covered.map(({ rule }) => rule.id)).toContain("container-no-host-ports");
});

describe("a namespace denies by default", () => {
  const policy = (name: string, spec: string) =>
    `\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n---`;
  const shop = "\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---";
  const pods =
    pod("{ containers: [{ name: a, image: a }] }") + "\n---" + pod("{ containers: [{ name: a, image: a }] }", "", "q");
  const network = (...policies: readonly string[]) =>
    found(`${shop}${policies.join("")}${pods}`).filter(({ rule }) => /netpol|default-deny/.test(rule.id));
  const CLOSED = policy("deny", "{ podSelector: {}, policyTypes: [Ingress, Egress] }");
  const ALL = "{ podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}] }";

  test.each([
    ["", "does not deny ingress and egress by default: nothing keeps its 2 workloads apart"],
    [
      policy("deny", "{ podSelector: {}, policyTypes: [Ingress] }"),
      "does not deny egress by default: its 2 workloads may connect to anything",
    ],
    [
      policy("deny", "{ podSelector: {}, policyTypes: [Egress] }"),
      "does not deny ingress by default: anything may connect to its 2 workloads",
    ],
    [
      policy("own", "{ podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ from: [{}] }], egress: [{}] }"),
      "does not deny egress by default: NetworkPolicy 'shop/own' allows every pod all egress",
    ],
    [
      policy("all", ALL),
      "does not deny ingress and egress by default: NetworkPolicy 'shop/all' allows every pod all ingress and egress",
    ],
  ])("%s says what is open, once", (policies, message) => {
    const open = network(policies).filter(({ rule }) => rule.id !== "netpol-peer-selects-something");
    expect(open.map((f) => [brief(f).split(" (")[0], f.message])).toEqual([
      ["namespace-default-deny Namespace/shop", `Namespace 'shop' ${message}`],
    ]);
  });

  test("a policy that allows what another denies is the place, once for each direction", () => {
    expect(network(CLOSED, policy("all", ALL)).map((f) => `${brief(f)} ${f.path}: ${f.message}`)).toEqual([
      "namespace-default-deny NetworkPolicy/all (netpol-no-empty-selector-allow) spec.egress[0]: NetworkPolicy 'shop/all' allows every pod of its namespace all egress again, which another policy denies",
      "namespace-default-deny NetworkPolicy/all (netpol-no-empty-selector-allow) spec.ingress[0]: NetworkPolicy 'shop/all' allows every pod of its namespace all ingress again, which another policy denies",
    ]);
    expect(network(CLOSED)).toEqual([]);
  });
});

test("what a manifest holds lies in a file, and in the state of no program", () => {
  const plan = planOfYaml(
    "{ apiVersion: v1, kind: Secret, metadata: { name: s }, stringData: { k: aaaa } }\n---\n{ apiVersion: v1, kind: Secret, metadata: { name: e }, data: {} }",
  );
  const source = { file: "s.yaml", line: 1, column: 1, document: 0 };
  const inFile = { ...plan, resources: plan.resources.map((resource) => ({ ...resource, source })) };
  const said = (given: typeof plan) =>
    judge(given, { rules: ["secret-external-store", "pulumi-options-safe"], today: TODAY }).findings.map(
      (f) => `${f.rule.id} ${f.resource.name} ${f.path}: ${f.message}`,
    );
  expect(said(inFile)).toEqual([
    "secret-external-store s stringData: Secret 'default/s' holds 'k' in its manifest: whoever reads the file, or the repository that keeps it, has the value",
  ]);
  expect(said(plan)).toEqual([
    "pulumi-options-safe s stringData: stringData of 's' would stand in the state in the clear",
    "secret-external-store s stringData: Secret 'default/s' gets 'k' from the program, and so from its state",
  ]);
});

test("what goes past the guard points at the strongest right", () => {
  const role = (resources: string) =>
    `{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: r }, rules: [{ apiGroups: [""], resources: ${resources}, verbs: [impersonate] }] }`;
  const places = (resources: string) =>
    judge(planOfYaml(role(resources)), { rules: ["rbac-no-bind-escalate-impersonate"], today: TODAY }).findings.map(
      ({ path }) => path,
    );
  expect(places("[serviceaccounts, users, groups]")).toEqual(["rules[0].resources[1]"]);
  expect(places("[users, groups, serviceaccounts]")).toEqual(["rules[0].resources[0]"]);
  expect(places("[serviceaccounts]")).toEqual(["rules[0].resources[0]"]);
});

test("a binding to system:masters changes nothing, whatever it gives", () => {
  const bound = `{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: { name: b }, roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }, subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters" }] }`;
  expect(found(bound).map(({ rule, severity }) => [rule.id, severity])).toEqual([["rbac-no-system-masters", "low"]]);
});

test("the node's root, read by a user that the runtime's socket refuses, is no way into the runtime", () => {
  const reader = (user: string) =>
    pod(
      `{ securityContext: { ${user} }, volumes: [{ name: v, hostPath: { path: / } }], containers: [{ name: a, image: a, securityContext: { capabilities: { drop: [ALL] } }, volumeMounts: [{ name: v, mountPath: /host, readOnly: true }] }] }`,
    );
  const severities = (user: string) =>
    judge(planOfYaml(reader(user)), { rules: ["container-no-runtime-socket"], today: TODAY }).findings.map(
      ({ severity }) => severity,
    );
  expect(severities("runAsUser: 1000, runAsNonRoot: true")).toEqual(["medium"]);
  expect(severities("runAsUser: 0")).toEqual(["critical"]);
});

test("an operator's kind is read where it runs pods, by rules that read pods", () => {
  const rollout = (name: string, spec: string) =>
    `{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: ${name} }, spec: ${spec} }`;
  const plan = planOfYaml(
    [
      rollout("own", "{ template: { spec: { containers: [{ name: a, image: a }] } } }"),
      rollout("referring", "{ workloadRef: { kind: Deployment, name: a } }"),
    ].join("\n---\n"),
  );
  const type = "kubernetes:argoproj.io/v1alpha1:Rollout";
  expect(typesNotRead(plan, RULES)).toEqual([{ type, resources: 1 }]);
  const others = RULES.filter(({ id }) => id === "namespace-psa-enforce");
  expect(typesNotRead(plan, others)).toEqual([{ type, resources: 2 }]);
});
