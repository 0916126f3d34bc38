import type { Cursor, Read } from "../../../../plan/world/index.js";
import { selects, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, deployment, manifest, planned, ref, unresolved } from "../../../examples.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import type { PolicyRule } from "../../../lib/network-peers.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import { allowsEveryone, allowsPort, blocksOf, holdsAddress, trafficOf } from "../../../lib/pod-policies.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { rolesOfAccount } from "../../../lib/pod-roles.js";
import { accountName } from "../../../lib/service-accounts.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import type { PodView } from "../../../shapes.js";
import { onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { every, expectRead, notApplicable, pass, some } from "../../../verdicts.js";

const WEB = deployment("web", { serviceAccountName: "web", containers: [] });
const TO_DB = { to: [{ podSelector: { matchLabels: { app: "db" } } }], ports: [{ port: 5432 }] };
const TO_DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
};

function egress(...rules: readonly ExampleValue[]) {
  return [WEB, networkPolicy({ policyTypes: ["Egress"], egress: rules })];
}

function withRole(...rules: readonly ExampleValue[]) {
  const policy = { policyTypes: ["Egress"], podSelector: {}, egress: rules };
  const metadata = { name: "web", namespace: "vote" };
  return [
    deployment("web", { serviceAccountName: "web", containers: [] }, { provider: "k8s" }),
    manifest(
      { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: policy },
      { provider: "k8s", as: "web-policy" },
    ),
    planned(ASSOCIATION, "web-role", {
      clusterName: ref("prod", "name"),
      namespace: "vote",
      serviceAccount: "web",
      roleArn: ref("role", "arn"),
    }),
    planned(ROLE, "role", {}),
    ...cluster(),
  ];
}

/**
 * Pods that may call other pods by policy may ask the cluster's DNS, over UDP and TCP; pods with a role by Pod Identity reach
 * its agent at 169.254.170.23, and those with a role by annotation some address on port 443. Pods that may call nobody need
 * no names.
 */
export const defaultDenyKeepsDnsAndSts = defineRule({
  id: "default-deny-keeps-dns-and-sts",
  title: "pods that may call somebody by policy also reach DNS and their credentials",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Without DNS nothing that the policy allows works, and without credentials nothing in AWS does. At the moment when it breaks somebody opens all egress, and it stays open.",
  remediation:
    'egress: [{ to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } }, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }], ports: [{ port: 53, protocol: "UDP" }, { port: 53, protocol: "TCP" }] }]',
  references: references("catalogue/cross-ring-rules.csv: N15", { "owasp-k8s": ["K05"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "the database, and no names", resources: egress(TO_DB), path: "spec.template.metadata.labels" },
      {
        title: "no long answers, which DNS gives over TCP",
        resources: egress(TO_DB, { ...TO_DNS, ports: [{ port: 53, protocol: "UDP" }] }),
        path: "spec.template.metadata.labels",
      },
      {
        title: "a role by Pod Identity, and no way to the agent",
        resources: withRole(TO_DNS, TO_DB),
        path: "spec.template.metadata.labels",
      },
    ],
    pass: [
      { title: "the database and DNS", resources: egress(TO_DB, TO_DNS) },
      { title: "one network, by its addresses", resources: egress({ to: [{ ipBlock: { cidr: "10.1.0.0/16" } }] }) },
      { title: "nobody at all", resources: egress() },
      {
        title: "a role, and a way to the agent of Pod Identity",
        resources: withRole(TO_DNS, { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ port: 80 }] }),
      },
    ],
    unknown: [
      {
        title: "an output decides on the ports",
        resources: egress(TO_DB, { ...TO_DNS, ports: unresolved("list") }),
        path: "spec.template.metadata.labels",
      },
    ],
  },
  ...onPods((pod) => {
    const { isolated, rules } = trafficOf(pod.world, pod.workload, "Egress");
    if (isolated === false) return notApplicable("no policy restricts what it calls");
    if (pod.spec.at("hostNetwork").boolean() === true) return notApplicable("no policy applies on the host's network");
    const needs = [needsOfNames(pod, rules), needsOfRoles(pod, rules)].flat();
    return needs.length === 0 ? pass() : needs;
  }),
  reads: [
    ...WORKLOAD_TYPES,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    ASSOCIATION,
    "kubernetes:core/v1:ServiceAccount",
  ],
});

/** Names are needed by whoever may call pods; `dnsPolicy: Default` and `None` ask others than the cluster's DNS. */
function needsOfNames(pod: PodView, rules: readonly PolicyRule[]): readonly Verdict[] {
  const dnsPolicy = pod.spec.at("dnsPolicy").string();
  const callsPods = rules.some(({ peers }) => peers.items().some((peer) => peer.at("ipBlock").isAbsent));
  if (dnsPolicy === "Default" || dnsPolicy === "None" || !callsPods) return [];
  const toDns = rules.filter((rule) => leadsToDns(rule) !== false);
  const reached = every(
    (["UDP", "TCP"] as const).map((protocol) =>
      some(toDns.map((rule) => every([allowsPort(rule, protocol, 53), leadsToDns(rule)]))),
    ),
  );
  return [judge(pod, reached, "the cluster's DNS, over UDP and TCP, so that it finds none of those it may call")];
}

/** Whether a rule names everybody, the pods of kube-system, or addresses, among which those of DNS may be. */
function leadsToDns(rule: PolicyRule): Read<boolean> {
  const labels = { "kubernetes.io/metadata.name": "kube-system" };
  const peers = rule.peers.items().map((peer): Read<boolean> => {
    if (peer.isUnknown) return UNKNOWN;
    if (!peer.at("ipBlock").isAbsent) return true;
    const selector = peer.at("namespaceSelector");
    if (selector.isAbsent) return false;
    const match = selects(selector, labels);
    return match === "unknown" ? UNKNOWN : match;
  });
  return some([allowsEveryone(rule), ...peers]);
}

function needsOfRoles(pod: PodView, rules: readonly PolicyRule[]): readonly Verdict[] {
  const { object } = pod.workload;
  const name = accountName(pod);
  if (name === UNKNOWN || object.namespace === undefined) return [];
  const roles = rolesOfAccount(pod.world, { cluster: object.cluster, namespace: object.namespace, name });
  const byAgent = roles.some(({ by }) => by.type === ASSOCIATION);
  const byToken = roles.some(({ by }) => by.type !== ASSOCIATION);
  const to = (port: number, holds: (block: Cursor) => Read<boolean>) =>
    some(
      rules.map((rule) =>
        every([allowsPort(rule, "TCP", port), some([allowsEveryone(rule), ...blocksOf(rule).map(holds)])]),
      ),
    );
  return [
    ...(byAgent
      ? [
          judge(
            pod,
            to(80, (block) => holdsAddress(block, "169.254.170.23")),
            "169.254.170.23 on port 80, where the agent of Pod Identity gives it its role",
          ),
        ]
      : []),
    ...(byToken
      ? [
          judge(
            pod,
            to(443, () => true),
            "any address on port 443, where STS gives it its role",
          ),
        ]
      : []),
  ];
}

function judge(pod: PodView, reached: Read<boolean>, what: string): Verdict {
  return expectRead(pod.workload.podMetadata.at("labels"), reached, {
    absent: false,
    accept: (value) => value,
    message: `the network policies of ${pod.label} do not let it reach ${what}`,
    undecided: `whether the network policies of ${pod.label} let it reach ${what} is not known before the deployment`,
  });
}
