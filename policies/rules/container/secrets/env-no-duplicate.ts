import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** No variable stands twice in the environment of a container (`env[*].name`). The last one counts. */
export const envNoDuplicate = defineRule({
  id: "env-no-duplicate",
  title: "each variable of the environment stands once",
  ring: "container",
  severity: "info",
  rationale:
    "Of two variables of one name the last counts. Somebody who changes the first sees no effect, and two that apply the object from two sides lose one another's changes.",
  remediation: "Remove one of the two",
  references: references(
    "catalogue/rules.csv: KL duplicate-env-var, C-0295, KSc environment-variable-key-duplication",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "one name twice",
        resources: [
          container("web", {
            env: [
              { name: "MODE", value: "a" },
              { name: "PORT", value: "80" },
              { name: "MODE", value: "b" },
            ],
          }),
        ],
        path: "spec.template.spec.containers[0].env[2].name",
      },
    ],
    pass: [
      {
        title: "names that differ by a letter",
        resources: [
          container("web", {
            env: [
              { name: "MODE", value: "a" },
              { name: "Mode", value: "b" },
            ],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the environment is an output",
        resources: [container("web", { env: unresolved("list") })],
        path: "spec.template.spec.containers[0].env",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const env = at.at("env");
    const undecided = `the names of the variables of ${containerLabel} are not known before the deployment`;
    if (env.isUnknown) return unknown(env, undecided);
    const names = env.items().map((variable) => variable.at("name"));
    const texts = names.map((name) => name.string());
    const verdicts = names.flatMap((name, i) => {
      const text = texts[i];
      if (text === UNKNOWN) return texts.length > 1 ? [unknown(name, undecided)] : [];
      return texts.indexOf(text) < i
        ? [fail(name, `the variable ${text ?? ""} stands twice in ${containerLabel}`)]
        : [];
    });
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});
