import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { objectsOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { expectPresent, notApplicable } from "../../../verdicts.js";

const PRIORITY = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const PATH = "spec.template.spec.priorityClassName";

/** Each workload says how much it matters, unless the plan has a priority for all that say nothing (`globalDefault`). */
export const priorityClassSet = defineRule({
  id: "priority-class-set",
  title: "workloads say how much they matter",
  ring: "container",
  severity: "info",
  rationale:
    "When nodes are full, pods of lower priority go. Without priorities the report of last month and the shop are alike, and chance decides.",
  remediation: 'priorityClassName: "shop"  // of a PriorityClass',
  references: references(
    "catalogue/rules.csv: PO priorityClassNotSet, KL priority-class-name, KY require-pod-priorityclassname",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "nothing said", resources: [deployment("web", { containers: [] })], path: PATH }],
    pass: [
      { title: "said", resources: [deployment("web", { priorityClassName: "shop", containers: [] })] },
      {
        title: "there is one for all that say nothing",
        resources: [
          deployment("web", { containers: [] }),
          deployment("api", { priorityClassName: "shop", containers: [] }),
          manifest({
            apiVersion: "scheduling.k8s.io/v1",
            kind: "PriorityClass",
            metadata: { name: "usual" },
            value: 100,
            globalDefault: true,
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("web", { priorityClassName: unresolved("string"), containers: [] })],
        path: PATH,
      },
    ],
  },
  ...onPods(({ label, spec, workload, world }) => {
    const at = spec.at("priorityClassName");
    const usual = objectsOf(world, PRIORITY).some(
      ({ cluster, root }) => cluster === workload.object.cluster && root.at("globalDefault").boolean() === true,
    );
    if (at.isAbsent && usual) return notApplicable("there is a priority for all that say nothing");
    return expectPresent(at, {
      message: `${label} says nothing of how much it matters when nodes are full`,
      undecided: `the priority of ${label} is not known before the deployment`,
    });
  }),
  reads: [...WORKLOAD_TYPES, PRIORITY],
});
