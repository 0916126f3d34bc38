import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { statefulSetWithClaim } from "../../../lib/claim-examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ALONE: ReadonlySet<unknown> = new Set(["ReadWriteOnce", "ReadWriteOncePod"]);
const PATH = "spec.volumeClaimTemplates[0].spec.accessModes";

/** The claims of a StatefulSet are for one writer: each pod has a volume of its own. */
export const pvcRwo = defineRule({
  id: "pvc-rwo",
  title: "each pod of a StatefulSet has its volume to itself",
  ring: "cluster",
  severity: "info",
  rationale:
    "A volume that many nodes mount is a way from one pod to the next, and two writers that do not know of each other destroy what they write.",
  remediation: "accessModes: [ReadWriteOncePod]",
  references: references("catalogue/rules.csv: KSEC, KICS, KY readwriteonce-pod", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "many writers",
        resources: [statefulSetWithClaim({ accessModes: ["ReadWriteMany"] })],
        path: `${PATH}[0]`,
      },
    ],
    pass: [
      { title: "one pod", resources: [statefulSetWithClaim({ accessModes: ["ReadWriteOncePod"] })] },
      { title: "one node", resources: [statefulSetWithClaim({ accessModes: ["ReadWriteOnce"] })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [statefulSetWithClaim({ accessModes: unresolved("list") })],
        path: PATH,
      },
    ],
  },
  ...onKubernetes(["kubernetes:apps/v1:StatefulSet"], ({ object, root }) => {
    const lists = root
      .at("spec", "volumeClaimTemplates")
      .items()
      .map((template) => template.at("spec", "accessModes"));
    if (lists.length === 0) return notApplicable("it has no claims of its own");
    const undecided = `who may write to the volumes of ${labelOf(object)} is not known before the deployment`;
    return lists.flatMap((list) => {
      if (list.isUnknown) return [unknown(list, undecided)];
      return list.items().map((item) => {
        const mode = item.string();
        if (mode === UNKNOWN) return unknown(item, undecided);
        return ALONE.has(mode) ? pass() : fail(item, `many nodes may mount the volume of a pod of ${labelOf(object)}`);
      });
    });
  }),
});
