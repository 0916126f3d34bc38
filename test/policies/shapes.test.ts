import type { Plan } from "../../plan/model/index.js";
import { World } from "../../plan/world/index.js";
import { deployment, manifest, planOfExample, unresolved } from "../../policies/examples.js";
import type { ExampleResource } from "../../policies/index.js";
import { judge } from "../../policies/index.js";
import { onKubernetes } from "../../policies/shapes.js";
import { contextOf } from "./said.js";
import { pass } from "../../policies/verdicts.js";

const TODAY = new Date("2026-11-21");

function planOf(...resources: readonly ExampleResource[]): Plan {
  return planOfExample({ title: "a plan", resources });
}

describe("containers", () => {
  const privileged = { securityContext: { privileged: true } };
  const spec = {
    initContainers: [{ name: "i", ...privileged }],
    containers: [{ name: "c", ...privileged }],
    ephemeralContainers: [{ name: "e", ...privileged }],
  };
  const template = { spec: { template: { spec } } };
  const at = (kind: string) =>
    judge(planOf(manifest({ ...kindOf(kind), metadata: { name: "x", namespace: "vote" } })), {
      rules: ["pod-no-privileged"],
      today: TODAY,
    }).findings.map((f) => f.path);
  const kindOf = (kind: string) => {
    switch (kind) {
      case "Pod":
        return { apiVersion: "v1", kind, spec };
      case "PodTemplate":
        return { apiVersion: "v1", kind, template: { spec } };
      case "ReplicationController":
        return { apiVersion: "v1", kind, ...template };
      case "Job":
        return { apiVersion: "batch/v1", kind, ...template };
      case "CronJob":
        return { apiVersion: "batch/v1", kind, spec: { jobTemplate: { spec: { template: { spec } } } } };
      default:
        return { apiVersion: "apps/v1", kind, ...template };
    }
  };

  test.each([
    ["Pod", "spec"],
    ["PodTemplate", "template.spec"],
    ["ReplicationController", "spec.template.spec"],
    ["ReplicaSet", "spec.template.spec"],
    ["Deployment", "spec.template.spec"],
    ["StatefulSet", "spec.template.spec"],
    ["DaemonSet", "spec.template.spec"],
    ["Job", "spec.template.spec"],
    ["CronJob", "spec.jobTemplate.spec.template.spec"],
  ])("of a %s are read in all three lists, below %s", (kind, path) => {
    expect(at(kind)).toEqual(
      ["containers", "ephemeralContainers", "initContainers"].map(
        (list) => `${path}.${list}[0].securityContext.privileged`,
      ),
    );
  });
});

test("a kind is read at every version of its group, and in no other group", () => {
  const { check } = onKubernetes(["kubernetes:networking.k8s.io/v1:Ingress"], () => pass());
  const world = new World(
    planOf(
      manifest({ apiVersion: "networking.k8s.io/v1beta1", kind: "Ingress", metadata: { name: "older" } }),
      manifest({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "newer" } }),
      manifest({ apiVersion: "example.com/v1", kind: "Ingress", metadata: { name: "other" } }),
    ),
  );
  const outcomes = [...check(contextOf(world))];
  expect(outcomes.map((outcome) => outcome.resource?.name)).toEqual(["older", "newer"]);
});

test.each([
  ["the list of containers", { containers: unresolved("list") }, "spec.template.spec.containers"],
  [
    "one container",
    { containers: [unresolved("object")] },
    "spec.template.spec.containers[0].securityContext.privileged",
  ],
])("%s that nobody knows is unknown, not a pass", (_, spec, path) => {
  const { findings } = judge(planOf(deployment("web", spec)), { rules: ["pod-no-privileged"], today: TODAY });
  expect(findings.map((f) => [f.verdict, f.path])).toEqual([["unknown", path]]);
});

test("a pod that nobody knows at all is unknown once", () => {
  const job = manifest({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "x" },
    spec: { template: unresolved("object") },
  });
  const { findings } = judge(planOf(job), { rules: ["pod-no-privileged"], today: TODAY });
  expect(findings.map((f) => [f.verdict, f.path])).toEqual([["unknown", "spec.template.spec"]]);
});
