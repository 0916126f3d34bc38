import type { Workload, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { labelOf, onPods } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

function workload(name: string, serviceAccountName: string) {
  return deployment(name, { serviceAccountName, containers: [] });
}

const JOB = manifest(
  {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "migrate", namespace: "jobs" },
    spec: { template: { spec: { serviceAccountName: "web", containers: [] } } },
  },
  { as: "job" },
);

/** Each service account but `default`, which has a rule of its own, is that of one workload. */
export const podSaNotShared = defineRule({
  id: "pod-sa-not-shared",
  title: "each workload has a service account to itself",
  ring: "cluster",
  severity: "low",
  rationale:
    "Workloads that share an account share their rights, in the cluster and by its role in the cloud: each has what any of them needs, and the audit log names them all alike.",
  remediation: "serviceAccountName: result  // an account of its own, with the rights that it needs",
  references: references("catalogue/rules.csv: KICS c1032cf7, HE", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "two Deployments, one account",
        resources: [workload("vote", "app"), workload("result", "app")],
        path: "spec.template.spec.serviceAccountName",
      },
    ],
    pass: [
      { title: "one each", resources: [workload("vote", "vote"), workload("result", "result")] },
      { title: "the same name in two namespaces", resources: [workload("web", "web"), JOB] },
    ],
    unknown: [
      {
        title: "the name is an output",
        resources: [deployment("web", { serviceAccountName: unresolved("string"), containers: [] })],
        path: "spec.template.spec.serviceAccountName",
      },
    ],
  },
  ...onPods(({ label, spec, workload: self, world }) => {
    const at = spec.at("serviceAccountName");
    const name = at.string();
    if (name === UNKNOWN && world.resolve(self.object.resource, at).length === 0)
      return unknown(at, `which service account ${label} runs as is not known before the deployment`);
    const key = keyOf(world, self);
    if (key === undefined) return notApplicable("it names no service account of its own");
    const other = sharersOf(world, key).find((one) => one !== self);
    return other === undefined
      ? pass()
      : fail(at, `${label} runs as the service account of ${labelOf(other.object)} too`);
  }),
});

const index = new WeakMap<World, ReadonlyMap<string, readonly Workload[]>>();

function sharersOf(world: World, key: string): readonly Workload[] {
  let known = index.get(world);
  if (known === undefined) {
    const found = new Map<string, Workload[]>();
    for (const workload of world.workloads) {
      const one = keyOf(world, workload);
      if (one === undefined) continue;
      const list = found.get(one);
      if (list === undefined) found.set(one, [workload]);
      else list.push(workload);
    }
    index.set(world, (known = found));
  }
  return known.get(key) ?? [];
}

/** What tells accounts apart: the planned account, or the name in its namespace. */
function keyOf(world: World, { object, podSpec }: Workload): string | undefined {
  const at = podSpec.at("serviceAccountName");
  const [referred] = world.resolve(object.resource, at);
  const account = referred === undefined ? undefined : world.objectOf(referred);
  const name = account?.name ?? at.string();
  if (typeof name !== "string" || name === "" || name === "default" || object.namespace === undefined) return undefined;
  return [object.cluster, object.namespace, name].join("|");
}
