import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { claim, statefulSetWithClaim } from "../../../lib/claim-examples.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/**
 * Each claim, and each template of claims, says which StorageClass it means. The empty text means none, and a claim that names
 * its volume needs none.
 */
export const pvcStorageclassSet = defineRule({
  id: "pvc-storageclass-set",
  title: "a claim names its StorageClass",
  ring: "cluster",
  severity: "info",
  rationale:
    "Without a name the claim takes the default class of the cluster, whatever that is on the day: perhaps one that does not encrypt, or none at all.",
  remediation: 'storageClassName: "gp3-encrypted"',
  references: references("catalogue/rules.csv: GK storageclass, KY require-storageclass", {}),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "none is named", resources: [claim({})], path: "spec.storageClassName" },
      {
        title: "nor by a template",
        resources: [statefulSetWithClaim({})],
        path: "spec.volumeClaimTemplates[0].spec.storageClassName",
      },
    ],
    pass: [
      { title: "named", resources: [claim({ storageClassName: "gp3-encrypted" })] },
      { title: "a volume by its name, of no class", resources: [claim({ storageClassName: "", volumeName: "data" })] },
    ],
    unknown: [
      {
        title: "the templates' content is an output",
        resources: [statefulSetWithClaim(unresolved("object"))],
        path: "spec.volumeClaimTemplates[0].spec.storageClassName",
      },
    ],
  },
  ...onKubernetes(
    ["kubernetes:core/v1:PersistentVolumeClaim", "kubernetes:apps/v1:StatefulSet"],
    ({ object, root }) => {
      if (object.kind === "PersistentVolumeClaim") return judgeClaim(root.at("spec"), labelOf(object));
      const templates = root.at("spec", "volumeClaimTemplates").items();
      if (templates.length === 0) return notApplicable("it has no claims of its own");
      return templates.map((template) => judgeClaim(template.at("spec"), `a claim of ${labelOf(object)}`));
    },
  ),
});

function judgeClaim(spec: Cursor, label: string): Verdict {
  const at = spec.at("storageClassName");
  if (spec.isUnknown) return unknown(at, `which StorageClass ${label} means is not known before the deployment`);
  if (!at.isAbsent) return pass();
  return spec.at("volumeName").isAbsent
    ? fail(at, `${label} takes whatever StorageClass is the default of its cluster`)
    : notApplicable("it names its volume");
}
