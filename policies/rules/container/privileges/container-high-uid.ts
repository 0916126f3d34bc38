import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { contextsOf } from "../../../lib/pod-security/baseline.js";
import { onPods, unreadableLists } from "../../../shapes.js";
import { expectNumber, notApplicable } from "../../../verdicts.js";

/** Ids below belong to the system and the people of a node on every distribution. */
const LOWEST = 10_000;

/**
 * Users that are named have ids from 10000 on (`runAsUser`). Where none is named the image decides, and nothing can be
 * judged.
 */
export const containerHighUid = defineRule({
  id: "container-high-uid",
  title: "users have ids that no node uses",
  ring: "container",
  severity: "low",
  rationale:
    "Ids are shared with the node. A process that gets out of its container, or reaches a mounted folder, has the rights of whoever has its id there.",
  remediation: "securityContext: { runAsUser: 10001 }",
  references: references(
    "catalogue/rules.csv: CKV_K8S_40, KSV-0020, KSc container-security-context-user-group-id, KSEC RunAsUser, AC_K8S_0079, KICS",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a low one for a container",
        resources: [container("web", { securityContext: { runAsUser: 1000 } })],
        path: "spec.template.spec.containers[0].securityContext.runAsUser",
      },
      {
        title: "a low one for the pod",
        resources: [
          deployment("web", { securityContext: { runAsUser: 999 }, containers: [{ name: "web", image: "web" }] }),
        ],
        path: "spec.template.spec.securityContext.runAsUser",
      },
    ],
    pass: [
      { title: "a high one", resources: [container("web", { securityContext: { runAsUser: 10001 } })] },
      {
        title: "a user namespace of its own, which maps all of them",
        resources: [
          deployment("web", {
            hostUsers: false,
            containers: [{ name: "web", image: "web", securityContext: { runAsUser: 1000 } }],
          }),
          container("other", { securityContext: { runAsUser: 10000 } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { securityContext: { runAsUser: unresolved("number") } })],
        path: "spec.template.spec.containers[0].securityContext.runAsUser",
      },
    ],
  },
  ...onPods((pod) => {
    if (pod.spec.at("hostUsers").boolean() === false) return notApplicable("its user namespace maps ids to high ones");
    const stated = contextsOf(pod).filter(({ context }) => !context.at("runAsUser").isAbsent);
    return [
      ...unreadableLists(pod),
      ...stated.map(({ context, label }) =>
        expectNumber(context.at("runAsUser"), {
          absent: undefined,
          accept: (id) => id === undefined || id >= LOWEST,
          message: `${label} runs with a user id that its node may use as well`,
          undecided: `the user of ${label} is not known before the deployment`,
        }),
      ),
    ];
  }),
});
