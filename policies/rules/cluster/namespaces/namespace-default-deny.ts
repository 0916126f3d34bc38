import type { Cursor, KubernetesObject, Read, World } from "../../../../plan/world/index.js";
import { selects, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES, unplaced, within } from "../../../lib/namespaces.js";
import type { Direction } from "../../../lib/network-policies.js";
import { blanketRules, deniesByDefault, DIRECTIONS, isolates, NETWORK_POLICY } from "../../../lib/network-policies.js";
import { workloadsIn } from "../../../lib/selecting.js";
import type { Verdict } from "../../../model.js";
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
  covers: ["netpol-no-empty-selector-allow", "pod-covered-by-network-policy"],
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
      const states = DIRECTIONS.map((direction) => stateOf(policies, hidden, direction));
      const open = states.filter(
        ({ denied, blanket }) => denied === false || (denied === UNKNOWN && blanket.length > 0),
      );
      const late = states.some(({ denied }) => denied === UNKNOWN);
      yield { resource: namespace.resource, verdict: judge(world, namespace, open, late) };
      for (const { denied, blanket, word } of states)
        for (const { policy, rule } of denied === true ? blanket : [])
          yield {
            resource: policy.resource,
            verdict: fail(
              rule,
              `${labelOf(policy)} allows every pod of its namespace all ${word} again, which another policy denies`,
            ),
          };
    }
  }),
});

/** What the policies of a namespace make of a direction. */
interface DirectionState {
  readonly direction: Direction;
  /** For messages: `ingress`. */
  readonly word: string;
  /** Whether a policy denies by default, and allows not everything itself. */
  readonly denied: Read<boolean>;
  /** The rules that allow every pod everything. */
  readonly blanket: readonly { readonly policy: KubernetesObject; readonly rule: Cursor }[];
  /** The policies that allow less. */
  readonly others: readonly KubernetesObject[];
}

function stateOf(policies: readonly KubernetesObject[], hidden: boolean, direction: Direction): DirectionState {
  const blanket = policies.flatMap((policy) => blanketRules(policy, direction).map((rule) => ({ policy, rule })));
  const others = policies.filter((policy) => !blanket.some((one) => one.policy === policy));
  const denied = some([...others.map((policy) => deniesByDefault(policy, direction)), hidden ? UNKNOWN : false]);
  return { direction, word: direction.toLowerCase(), denied, blanket, others };
}

function judge(world: World, namespace: KubernetesObject, open: readonly DirectionState[], late: boolean): Verdict {
  if (open.length > 0) {
    const words = open.map(({ word }) => word).join(" and ");
    const why = openers(open) ?? heldOpen(world, namespace, open);
    return failWhole(`${labelOf(namespace)} does not deny ${words} by default${why}`);
  }
  if (!late) return pass();
  return unknownWhole(`whether ${labelOf(namespace)} denies traffic by default is not known before the deployment`);
}

/** The policies that allow everything, for the end of a message. */
function openers(open: readonly DirectionState[]): string | undefined {
  const names = open.flatMap(({ blanket }) => blanket.map(({ policy }) => labelOf(policy)));
  const [name] = names;
  if (name === undefined) return undefined;
  const words = open.filter(({ blanket }) => blanket.some(({ policy }) => labelOf(policy) === name));
  return `: ${name} allows every pod all ${words.map(({ word }) => word).join(" and ")}`;
}

/** How many workloads it is about, for the end of a message: those that no policy of their own restrains either. */
function heldOpen(world: World, { cluster, name }: KubernetesObject, open: readonly DirectionState[]): string {
  const all = workloadsIn(world, cluster, name);
  const free = all.filter(({ podLabels }) =>
    open.every(({ direction, others }) =>
      others.every(
        (policy) =>
          isolates(policy, direction) === false || selects(policy.root.at("spec", "podSelector"), podLabels) === false,
      ),
    ),
  );
  const [first] = open;
  if (free.length === 0 || first === undefined) return "";
  const many =
    free.length === all.length ? `its ${all.length} workloads` : `${free.length} of its ${all.length} workloads`;
  const who = all.length === 1 ? "its one workload" : many;
  if (open.length > 1) return `: nothing keeps ${who} apart`;
  return first.direction === "Ingress" ? `: anything may connect to ${who}` : `: ${who} may connect to anything`;
}
