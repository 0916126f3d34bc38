import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const SUDO = /(^|[\s;&|(/])sudo([\s;&|)]|$)/;

/** No command or argument of a container runs `sudo` (`command`, `args`). */
export const containerNoSudoEntrypoint = defineRule({
  id: "container-no-sudo-entrypoint",
  title: "no container starts with sudo",
  ring: "container",
  severity: "low",
  rationale:
    "sudo in a container means a set-user-ID program, a list of who may use it, and a container that can become root. Where it runs at the start, it runs always.",
  remediation: "Remove sudo and say the user: securityContext: { runAsUser: 10001, allowPrivilegeEscalation: false }",
  references: references("catalogue/rules.csv: C-0062", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "as the command",
        resources: [container("web", { command: ["sudo", "-u", "web", "/app"] })],
        path: "spec.template.spec.containers[0].command[0]",
      },
      {
        title: "within a script",
        resources: [container("web", { command: ["/bin/sh", "-c"], args: ["cd /app && /usr/bin/sudo ./start"] })],
        path: "spec.template.spec.containers[0].args[0]",
      },
    ],
    pass: [
      {
        title: "a word with the same letters",
        resources: [container("web", { command: ["/app", "--mode=pseudo-sudoku"] })],
      },
    ],
    unknown: [
      {
        title: "the arguments are an output",
        resources: [container("web", { args: unresolved("list") })],
        path: "spec.template.spec.containers[0].args",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const undecided = `whether ${containerLabel} runs sudo is not known before the deployment`;
    const verdicts = ["command", "args"].flatMap((field) => {
      const list = at.at(field);
      if (list.isUnknown) return [unknown(list, undecided)];
      return list.items().flatMap((item) => {
        const text = item.text();
        if (text === UNKNOWN) return [unknown(item, undecided)];
        return SUDO.test(text ?? "") ? [fail(item, `${containerLabel} becomes another user with sudo`)] : [];
      });
    });
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});
