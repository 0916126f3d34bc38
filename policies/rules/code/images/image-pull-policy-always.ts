import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { onContainers } from "../../../shapes.js";
import { expectString, notApplicable, pass, unknown } from "../../../verdicts.js";

/**
 * An image that is named by a tag is asked for at every start (`imagePullPolicy`). Left out, Kubernetes asks for
 * `latest` at every start and for other tags once; a digest cannot change.
 */
export const imagePullPolicyAlways = defineRule({
  id: "image-pull-policy-always",
  title: "images that can change are asked for at every start",
  ring: "code",
  severity: "info",
  rationale:
    "With IfNotPresent a node runs what it once fetched under a tag, and lets every pod run it, also one that has no right to the registry. Two nodes then run two images under one name.",
  remediation: 'image: "registry.example.com/vote@sha256:<digest>"  // or imagePullPolicy: "Always"',
  references: references(
    "catalogue/rules.csv: CKV_K8S_15, C-0075, KY imagepullpolicy-always, KSc container-image-pull-policy, PO pullPolicyNotAlways, AC_K8S_0021, KICS",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a tag, which is fetched once",
        resources: [container("web", { image: "registry.example.com/web:1.4" })],
        path: "spec.template.spec.containers[0].imagePullPolicy",
      },
      {
        title: "never fetched",
        resources: [container("web", { image: "registry.example.com/web:latest", imagePullPolicy: "Never" })],
        path: "spec.template.spec.containers[0].imagePullPolicy",
      },
    ],
    pass: [
      {
        title: "at every start",
        resources: [container("web", { image: "registry.example.com/web:1.4", imagePullPolicy: "Always" })],
      },
      {
        title: "latest, which is asked for at every start",
        resources: [container("web", { image: "registry.example.com/web" })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { image: "registry.example.com/web:1.4", imagePullPolicy: unresolved("string") })],
        path: "spec.template.spec.containers[0].imagePullPolicy",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const parts = imageParts(at.at("image"));
    const policy = at.at("imagePullPolicy");
    const undecided = `whether the image of ${containerLabel} is asked for at every start is not known before the deployment`;
    if (parts === undefined) return notApplicable("it names no image");
    if (policy.string() === "Always") return pass();
    if (parts === UNKNOWN || parts.digest === UNKNOWN || parts.tag === UNKNOWN) return unknown(policy, undecided);
    if (parts.digest !== undefined) return notApplicable("a digest cannot change");
    return expectString(policy, {
      absent: parts.tag === undefined || parts.tag === "latest" ? "Always" : "IfNotPresent",
      accept: (value) => value === "Always",
      message: `the image of ${containerLabel} stays what the node once fetched under its tag`,
      undecided,
      fix: "Always",
    });
  }),
});
