import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { textList } from "../../../parameters.js";
import { onPods } from "../../../shapes.js";
import { expectPresent, notApplicable } from "../../../verdicts.js";

const NAMESPACES = textList({
  name: "namespaces",
  about: "Namespaces whose pods run code that nobody here wrote or reviewed.",
  fallback: [],
});
const UNTRUSTED = { namespaces: ["vote"] };
const PATH = "spec.template.spec.runtimeClassName";

/**
 * Pods in the namespaces that the parameter `namespaces` names run in a sandbox (`runtimeClassName`): a kernel of their own.
 * Without the parameter the rule has nothing to say.
 */
export const podRuntimeClassSandboxed = defineRule({
  id: "pod-runtime-class-sandboxed",
  title: "untrusted pods have a kernel of their own",
  ring: "container",
  severity: "low",
  rationale:
    "Containers share the kernel of their node, and one hole in it is the way out for all of them. Code that nobody reviewed belongs behind a second one: gVisor, Kata, Firecracker.",
  remediation: "runtimeClassName: gvisor",
  references: references("catalogue/rules.csv: C-0297, C-0242, KY restrict-runtimeclass", { attack: ["T1611"] }),
  since: "0.1.0",
  parameters: [NAMESPACES],
  examples: {
    fail: [
      {
        title: "the kernel of the node",
        resources: [deployment("web", { containers: [] })],
        path: PATH,
        parameters: UNTRUSTED,
      },
    ],
    pass: [
      {
        title: "a sandbox",
        resources: [deployment("web", { runtimeClassName: "gvisor", containers: [] })],
        parameters: UNTRUSTED,
      },
      { title: "nobody said that it is untrusted", resources: [deployment("web", { containers: [] })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("web", { runtimeClassName: unresolved("string"), containers: [] })],
        path: PATH,
        parameters: UNTRUSTED,
      },
    ],
  },
  ...onPods(({ label, parameters, spec, workload: { object } }) => {
    if (!parameters.of(NAMESPACES).includes(object.namespace ?? ""))
      return notApplicable("its namespace was not said to be untrusted");
    return expectPresent(spec.at("runtimeClassName"), {
      message: `${label} runs code that nobody reviewed on the kernel of its node`,
      undecided: `whether ${label} runs in a sandbox is not known before the deployment`,
    });
  }),
});
