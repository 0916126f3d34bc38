import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { contextsOf } from "../../../lib/pod-security/baseline.js";
import { onPods, unreadableLists } from "../../../shapes.js";
import { expectNumber, notApplicable } from "../../../verdicts.js";

/** Ids below belong to the system and the people of a node on every distribution. */
const LOWEST = 10_000;

/**
 * Groups that are named have ids from 10000 on (`runAsGroup`). Where none is named the image decides, and nothing can
 * be judged.
 */
export const containerHighGid = defineRule({
  id: "container-high-gid",
  title: "groups have ids that no node uses",
  ring: "container",
  severity: "low",
  rationale:
    "Ids are shared with the node. A process that gets out of its container, or reaches a mounted folder, has the rights of the group that has its id there.",
  remediation: "securityContext: { runAsGroup: 10001 }",
  references: references(
    "catalogue/rules.csv: KSV-0021, KSc container-security-context-user-group-id, KSEC RunAsGroup, DATREE",
    { "nsa-cisa": ["hardening"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a low one for a container",
        resources: [container("web", { securityContext: { runAsGroup: 1000 } })],
        path: "spec.template.spec.containers[0].securityContext.runAsGroup",
      },
      {
        title: "a low one for the pod",
        resources: [
          deployment("web", { securityContext: { runAsGroup: 999 }, containers: [{ name: "web", image: "web" }] }),
        ],
        path: "spec.template.spec.securityContext.runAsGroup",
      },
    ],
    pass: [
      { title: "a high one", resources: [container("web", { securityContext: { runAsGroup: 10001 } })] },
      {
        title: "a user namespace of its own, which maps all of them",
        resources: [
          deployment("web", {
            hostUsers: false,
            containers: [{ name: "web", image: "web", securityContext: { runAsGroup: 1000 } }],
          }),
          container("other", { securityContext: { runAsGroup: 10000 } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { securityContext: { runAsGroup: unresolved("number") } })],
        path: "spec.template.spec.containers[0].securityContext.runAsGroup",
      },
    ],
  },
  ...onPods((pod) => {
    if (pod.spec.at("hostUsers").boolean() === false) return notApplicable("its user namespace maps ids to high ones");
    const stated = contextsOf(pod).filter(({ context }) => !context.at("runAsGroup").isAbsent);
    return [
      ...unreadableLists(pod),
      ...stated.map(({ context, label }) =>
        expectNumber(context.at("runAsGroup"), {
          absent: undefined,
          accept: (id) => id === undefined || id >= LOWEST,
          message: `${label} runs with a group id that its node may use as well`,
          undecided: `the group of ${label} is not known before the deployment`,
        }),
      ),
    ];
  }),
});
