import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

/** No container keeps its standard input open or has a terminal (`stdin`, `tty`). */
export const containerNoInteractive = defineRule({
  id: "container-no-interactive",
  title: "containers wait for nobody at a terminal",
  ring: "container",
  severity: "info",
  rationale:
    "An open input is for a person at a shell: `kubectl attach` then types into the process of the container. A service needs none.",
  remediation: "stdin: false, tty: false  // or leave them out",
  references: references("catalogue/rules.csv: GK disallowinteractive", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a shell that waits",
        resources: [container("debug", { stdin: true, tty: true })],
        path: "spec.template.spec.containers[0].stdin",
      },
    ],
    pass: [{ title: "left out", resources: [container("web", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { tty: unresolved("boolean") })],
        path: "spec.template.spec.containers[0].tty",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) =>
    ["stdin", "tty"].map((field) =>
      expectBoolean(at.at(field), {
        absent: false,
        accept: (value) => !value,
        message: `${containerLabel} waits for somebody at a terminal`,
        undecided: `whether ${containerLabel} sets ${field} is not known before the deployment`,
        fix: false,
      }),
    ),
  ),
});
