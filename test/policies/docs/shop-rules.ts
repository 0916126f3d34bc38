import { container, defineRule, deployment, fail, onPods, pass, unknown, unresolved } from "../../../policies/index.js";

export const shopOneSpot = defineRule({
  id: "shop-spread-over-zones",
  title: "the pods of a workload spread over zones",
  ring: "container",
  severity: "medium",
  rationale: "When a zone goes, half of the shop must stay.",
  remediation:
    "topologySpreadConstraints: [{ topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule }]",
  references: [],
  since: "own",
  examples: {
    fail: [
      {
        title: "nothing is said",
        resources: [container("web", {})],
        path: "spec.template.spec.topologySpreadConstraints",
      },
    ],
    pass: [
      {
        title: "spread over zones",
        resources: [
          deployment("web", {
            containers: [],
            topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("web", { containers: [], topologySpreadConstraints: unresolved("list") })],
        path: "spec.template.spec.topologySpreadConstraints",
      },
    ],
  },
  ...onPods(({ spec, label }) => {
    const constraints = spec.at("topologySpreadConstraints");
    if (constraints.isUnknown) return unknown(constraints, `how the pods of ${label} spread is not known yet`);
    return constraints.items().length > 0 ? pass() : fail(constraints, `the pods of ${label} may all lie in one zone`);
  }),
});
