import { defineRule, references } from "../../../define.js";
import { container, planned, unresolved } from "../../../examples.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** Minor version whose kubelets all hold a sub-path inside its volume (CVE-2021-25741, fixed in 1.22.2 and before 1.23). */
const FIXED_SINCE = 23;
const OLD = planned("aws:eks/cluster:Cluster", "prod", { version: "1.22" });
const MOUNTED = { volumeMounts: [{ name: "data", mountPath: "/data", subPath: "web" }] };
const PATH = "spec.template.spec.containers[0].volumeMounts";

/** No container mounts a sub-path on a version whose kubelets may follow a link in it out of the volume (CVE-2021-25741). */
export const podNoSubpathCve = defineRule({
  id: "pod-no-subpath-cve",
  title: "sub-paths are mounted where they stay in their volume",
  ring: "container",
  severity: "info",
  rationale:
    "Before 1.23 some kubelets followed a link that a container had put into its volume, and mounted any file of the node in place of the sub-path.",
  remediation: 'version: "1.33"  // of the cluster; or the whole volume: volumeMounts without subPath',
  references: references("catalogue/rules.csv: C-0058, DATREE", {}),
  since: "0.1.0",
  examples: {
    fail: [{ title: "1.22", resources: [container("web", MOUNTED), OLD], path: `${PATH}[0].subPath` }],
    pass: [
      { title: "a present version", resources: [container("web", MOUNTED)] },
      {
        title: "the whole volume",
        resources: [container("web", { volumeMounts: [{ name: "data", mountPath: "/data" }] }), OLD],
      },
    ],
    unknown: [
      {
        title: "the mounts are an output",
        resources: [container("web", { volumeMounts: unresolved("list") }), OLD],
        path: PATH,
      },
    ],
  },
  ...onContainers(({ at, containerLabel, world }) => {
    const list = at.at("volumeMounts");
    const version = minorVersion(world.kubernetesVersion);
    if (version >= FIXED_SINCE) return pass();
    if (list.isUnknown) return unknown(list, `what ${containerLabel} mounts is not known before the deployment`);
    if (list.items().length === 0) return notApplicable("it mounts nothing");
    return list.items().map((mount) => {
      const place = mount.at(mount.at("subPathExpr").isAbsent ? "subPath" : "subPathExpr");
      const message = `kubelets of 1.${version} may follow a link that ${containerLabel} puts there out of the volume`;
      return place.isAbsent ? pass() : fail(place, message);
    });
  }),
});
