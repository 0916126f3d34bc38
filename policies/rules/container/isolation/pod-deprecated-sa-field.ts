import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { onPods } from "../../../shapes.js";
import { fail, pass, remove, setTo, unknown } from "../../../verdicts.js";

/**
 * The service account is named by `serviceAccountName`; the older `serviceAccount` may only repeat it, as the API
 * server does.
 */
export const podDeprecatedSaField = defineRule({
  id: "pod-deprecated-sa-field",
  title: "the service account is named by its present field",
  ring: "container",
  severity: "info",
  rationale:
    "`serviceAccount` is deprecated. Where only it stands, tools that read the present field see the default account, and judge the wrong one.",
  remediation: 'serviceAccountName: "vote"',
  references: references("catalogue/rules.csv: KL deprecated-service-account-field, C-0294", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "only the older field",
        resources: [deployment("web", { serviceAccount: "web", containers: [{ name: "web", image: "web" }] })],
        path: "spec.template.spec.serviceAccount",
      },
    ],
    pass: [
      {
        title: "the present one",
        resources: [deployment("web", { serviceAccountName: "web", containers: [{ name: "web", image: "web" }] })],
      },
      {
        title: "both alike, as the API server returns them",
        resources: [
          deployment("web", {
            serviceAccountName: "web",
            serviceAccount: "web",
            containers: [{ name: "web", image: "web" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides whether they are alike",
        resources: [
          deployment("web", {
            serviceAccountName: unresolved("string"),
            serviceAccount: "web",
            containers: [{ name: "web", image: "web" }],
          }),
        ],
        path: "spec.template.spec.serviceAccount",
      },
    ],
  },
  ...onPods((pod) => {
    const older = pod.spec.at("serviceAccount");
    const present = pod.spec.at("serviceAccountName");
    if (older.isAbsent || older.string() === "") return pass();
    if (present.isAbsent) {
      const name = older.value;
      const fix = name === undefined ? [] : [setTo(present, name), remove(older)];
      return fail(older, `${pod.label} names its service account by the deprecated field`, { fix });
    }
    const names = [older.string(), present.string()];
    if (names.includes(UNKNOWN))
      return unknown(older, `which service account ${pod.label} uses is not known before the deployment`);
    return names[0] === names[1] ? pass() : fail(older, `${pod.label} names two service accounts`);
  }),
});
