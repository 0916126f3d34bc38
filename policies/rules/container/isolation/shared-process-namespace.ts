import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import type { ExampleValue } from "../../../model.js";
import { onPods } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

function pod(shareProcessNamespace: ExampleValue) {
  const containers = [
    { name: "web", image: "web" },
    { name: "proxy", image: "proxy" },
  ];
  return [deployment("web", { shareProcessNamespace, containers })];
}

/** The containers of a pod do not see each other's processes (PodSpec.shareProcessNamespace). */
export const sharedProcessNamespace = defineRule({
  id: "shared-process-namespace",
  title: "the containers of a pod do not see each other's processes",
  ring: "container",
  severity: "medium",
  rationale:
    "With one namespace for processes each container reads the environment, the open files and the whole file system of the others by /proc, and sends them signals: a sidecar that is taken over has the secrets of the program beside it.",
  remediation: "shareProcessNamespace: false",
  references: references("catalogue/cross-ring-rules.csv: N35", { "owasp-k8s": ["K01"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "shared",
        resources: pod(true),
        path: "spec.template.spec.shareProcessNamespace",
      },
    ],
    pass: [
      { title: "left at the default", resources: [deployment("web", { containers: [{ name: "web", image: "web" }] })] },
      { title: "said to be separate", resources: pod(false) },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: pod(unresolved("boolean")),
        path: "spec.template.spec.shareProcessNamespace",
      },
    ],
  },
  ...onPods(({ spec, label }) =>
    expectBoolean(spec.at("shareProcessNamespace"), {
      absent: false,
      accept: (value) => !value,
      message: `each container of ${label} reads the memory, files and environment of the others by /proc`,
      undecided: `whether the containers of ${label} see each other's processes is not known before the deployment`,
      fix: false,
    }),
  ),
});
