import type { Cursor, Read, Workload } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { limits, replicasOf } from "../../../lib/disruption.js";
import { workloadsIn } from "../../../lib/selecting.js";
import type { ExampleValue } from "../../../model.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const WEB = manifest({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "vote" },
  spec: { replicas: 2, template: { metadata: { labels: { app: "web" } }, spec: { containers: [] } } },
});

function budget(field: "maxUnavailable" | "minAvailable", value: ExampleValue) {
  return manifest(
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "web", namespace: "vote" },
      spec: { [field]: value, selector: { matchLabels: { app: "web" } } },
    },
    { as: "budget" },
  );
}

/**
 * Each PodDisruptionBudget lets at least one pod of each workload that it selects go: counted as the disruption controller
 * does, a percentage rounded up.
 */
export const pdbAllowsDisruption = defineRule({
  id: "pdb-allows-disruption",
  title: "a disruption budget lets a pod go",
  ring: "cluster",
  severity: "info",
  rationale:
    "A budget that lets no pod go blocks every drain: node updates wait for it, then run out of time, and fixes of the nodes stay away.",
  remediation: "maxUnavailable: 1",
  references: references(
    "catalogue/rules.csv: GK poddisruptionbudget, KL pdb-*, PO pdbDisruptionsIsZero, PCP, KY ×4",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "none may go", resources: [budget("maxUnavailable", 0), WEB], path: "spec.maxUnavailable" },
      {
        title: "as many must stay as there are",
        resources: [budget("minAvailable", 2), WEB],
        path: "spec.minAvailable",
      },
      { title: "51% of two, rounded up", resources: [budget("minAvailable", "51%"), WEB], path: "spec.minAvailable" },
    ],
    pass: [
      { title: "one may go", resources: [budget("maxUnavailable", 1), WEB] },
      { title: "half of two must stay", resources: [budget("minAvailable", "50%"), WEB] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [budget("maxUnavailable", unresolved("number")), WEB],
        path: "spec.maxUnavailable",
      },
    ],
  },
  ...onKubernetes(["kubernetes:policy/v1:PodDisruptionBudget"], ({ object, root, world }) => {
    const [max, min] = [root.at("spec", "maxUnavailable"), root.at("spec", "minAvailable")];
    const at = max.isAbsent ? min : max;
    if (at.isAbsent) return notApplicable("without a number one pod must stay");
    const workloads = object.namespace === undefined ? [] : workloadsIn(world, object.cluster, object.namespace);
    const limited = workloads.filter((one) => RUN_REPLICAS.has(one.object.kind) && limits(object, one) === true);
    const undecided = `how many pods ${labelOf(object)} lets go is not known before the deployment`;
    if (limited.length === 0)
      return at.isUnknown ? unknown(at, undecided) : notApplicable("no planned workload is limited");
    return limited.map((workload) => {
      const left = letGo(at, workload, !max.isAbsent);
      if (left === UNKNOWN) return unknown(at, undecided);
      const message = `${labelOf(object)} lets no pod of ${labelOf(workload.object)} go, so that its nodes cannot be drained`;
      return left > 0 ? pass() : fail(at, message);
    });
  }),
  reads: ["kubernetes:policy/v1:PodDisruptionBudget", ...WORKLOAD_TYPES],
});

const RUN_REPLICAS: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

/** How many pods of a workload may be gone at once. */
function letGo(at: Cursor, workload: Workload, isMax: boolean): Read<number> {
  const replicas = replicasOf(workload);
  const number = at.number();
  const text = at.string();
  if (replicas === UNKNOWN || number === UNKNOWN || text === UNKNOWN) return UNKNOWN;
  const [, percent] = /^(\d+)%$/.exec(text ?? "") ?? [];
  const stated = percent === undefined ? (number ?? 0) : Math.ceil((Number(percent) * replicas) / 100);
  return isMax ? stated : replicas - stated;
}
