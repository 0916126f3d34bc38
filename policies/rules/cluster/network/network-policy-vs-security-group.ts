import type { KubernetesObject, Read, Workload, World } from "../../../../plan/world/index.js";
import { eksClusterOf, selects, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, deployment, manifest, planned, ref, unresolved } from "../../../examples.js";
import { EKS_ADDON, ofCluster } from "../../../lib/eks.js";
import { rulesInto } from "../../../lib/node-exposure.js";
import { trafficOf } from "../../../lib/pod-policies.js";
import { INGRESS_TYPES, openedPorts } from "../../../lib/security-groups.js";
import { accountOf } from "../../../lib/service-accounts.js";
import type { ExampleObject, ExampleValue, Verdict } from "../../../model.js";
import type { PodView } from "../../../shapes.js";
import { labelOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const GROUP_POLICY = { group: "vpcresources.k8s.aws", kind: "SecurityGroupPolicy" } as const;
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const LABELS_PATH = "spec.template.metadata.labels";

function both(mode: ExampleValue, ingress: ExampleObject) {
  const env = { POD_SECURITY_GROUP_ENFORCING_MODE: mode };
  return [
    deployment("web", { containers: [] }, { provider: "k8s" }),
    manifest(
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "web", namespace: "vote" },
        spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }] },
      },
      { provider: "k8s", as: "web-policy" },
    ),
    manifest(
      {
        apiVersion: "vpcresources.k8s.aws/v1beta1",
        kind: "SecurityGroupPolicy",
        metadata: { name: "web", namespace: "vote" },
        spec: { podSelector: { matchLabels: { app: "web" } }, securityGroups: { groupIds: [ref("web-group", "id")] } },
      },
      { provider: "k8s", as: "web-groups" },
    ),
    planned(SECURITY_GROUP, "web-group", { ingress: [{ protocol: "tcp", ...ingress }] }),
    planned(EKS_ADDON, "cni", { clusterName: ref("prod", "name"), addonName: "vpc-cni", configurationValues: { env } }),
    ...cluster(),
  ];
}

/**
 * Pods that have security groups of their own keep their network policies: the VPC CNI runs in `standard` mode, since in
 * `strict` mode, its default, it enforces no policy for them (EKS user guide, "Assign security groups to individual Pods").
 * And each port that a policy lets in is one that a group lets in too, since there both have to.
 */
export const networkPolicyVsSecurityGroup = defineRule({
  id: "network-policy-vs-security-group",
  title: "network policies and security groups of the same pods agree",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Two walls around the same pods are read as one. Where the mode of the CNI switches the policies off for them, only the group is left, and it speaks of addresses; where the two name different ports, nothing comes through and somebody opens both.",
  remediation:
    'configurationValues: JSON.stringify({ env: { POD_SECURITY_GROUP_ENFORCING_MODE: "standard" } })  // of the add-on vpc-cni',
  references: references("catalogue/cross-ring-rules.csv: N14", { "owasp-k8s": ["K05"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "strict mode leaves the policy out",
        resources: both("strict", { fromPort: 8080, toPort: 8080 }),
        path: LABELS_PATH,
      },
      {
        title: "the group opens another port than the policy",
        resources: both("standard", { fromPort: 80, toPort: 80 }),
        path: LABELS_PATH,
      },
    ],
    pass: [
      { title: "standard mode, and the same port", resources: both("standard", { fromPort: 8000, toPort: 8999 }) },
    ],
    unknown: [
      {
        title: "the mode is an output",
        resources: both(unresolved("string"), { fromPort: 8080, toPort: 8080 }),
        path: LABELS_PATH,
      },
      {
        title: "the ports of the group are an output",
        resources: both("standard", { fromPort: unresolved("number"), toPort: 80 }),
        path: LABELS_PATH,
      },
    ],
  },
  ...onPods((pod) => {
    const [groups] = groupPolicies(pod.world, pod.workload).filter((policy) => covers(pod, policy));
    if (groups === undefined) return notApplicable("it has no security groups of its own");
    const { isolated, rules } = trafficOf(pod.world, pod.workload, "Ingress");
    if (isolated === false) return notApplicable("no network policy isolates it");
    const at = pod.workload.podMetadata.at("labels");
    const mode = modeOf(pod.world, pod.workload);
    if (mode === UNKNOWN)
      return unknown(
        at,
        `whether the network policies of ${pod.label}, which has security groups, are enforced is not known from this plan`,
      );
    if (mode !== "standard")
      return fail(
        at,
        `${labelOf(groups)} gives ${pod.label} security groups, and in the CNI's mode 'strict' its network policies are not enforced`,
      );
    return rules.length === 0 ? pass() : judgePorts(pod, groups);
  }),
  reads: [
    ...WORKLOAD_TYPES,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy",
    EKS_ADDON,
    ...INGRESS_TYPES,
  ],
});

function groupPolicies(world: World, { object }: Workload): readonly KubernetesObject[] {
  if (object.namespace === undefined) return [];
  return world.find({ ...GROUP_POLICY, namespace: object.namespace, cluster: object.cluster });
}

/** Whether a SecurityGroupPolicy selects a pod: by its labels, or by those of its service account. */
function covers(pod: PodView, policy: KubernetesObject): boolean {
  const [byPod, byAccount] = ["podSelector", "serviceAccountSelector"].map((field) => policy.root.at("spec", field));
  if (byPod !== undefined && !byPod.isAbsent) return selects(byPod, pod.workload.podLabels) === true;
  if (byAccount === undefined || byAccount.isAbsent) return false;
  return selects(byAccount, accountOf(pod).object?.labels ?? {}) === true;
}

/** The mode that the planned add-on sets; the CNI's own default is `strict`. */
function modeOf(world: World, { object }: Workload): Read<string> {
  const eks = eksClusterOf(world, object.cluster);
  if (eks === undefined) return UNKNOWN;
  const [addon] = ofCluster(world, eks, EKS_ADDON).filter(
    ({ resource }) => world.inputsOf(resource).at("addonName").string() === "vpc-cni",
  );
  if (addon === undefined) return UNKNOWN;
  const values = world.inputsOf(addon.resource).at("configurationValues").json();
  const mode = values.at("env", "POD_SECURITY_GROUP_ENFORCING_MODE").string();
  return mode === UNKNOWN ? UNKNOWN : (mode ?? "strict");
}

/** Every TCP port by number that a policy lets in lies in what some planned group of the pods opens. */
function judgePorts(pod: PodView, groups: KubernetesObject): Verdict {
  const { world, workload } = pod;
  const ids = groups.root.at("spec", "securityGroups", "groupIds").items();
  const found = ids.map((id) => world.resolve(groups.resource, id).find((r) => r.type === SECURITY_GROUP));
  const at = workload.podMetadata.at("labels");
  const undecided = unknown(
    at,
    `whether the security groups of ${pod.label} let in what its network policies do is not known from this plan`,
  );
  if (found.length === 0 || found.includes(undefined)) return undecided;
  const opened = found.flatMap((group) => (group === undefined ? [] : rulesInto(world, group).map(openedPorts)));
  const ports = trafficOf(world, workload, "Ingress").rules.flatMap(({ at: rule }) =>
    rule
      .at("ports")
      .items()
      .filter((entry) => (entry.at("protocol").string() ?? "TCP") === "TCP"),
  );
  const closed = ports
    .map((entry) => entry.at("port").number())
    .find((port) => typeof port === "number" && !opened.some((range) => range === UNKNOWN || holds(range, port)));
  if (closed !== undefined)
    return fail(
      at,
      `a network policy lets others reach port ${String(closed)} of ${pod.label}, and none of its security groups does`,
    );
  return opened.includes(UNKNOWN) && ports.length > 0 ? undecided : pass();
}

function holds(range: { readonly from: number; readonly to: number } | undefined, port: number): boolean {
  return range !== undefined && range.from <= port && port <= range.to;
}
