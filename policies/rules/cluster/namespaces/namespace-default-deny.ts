import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES, unplaced, within } from "../../../lib/namespaces.js";
import { blanketRules, deniesByDefault, DIRECTIONS, NETWORK_POLICY } from "../../../lib/network-policies.js";
import { workloadsIn } from "../../../lib/selecting.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { fail, failWhole, pass, some, unknownWhole } from "../../../verdicts.js";

/**
 * Policies that select every pod isolate both directions, and none of them allows everything. `policyTypes` is read as
 * Kubernetes defaults it: an empty `egress` list alone isolates nothing.
 */
export const namespaceDefaultDeny = defineRule({
  id: "namespace-default-deny",
  title: "every namespace denies traffic by default, both ways",
  ring: "cluster",
  severity: "high",
  rationale:
    "A pod that no policy selects may talk to everything and be talked to by everything: the database by the web server's intruder, the internet by whatever he brought.",
  remediation: 'spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] }  // a NetworkPolicy in the namespace',
  references: references(
    "catalogue/rules.csv: C-0030, C-0054, C-0206, HE check_default_deny_policy_exists, KY add-network-policy (generate), redhat-cop, KB",
    {
      "cis-eks-1.8.0": ["4.3.2"],
      "cis-kubernetes": ["5.3.2"],
      "nsa-cisa": ["network-separation"],
      "owasp-k8s": ["K05"],
      attack: ["T1046"],
    },
  ),
  since: "0.1.0",
  covers: ["pod-covered-by-network-policy"],
  examples: {
    fail: [
      {
        title: "no policy at all",
        resources: [manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } })],
        path: "",
      },
      {
        title: "only ingress is denied: an empty egress list without policyTypes isolates nothing",
        resources: [
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "deny", namespace: "vote" },
            spec: { podSelector: {}, egress: [] },
          }),
        ],
        path: "",
      },
      {
        title: "one policy denies, the other allows everything again",
        resources: [
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "deny", namespace: "vote" },
            spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
          }),
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "open", namespace: "vote" },
            spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
          }),
        ],
        path: "spec.ingress[0]",
        on: "open",
      },
    ],
    pass: [
      {
        title: "both ways",
        resources: [
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "deny", namespace: "vote" },
            spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the directions are an output",
        resources: [
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "deny", namespace: "vote" },
            spec: { podSelector: {}, policyTypes: unresolved("list") },
          }),
        ],
        path: "",
      },
    ],
  },
  ...onWorld(["kubernetes:core/v1:Namespace", "kubernetes:networking.k8s.io/v1:NetworkPolicy"], function* ({ world }) {
    for (const namespace of world.find({ kind: "Namespace", group: "" })) {
      if (SYSTEM_NAMESPACES.has(namespace.name)) continue;
      const policies = within(world, namespace, NETWORK_POLICY.group, NETWORK_POLICY.kind);
      const hidden = unplaced(world, namespace, NETWORK_POLICY.group, NETWORK_POLICY.kind).length > 0;
      const denied = DIRECTIONS.map((direction) =>
        some([...policies.map((p) => deniesByDefault(p, direction)), hidden ? UNKNOWN : false]),
      );
      const open = DIRECTIONS.filter((_, i) => denied[i] === false).map((direction) => direction.toLowerCase());
      if (open.length > 0)
        yield {
          resource: namespace.resource,
          verdict: failWhole(
            `${labelOf(namespace)} does not deny ${open.join(" and ")} by default${heldOpen(world, namespace)}`,
          ),
        };
      else if (denied.includes(UNKNOWN))
        yield {
          resource: namespace.resource,
          verdict: unknownWhole(
            `whether ${labelOf(namespace)} denies traffic by default is not known before the deployment`,
          ),
        };
      else yield { resource: namespace.resource, verdict: pass() };
      for (const policy of policies)
        for (const rule of DIRECTIONS.flatMap((direction) => blanketRules(policy, direction)))
          yield {
            resource: policy.resource,
            verdict: fail(rule, `${labelOf(policy)} allows every pod of its namespace everything again`),
          };
    }
  }),
});

/** How many workloads it is about, for the end of a message. */
function heldOpen(world: World, { cluster, name }: KubernetesObject): string {
  const count = workloadsIn(world, cluster, name).length;
  if (count === 0) return "";
  return count === 1 ? ": nothing keeps its one workload apart" : `: nothing keeps its ${count} workloads apart`;
}
