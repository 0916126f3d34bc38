import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { neighbours } from "../../../lib/namespaces.js";
import { blanketRules, deniesByDefault, NETWORK_POLICY } from "../../../lib/network-policies.js";
import type { ExampleValue } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { failWhole, pass, some, unknownWhole } from "../../../verdicts.js";
import { UNKNOWN } from "../../../../plan/world/index.js";

const SANDBOX = manifest({
  apiVersion: "agents.x-k8s.io/v1alpha1",
  kind: "Sandbox",
  metadata: { name: "agent", namespace: "agents" },
  spec: { podTemplate: { spec: { containers: [] } } },
});

function policy(policyTypes: ExampleValue, egress: ExampleValue = []) {
  return manifest(
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "deny", namespace: "agents" },
      spec: { podSelector: {}, policyTypes, egress },
    },
    { as: "policy" },
  );
}

/** A namespace with sandboxes of agents (agents.x-k8s.io) denies egress by default. */
export const sandboxEgressPolicy = defineRule({
  id: "sandbox-egress-policy",
  title: "sandboxes of agents reach only what they are allowed",
  ring: "cluster",
  severity: "info",
  rationale:
    "A sandbox runs what a model wrote. Without a policy for what leaves it, it sends away what it reads, and calls whatever it likes in the cluster.",
  remediation:
    'spec: { podSelector: {}, policyTypes: ["Egress"] }  // a NetworkPolicy in the namespace of the sandboxes',
  references: references("catalogue/rules.csv: C-0301", {}),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no policy", resources: [SANDBOX], path: "" },
      { title: "a policy that allows everything", resources: [SANDBOX, policy(["Egress"], [{}])], path: "" },
    ],
    pass: [{ title: "denied by default", resources: [SANDBOX, policy(["Egress"])] }],
    unknown: [{ title: "an output decides", resources: [SANDBOX, policy(unresolved("list"))], path: "" }],
  },
  ...onKubernetes(["kubernetes:agents.x-k8s.io/v1alpha1:Sandbox"], ({ object, world }) => {
    const policies = neighbours(world, object, NETWORK_POLICY.group, NETWORK_POLICY.kind);
    const undecided = `whether what leaves ${labelOf(object)} is limited is not known before the deployment`;
    if (object.namespace === undefined) return unknownWhole(undecided);
    const denied = some(policies.map((one) => deniesByDefault(one, "Egress")));
    if (denied === UNKNOWN) return unknownWhole(undecided);
    const open = policies.some((one) => blanketRules(one, "Egress").length > 0);
    return denied && !open
      ? pass()
      : failWhole(`nothing limits what leaves ${labelOf(object)}, which runs what a model wrote`);
  }),
  reads: ["kubernetes:agents.x-k8s.io/v1alpha1:Sandbox", "kubernetes:networking.k8s.io/v1:NetworkPolicy"],
});
