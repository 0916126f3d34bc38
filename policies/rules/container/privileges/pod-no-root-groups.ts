import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { contextsOf } from "../../../lib/pod-security/baseline.js";
import { onPods, unreadableLists } from "../../../shapes.js";
import { expectNumber, unknown } from "../../../verdicts.js";

/**
 * No process gets group 0: not as `runAsGroup` of pod or container, nor as `fsGroup`, nor among `supplementalGroups`.
 */
export const podNoRootGroups = defineRule({
  id: "pod-no-root-groups",
  title: "no process is in the group of root",
  ring: "container",
  severity: "low",
  rationale:
    "Files of a node and of many images can be written by group 0. A process that is not root, but in its group, can change them.",
  remediation: "securityContext: { runAsGroup: 10001, fsGroup: 10001 }",
  references: references(
    "catalogue/rules.csv: KSV-0116, KY require-non-root-groups, psp-check-supplemental-groups, GK users/fsgroup",
    { "nsa-cisa": ["hardening"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "as the group of the pod",
        resources: [
          deployment("web", {
            securityContext: { runAsUser: 10001, runAsGroup: 0 },
            containers: [{ name: "web", image: "web" }],
          }),
        ],
        path: "spec.template.spec.securityContext.runAsGroup",
      },
      {
        title: "among others",
        resources: [
          deployment("web", {
            securityContext: { supplementalGroups: [10001, 0] },
            containers: [{ name: "web", image: "web" }],
          }),
        ],
        path: "spec.template.spec.securityContext.supplementalGroups[1]",
      },
    ],
    pass: [
      {
        title: "other groups",
        resources: [
          deployment("web", {
            securityContext: { runAsGroup: 10001, fsGroup: 10002 },
            containers: [{ name: "web", image: "web" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          deployment("web", {
            securityContext: { fsGroup: unresolved("number") },
            containers: [{ name: "web", image: "web" }],
          }),
        ],
        path: "spec.template.spec.securityContext.fsGroup",
      },
    ],
  },
  ...onPods((pod) => {
    const undecided = `the groups of ${pod.label} are not known before the deployment`;
    const context = pod.spec.at("securityContext");
    const more = context.at("supplementalGroups");
    const groups = [
      ...contextsOf(pod).map((place) => place.context.at("runAsGroup")),
      context.at("fsGroup"),
      ...more.items(),
    ];
    return [
      ...unreadableLists(pod),
      ...(more.isUnknown ? [unknown(more, undecided)] : []),
      ...groups.map((group) =>
        expectNumber(group, {
          absent: undefined,
          accept: (id) => id !== 0,
          message: `processes of ${pod.label} are in group 0, that of root`,
          undecided,
        }),
      ),
    ];
  }),
});
