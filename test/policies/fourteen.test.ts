/**
 * Fourteen weaknesses that, on one and the same corpus, other judges of manifests left out. Each object holds one of them; the
 * default set finds each by the rule named here.
 */
import { judge } from "../../policies/index.js";
import { planOfYaml } from "./yaml.js";
import { identityOf } from "../../plan/world/index.js";
import { TODAY } from "./said.js";

function pod(name: string, spec: string): string {
  return `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}`;
}

function container(fields: string): string {
  return `{containers: [{name: c, image: i, ${fields}}]}`;
}

function rbac(kind: string, name: string, rest: string): string {
  return `{apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: {name: ${name}}, ${rest}}`;
}

function grants(name: string, group: string, resource: string, verb: string): string {
  return [
    rbac("ClusterRole", name, `rules: [{apiGroups: [${group}], resources: [${resource}], verbs: [${verb}]}]`),
    rbac("ClusterRoleBinding", name, `${gives(name)}, subjects: [{kind: User, name: jane}]`),
  ].join("\n---\n");
}

function gives(role: string): string {
  return `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role}}`;
}

function bind(name: string, group: string): string {
  return rbac("ClusterRoleBinding", name, `${gives("view")}, subjects: [{kind: Group, name: "${group}"}]`);
}

function policy(name: string, spec: string): string {
  return `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}`;
}

const RBAC = "rbac.authorization.k8s.io";

const CORPUS: readonly (readonly [weakness: string, rule: string, object: string, manifest: string])[] = [
  [
    "AppArmor is unconfined",
    "pod-apparmor-not-overridden",
    "Pod shop/apparmor",
    pod("apparmor", container("securityContext: {appArmorProfile: {type: Unconfined}}")),
  ],
  [
    "a password stands in an environment variable",
    "container-no-plaintext-secret-env",
    "Pod shop/password",
    pod("password", container("env: [{name: DB_PASSWORD, value: hunter2}]")),
  ],
  [
    "a probe calls a host",
    "pod-no-probe-or-lifecycle-host",
    "Pod shop/probe",
    pod("probe", container("livenessProbe: {httpGet: {host: 169.254.169.254, port: 80}}")),
  ],
  [
    "containers share their processes",
    "shared-process-namespace",
    "Pod shop/shared",
    pod("shared", "{shareProcessNamespace: true, containers: [{name: c, image: i}, {name: d, image: i}]}"),
  ],
  [
    "a role escalates",
    "rbac-no-bind-escalate-impersonate",
    "ClusterRole escalates",
    grants("escalates", RBAC, "clusterroles", "escalate"),
  ],
  [
    "a role binds",
    "rbac-no-bind-escalate-impersonate",
    "ClusterRole binds",
    grants("binds", RBAC, "clusterroles", "bind"),
  ],
  [
    "a role impersonates",
    "rbac-no-bind-escalate-impersonate",
    "ClusterRole impersonates",
    grants("impersonates", '""', "users", "impersonate"),
  ],
  [
    "a role makes tokens",
    "rbac-no-sa-token-create",
    "ClusterRole tokens",
    grants("tokens", '""', "serviceaccounts/token", "create"),
  ],
  [
    "nobody in particular is given rights",
    "rbac-no-anonymous-binding",
    "ClusterRoleBinding anonymous",
    bind("anonymous", "system:unauthenticated"),
  ],
  [
    "system:masters is built on",
    "rbac-no-system-masters",
    "ClusterRoleBinding masters",
    bind("masters", "system:masters"),
  ],
  [
    "a namespace has no Pod Security label",
    "namespace-psa-enforce",
    "Namespace unlabelled",
    "{apiVersion: v1, kind: Namespace, metadata: {name: unlabelled}}",
  ],
  [
    "a namespace enforces privileged",
    "namespace-psa-not-privileged",
    "Namespace lax",
    "{apiVersion: v1, kind: Namespace, metadata: {name: lax, labels: {pod-security.kubernetes.io/enforce: privileged}}}",
  ],
  [
    "a policy allows everything",
    "netpol-no-empty-selector-allow",
    "NetworkPolicy shop/all",
    policy("all", "{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}"),
  ],
  [
    "a policy lets pods out to the world",
    "netpol-no-public-egress",
    "NetworkPolicy shop/world",
    policy(
      "world",
      "{podSelector: {matchLabels: {app: c}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}",
    ),
  ],
  [
    "an Ingress has no TLS",
    "ingress-tls",
    "Ingress shop/plain",
    "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: plain, namespace: shop}, spec: {ingressClassName: nginx}}",
  ],
  [
    "a load balancer is open",
    "service-no-unapproved-loadbalancer",
    "Service shop/open",
    "{apiVersion: v1, kind: Service, metadata: {name: open, namespace: shop}, spec: {type: LoadBalancer, ports: [{port: 443}]}}",
  ],
];

const { findings, defects } = judge(planOfYaml(CORPUS.map(([, , , manifest]) => manifest).join("\n---\n")), {
  today: TODAY,
});

test.each(CORPUS)("%s: %s finds it", (_, rule, object) => {
  expect(defects).toEqual([]);
  const at = findings.flatMap((f) => [f, ...f.covered]).filter((f) => f.rule.id === rule && f.verdict === "fail");
  expect(at.map(({ resource }) => identityOf(resource).id.replace(/^.*:/, ""))).toContain(object);
});
