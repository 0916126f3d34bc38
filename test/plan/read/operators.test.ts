import { World } from "../../../plan/index.js";
import { readStdin } from "./support.js";

const POD = "{metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: nginx}]}}";

/** Where the workloads of an object keep their pods. */
async function podsOf(apiVersion: string, kind: string, spec: string): Promise<readonly string[]> {
  const read = await readStdin(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\nspec: ${spec}\n`);
  const { workloads } = new World(read.plan);
  expect(workloads.every(({ podLabels, containers }) => podLabels["app"] === "x" && containers.length === 1)).toBe(
    true,
  );
  return workloads.map(({ podSpec }) => podSpec.path);
}

describe("pods of operators are workloads", () => {
  test.each([
    ["argoproj.io/v1alpha1", "Rollout", `{template: ${POD}}`, ["spec.template.spec"]],
    ["serving.knative.dev/v1", "Service", `{template: ${POD}}`, ["spec.template.spec"]],
    ["keda.sh/v1alpha1", "ScaledJob", `{jobTargetRef: {template: ${POD}}}`, ["spec.jobTargetRef.template.spec"]],
    [
      "jobset.x-k8s.io/v1alpha2",
      "JobSet",
      `{replicatedJobs: [{template: {spec: {template: ${POD}}}}, {template: {spec: {template: ${POD}}}}]}`,
      ["spec.replicatedJobs[0].template.spec.template.spec", "spec.replicatedJobs[1].template.spec.template.spec"],
    ],
    [
      "leaderworkerset.x-k8s.io/v1",
      "LeaderWorkerSet",
      `{leaderWorkerTemplate: {workerTemplate: ${POD}}}`,
      ["spec.leaderWorkerTemplate.workerTemplate.spec"],
    ],
    [
      "kubeflow.org/v1",
      "PyTorchJob",
      `{pytorchReplicaSpecs: {Master: {template: ${POD}}, Worker: {template: ${POD}}}}`,
      ["spec.pytorchReplicaSpecs.Master.template.spec", "spec.pytorchReplicaSpecs.Worker.template.spec"],
    ],
    [
      "ray.io/v1",
      "RayCluster",
      `{headGroupSpec: {template: ${POD}}, workerGroupSpecs: [{template: ${POD}}]}`,
      ["spec.headGroupSpec.template.spec", "spec.workerGroupSpecs[0].template.spec"],
    ],
  ])("%s %s", async (apiVersion, kind, spec, paths) => {
    expect(await podsOf(apiVersion, kind, spec)).toEqual(paths);
  });

  test("and none where the template is left out, or nobody knows the kind", async () => {
    expect(await podsOf("argoproj.io/v1alpha1", "Rollout", "{workloadRef: {kind: Deployment, name: y}}")).toEqual([]);
    expect(await podsOf("example.com/v1", "Thing", `{template: ${POD}}`)).toEqual([]);
  });
});
