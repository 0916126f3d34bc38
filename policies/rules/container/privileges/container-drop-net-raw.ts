import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { capabilityLists, isPrivileged, lists } from "../../../lib/capabilities.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, remove, unknown } from "../../../verdicts.js";

/**
 * No container keeps `NET_RAW`: it drops it by name, or drops `ALL` and does not add it back. Runtimes add first, then
 * drop all, then add and drop by name, so that a drop by name holds. Pods that say they run on Windows have no
 * capabilities.
 */
export const containerDropNetRaw = defineRule({
  id: "container-drop-net-raw",
  title: "containers cannot forge packets",
  ring: "container",
  severity: "medium",
  rationale:
    "NET_RAW is given by default. With it an intruder answers for other addresses of the node's pods, and reads and changes what they say to each other and to the DNS.",
  remediation: 'securityContext: { capabilities: { drop: ["ALL"] } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_28, KSV-0119, C-0199, KY drop-cap-net-raw, KL drop-net-raw-capability, AC_K8S_0048, KICS, PRW",
    { "cis-kubernetes": ["5.2.8"], attack: ["T1557"] },
  ),
  since: "0.1.0",
  covers: ["namespace-plaintext-traffic-interceptable"],
  examples: {
    fail: [
      {
        title: "left out, which keeps it",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].securityContext.capabilities.drop",
      },
      {
        title: "all dropped, this one added back",
        resources: [container("web", { securityContext: { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]",
      },
    ],
    pass: [
      {
        title: "dropped by name",
        resources: [container("web", { securityContext: { capabilities: { drop: ["NET_RAW"] } } })],
      },
      {
        title: "all dropped",
        resources: [
          container("web", { securityContext: { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } }),
        ],
      },
    ],
    unknown: [
      {
        title: "the list is an output",
        resources: [container("web", { securityContext: { capabilities: { drop: unresolved("list") } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.drop",
      },
    ],
  },
  ...onContainers((container) => {
    const { add, drop } = capabilityLists(container);
    const { containerLabel, spec } = container;
    if (spec.at("os", "name").string() === "windows") return notApplicable("Windows has no capabilities");
    if (isPrivileged(container) === true) return notApplicable("a privileged container has every capability");
    const byName = lists(drop, "NET_RAW");
    if (byName === true) return pass();
    const all = lists(drop, "ALL");
    const undecided = `whether ${containerLabel} can forge packets is not known before the deployment`;
    if (all === UNKNOWN || byName === UNKNOWN) return unknown(drop, undecided);
    const message = `${containerLabel} can forge packets, and so speak for other pods of its node`;
    if (!all) return fail(drop, message);
    if (add.isUnknown) return unknown(add, undecided);
    const back = add.items().find((item) => lists(item, "NET_RAW") === true);
    if (back !== undefined) return fail(back, message, { fix: [remove(back)] });
    const late = add.items().find((item) => item.isUnknown);
    return late === undefined ? pass() : unknown(late, undecided);
  }),
});
