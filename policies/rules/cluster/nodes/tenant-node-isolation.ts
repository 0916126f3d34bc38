import type { Cursor } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, planned, unresolved } from "../../../examples.js";
import type { Tenants } from "../../../lib/tenants.js";
import { boundTo, lacksTaint, tenantOf, tenantsOf } from "../../../lib/tenants.js";
import type { ExampleObject, ExampleValue, Verdict } from "../../../model.js";
import { textList } from "../../../parameters.js";
import type { PodView } from "../../../shapes.js";
import { onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const TENANT_LABELS = textList({
  name: "tenantLabels",
  about: "Labels of namespaces whose values tell tenants apart; a namespace without any belongs to no tenant",
  fallback: ["ringfence.dev/tenant"],
});

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

function tenant(name: string) {
  const labels = { "ringfence.dev/tenant": name };
  return manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
}

function pod(namespace: string, spec: ExampleObject) {
  return manifest(
    { apiVersion: "v1", kind: "Pod", metadata: { name: "app", namespace }, spec: { containers: [], ...spec } },
    { as: `app-${namespace}` },
  );
}

const OWN = (name: string) => ({
  nodeSelector: { pool: name },
  tolerations: [{ key: "pool", operator: "Equal", value: name, effect: "NoSchedule" }],
});

function pool(name: string, taints: ExampleValue = [{ key: "pool", value: name, effect: "NO_SCHEDULE" }]) {
  return planned(NODE_GROUP, name, { labels: { pool: name }, taints });
}

/**
 * Where namespaces of the plan belong to two tenants or more, the pods of each are bound to nodes that no other tenant's pods
 * are bound to, by a node selector or a required affinity, tolerate no taint but their own, and the node groups with that
 * label have a taint that keeps others away.
 */
export const tenantNodeIsolation = defineRule({
  id: "tenant-node-isolation",
  title: "no two tenants share a node",
  ring: "cluster",
  severity: "high",
  rationale:
    "A container that breaks out has its node, with the Secrets, tokens and memory of every pod on it. On a node of its own tenant that is the tenant's own; on a shared one it is everybody's.",
  remediation:
    'nodeSelector: { pool: "a" }, tolerations: [{ key: "pool", operator: "Equal", value: "a", effect: "NoSchedule" }]  // with taints: [{ key: "pool", value: "a", effect: "NO_SCHEDULE" }] on the node group',
  references: references("catalogue/cross-ring-rules.csv: N26", { "owasp-k8s": ["K01"], attack: ["T1611"] }),
  since: "0.1.0",
  parameters: [TENANT_LABELS],
  examples: {
    fail: [
      {
        title: "bound to no nodes",
        resources: [pod("a", {}), tenant("a"), tenant("b"), pod("b", OWN("b"))],
        path: "spec.nodeSelector",
      },
      {
        title: "both bound to the same nodes",
        resources: [pod("a", OWN("shared")), tenant("a"), tenant("b"), pod("b", OWN("shared"))],
        path: "spec.nodeSelector",
      },
      {
        title: "tolerates every taint",
        resources: [
          pod("a", { ...OWN("a"), tolerations: [{ operator: "Exists" }] }),
          tenant("a"),
          tenant("b"),
          pod("b", OWN("b")),
        ],
        path: "spec.tolerations[0]",
      },
      {
        title: "nodes that keep nobody away",
        resources: [pod("a", OWN("a")), tenant("a"), tenant("b"), pod("b", OWN("b")), pool("a", [])],
        path: "spec.nodeSelector",
      },
    ],
    pass: [
      {
        title: "nodes of its own",
        resources: [pod("a", OWN("a")), tenant("a"), tenant("b"), pod("b", OWN("b")), pool("a"), pool("b")],
      },
      {
        title: "a third namespace that belongs to nobody",
        resources: [pod("a", OWN("a")), tenant("a"), tenant("b"), pod("b", OWN("b")), pod("shop", {})],
      },
    ],
    unknown: [
      {
        title: "the selector is an output",
        resources: [pod("a", { nodeSelector: unresolved("object") }), tenant("a"), tenant("b"), pod("b", OWN("b"))],
        path: "spec.nodeSelector",
      },
    ],
  },
  ...onPods((view) => {
    const labels = view.parameters.of(TENANT_LABELS);
    const own = tenantOf(view.world, view.workload.object, labels);
    if (own === undefined) return notApplicable("its namespace belongs to no tenant");
    const { tenants, bound } = tenantsOf(view.world, labels);
    if (tenants.size < 2) return notApplicable("the plan has one tenant only");
    return judge(view, own, bound);
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:core/v1:Namespace", NODE_GROUP],
});

function judge({ world, workload, spec, label }: PodView, own: string, bound: Tenants["bound"]): readonly Verdict[] {
  const at = spec.at("nodeSelector");
  const undecided = unknown(at, `whether ${label} of tenant '${own}' shares nodes is not known before the deployment`);
  if (at.isUnknown) return [undecided];
  const pairs = boundTo(workload).filter((pair) => bound.get(pair)?.size === 1);
  const everything = spec.at("tolerations").items().find(tolerates);
  const open =
    everything === undefined
      ? []
      : [fail(everything, `${label} of tenant '${own}' tolerates the taints of every other tenant's nodes`)];
  if (pairs.length === 0)
    return [
      ...open,
      fail(
        at,
        `${label} of tenant '${own}' is bound to no nodes of its own, so that it may share one with other tenants`,
      ),
    ];
  const untainted = pairs.map((pair) => lacksTaint(world, pair));
  if (untainted.some((read) => read === false)) return open.length > 0 ? open : [pass()];
  return untainted.includes(UNKNOWN)
    ? [...open, undecided]
    : [
        ...open,
        fail(at, `${label} of tenant '${own}' is bound to nodes without a taint, where pods of others may run, too`),
      ];
}

/** A toleration without a key and with `Exists` is one of everything. */
function tolerates(one: Cursor): boolean {
  return one.at("key").isAbsent && one.at("operator").string() === "Exists";
}
