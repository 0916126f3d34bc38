import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { concat, container, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** No image is named by `latest`, or by no tag at all, which means the same; a digest settles it whatever the tag. */
export const imageNoLatest = defineRule({
  id: "image-no-latest",
  title: "no image is named by the tag latest",
  ring: "code",
  severity: "medium",
  rationale:
    "`latest` is whatever was pushed last. Two pods of one Deployment may run different programs, and nobody can say which one was there yesterday.",
  remediation: 'image: "registry.example.com/vote:1.4@sha256:<digest>"',
  references: references(
    "catalogue/rules.csv: CKV_K8S_14, KSV-0013, KY disallow-latest-tag, GK disallowedtags, KL latest-tag, KSc container-image-tag, PO tagNotSpecified, AC_K8S_0068, KICS",
    { "owasp-k8s": ["K07"], attack: ["T1525"] },
  ),
  since: "0.1.0",
  covers: ["image-digest-pinned", "image-pull-policy-always"],
  examples: {
    fail: [
      {
        title: "latest by name",
        resources: [container("vote", { image: "vote:latest" })],
        path: "spec.template.spec.containers[0].image",
      },
      {
        title: "no tag, which is latest; the colon belongs to the port",
        resources: [container("vote", { image: "registry.example.com:5000/vote" })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
    pass: [
      { title: "a version", resources: [container("vote", { image: "vote:1.4" })] },
      {
        title: "a digest",
        resources: [
          container("vote", {
            image: "vote:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000",
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the tag is an output",
        resources: [container("vote", { image: concat("registry.example.com/vote:", unresolved("string")) })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === undefined) return notApplicable("it names no image");
    if (parts === UNKNOWN) return unknown(image, `the image of ${containerLabel} is not known before the deployment`);
    if (parts.digest !== undefined && parts.digest !== UNKNOWN) return pass();
    if (parts.tag === UNKNOWN)
      return unknown(image, `the tag of the image of ${containerLabel} is not known before the deployment`);
    return parts.tag === undefined || parts.tag === "latest"
      ? fail(image, `${containerLabel} runs whatever image was pushed last`)
      : pass();
  }),
});
