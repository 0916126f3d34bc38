import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleValue } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, notApplicable, unknown } from "../../../verdicts.js";

function ingress(rules: ExampleValue) {
  return manifest({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "vote" },
    spec: { rules },
  });
}

/** Every rule of an Ingress names a host, and no wildcard. A rule without a host takes requests for every host. */
export const ingressHostExplicit = defineRule({
  id: "ingress-host-explicit",
  title: "an Ingress names the hosts that it serves",
  ring: "cluster",
  severity: "low",
  rationale:
    "A rule without a host, or with a wildcard, takes requests for names that belong to others: those of another team on the same load balancer, and those that come later.",
  remediation: "spec: { rules: [{ host: vote.example.com, http: … }] }",
  references: references(
    "catalogue/rules.csv: KY disallow-empty-ingress-host, restrict-ingress-wildcard, GK block-wildcard-ingress, DATREE",
    { "owasp-k8s": ["K06"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no host", resources: [ingress([{ http: {} }])], path: "spec.rules[0].host" },
      {
        title: "a wildcard, in the second rule",
        resources: [ingress([{ host: "vote.example.com" }, { host: "*.example.com" }])],
        path: "spec.rules[1].host",
      },
    ],
    pass: [{ title: "a host by name", resources: [ingress([{ host: "vote.example.com" }])] }],
    unknown: [
      {
        title: "the host is an output",
        resources: [ingress([{ host: unresolved("string") }])],
        path: "spec.rules[0].host",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:Ingress"], ({ object, root }) => {
    const rules = root.at("spec", "rules");
    const undecided = `which hosts ${labelOf(object)} serves is not known before the deployment`;
    if (rules.isUnknown) return unknown(rules, undecided);
    const verdicts = rules.items().map((rule) =>
      expectString(rule.at("host"), {
        absent: "",
        accept: (host = "") => host !== "" && !host.startsWith("*"),
        message: `${labelOf(object)} takes requests for hosts that it does not name`,
        undecided,
      }),
    );
    return verdicts.length === 0 ? notApplicable("it has no rules") : verdicts;
  }),
});
