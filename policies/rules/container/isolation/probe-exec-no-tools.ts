import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const TOOLS = /(^|[\s;&|(/])(kubectl|crictl|docker|jcmd|jmap|jstack|ps|strace|tcpdump)([\s;&|)]|$)/;

/**
 * No probe runs a tool of operators or of debugging inside the container (`exec.command` of the three probes):
 * kubectl, the tools of the JDK, ps, tcpdump and the like.
 */
export const probeExecNoTools = defineRule({
  id: "probe-exec-no-tools",
  title: "probes run no tools of operators",
  ring: "container",
  severity: "low",
  rationale:
    "A probe runs every few seconds for as long as the container lives. Its tool has to be in the image, where an intruder finds it, and kubectl there needs a token besides.",
  remediation: 'livenessProbe: { httpGet: { path: "/healthz", port: 8080 } }',
  references: references("catalogue/rules.csv: KY deny-commands-in-exec-probe", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "kubectl",
        resources: [container("web", { livenessProbe: { exec: { command: ["kubectl", "get", "pods"] } } })],
        path: "spec.template.spec.containers[0].livenessProbe.exec.command[0]",
      },
      {
        title: "within a script",
        resources: [
          container("web", {
            readinessProbe: { exec: { command: ["/bin/sh", "-c", "jcmd 1 VM.uptime > /dev/null"] } },
          }),
        ],
        path: "spec.template.spec.containers[0].readinessProbe.exec.command[2]",
      },
    ],
    pass: [
      {
        title: "a check of the program's own",
        resources: [container("db", { readinessProbe: { exec: { command: ["pg_isready", "-U", "postgres"] } } })],
      },
      {
        title: "a file whose name begins alike",
        resources: [container("web", { livenessProbe: { exec: { command: ["/app/ps-check"] } } })],
      },
    ],
    unknown: [
      {
        title: "the command is an output",
        resources: [container("web", { livenessProbe: { exec: { command: unresolved("list") } } })],
        path: "spec.template.spec.containers[0].livenessProbe.exec.command",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const undecided = `what the probes of ${containerLabel} run is not known before the deployment`;
    const verdicts = ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) => {
      const command = at.at(probe, "exec", "command");
      if (command.isUnknown) return [unknown(command, undecided)];
      return command.items().flatMap((item) => {
        const text = item.text();
        if (text === UNKNOWN) return [unknown(item, undecided)];
        return TOOLS.test(text ?? "") ? [fail(item, `a probe of ${containerLabel} runs a tool for operators`)] : [];
      });
    });
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});
