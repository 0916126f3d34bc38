import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import { onPods } from "../../../shapes.js";
import { expectBoolean, notApplicable } from "../../../verdicts.js";

/** Minor version from which nodes give user namespaces by default (KEP-127). */
const USER_NAMESPACES_SINCE = 33;

/**
 * The pod has a user namespace of its own (`hostUsers: false`, on by default from 1.33). Pods that share a namespace
 * of their node, and Windows pods, can have none.
 */
export const podUserNamespace = defineRule({
  id: "pod-user-namespace",
  title: "pods have a user namespace of their own",
  ring: "container",
  severity: "info",
  rationale:
    "In a user namespace root of the container is nobody on the node. Several ways out of containers of the last years ended there.",
  remediation: "hostUsers: false",
  references: references("catalogue/rules.csv: KSEC HostUsers", { attack: ["T1611"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which shares the node's",
        resources: [container("web", {})],
        path: "spec.template.spec.hostUsers",
      },
    ],
    pass: [
      {
        title: "its own",
        resources: [deployment("web", { hostUsers: false, containers: [{ name: "web", image: "web" }] })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          deployment("web", { hostUsers: unresolved("boolean"), containers: [{ name: "web", image: "web" }] }),
        ],
        path: "spec.template.spec.hostUsers",
      },
    ],
  },
  ...onPods((pod) => {
    const { spec, world } = pod;
    if (minorVersion(world.kubernetesVersion) < USER_NAMESPACES_SINCE)
      return notApplicable("nodes of this version give no user namespaces by default");
    if (spec.at("os", "name").string() === "windows") return notApplicable("Windows has no user namespaces");
    if (["hostNetwork", "hostPID", "hostIPC"].some((field) => spec.at(field).boolean() === true))
      return notApplicable("a pod that shares a namespace of its node cannot have one of its own");
    return expectBoolean(spec.at("hostUsers"), {
      absent: true,
      accept: (value) => !value,
      message: `${pod.label} shares the users of its node: root in it is root there`,
      undecided: `whether ${pod.label} has a user namespace is not known before the deployment`,
    });
  }),
});
