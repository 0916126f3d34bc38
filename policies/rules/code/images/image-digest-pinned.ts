import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { concat, container, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** Every image is named by its digest (`@sha256:...`), which no push can move. */
export const imageDigestPinned = defineRule({
  id: "image-digest-pinned",
  title: "images are named by digest",
  ring: "code",
  severity: "low",
  rationale:
    "A tag can mean another image tomorrow, on the next node or after a restart. A digest means one image for ever: the one that was scanned and signed.",
  remediation: 'image: "registry.example.com/vote@sha256:<digest>"',
  references: references(
    "catalogue/rules.csv: CKV_K8S_43, C-0306, KY require-image-checksum, GK imagedigests, AC_K8S_0069, KICS, DATREE",
    { attack: ["T1525"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a tag alone",
        resources: [container("vote", { image: "registry.example.com/vote:1.4" })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
    pass: [
      {
        title: "a digest",
        resources: [
          container("vote", {
            image: "registry.example.com/vote@sha256:0000000000000000000000000000000000000000000000000000000000000000",
          }),
        ],
      },
      {
        title: "a digest that the build returns",
        resources: [container("vote", { image: concat("registry.example.com/vote@", unresolved("string")) })],
      },
    ],
    unknown: [
      {
        title: "the whole reference is an output",
        resources: [container("vote", { image: unresolved("string") })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === undefined) return notApplicable("it names no image");
    if (parts === UNKNOWN || parts.digest === UNKNOWN)
      return unknown(image, `the image of ${containerLabel} is not known before the deployment`);
    return parts.digest === undefined
      ? fail(image, `the image of ${containerLabel} can change without a change of the program`)
      : pass();
  }),
});
