import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { onPods } from "../../../shapes.js";
import { fail, pass, remove, unknown } from "../../../verdicts.js";

/** The pod adds no lines of its own to /etc/hosts (`spec.hostAliases`). */
export const podNoHostAliases = defineRule({
  id: "pod-no-host-aliases",
  title: "pods do not rewrite names",
  ring: "container",
  severity: "info",
  rationale:
    "A name in /etc/hosts goes past the DNS and everything that watches it: a service looks like itself and is somewhere else.",
  remediation: "Remove hostAliases; give the name in the DNS, or as a Service of type ExternalName",
  references: references("catalogue/rules.csv: KSV-0007, KSEC HostAliases (KICS has it inverted)", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a name of its own",
        resources: [
          deployment("web", {
            hostAliases: [{ ip: "10.0.0.9", hostnames: ["api.example.com"] }],
            containers: [{ name: "web", image: "web" }],
          }),
        ],
        path: "spec.template.spec.hostAliases",
      },
    ],
    pass: [
      {
        title: "an empty list",
        resources: [deployment("web", { hostAliases: [], containers: [{ name: "web", image: "web" }] })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("web", { hostAliases: unresolved("list"), containers: [] })],
        path: "spec.template.spec.hostAliases",
      },
    ],
  },
  ...onPods((pod) => {
    const at = pod.spec.at("hostAliases");
    if (at.isUnknown) return unknown(at, `whether ${pod.label} rewrites names is not known before the deployment`);
    if (at.items().length === 0) return pass();
    return fail(at, `${pod.label} says itself where some names lead`, { fix: [remove(at)] });
  }),
});
