/**
 * Where kinds keep their pod templates. Read 2026-11-21 from the API references named beside each group.
 *
 * Left out are kinds whose template is a patch to what their operator makes (Strimzi, ECK, Flink, Spark, KServe), and Tekton
 * tasks, whose pods get their security context from the run: what is absent there says nothing about the pods.
 */

/** Steps to a `PodTemplateSpec`, which has `metadata` and `spec`; `*` stands for every item of a list or value of a map. */
export type TemplatePath = readonly string[];

const AT_SPEC: readonly TemplatePath[] = [["spec", "template"]];
const JOB_SETS: TemplatePath = ["replicatedJobs", "*", "template", "spec", "template"];
const RAY_CLUSTER: readonly TemplatePath[] = [
  ["headGroupSpec", "template"],
  ["workerGroupSpecs", "*", "template"],
];

/** The templates of a kind, by `<group>/<kind>`; the path of a Pod is empty. */
export const POD_TEMPLATES: Readonly<Record<string, readonly TemplatePath[]>> = {
  // Kubernetes: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
  "/Pod": [[]],
  "/PodTemplate": [["template"]],
  "/ReplicationController": AT_SPEC,
  "apps/ReplicaSet": AT_SPEC,
  "apps/Deployment": AT_SPEC,
  "apps/StatefulSet": AT_SPEC,
  "apps/DaemonSet": AT_SPEC,
  "batch/Job": AT_SPEC,
  "batch/CronJob": [["spec", "jobTemplate", "spec", "template"]],
  // OpenShift: https://docs.openshift.com, DeploymentConfig [apps.openshift.io/v1]
  "apps.openshift.io/DeploymentConfig": AT_SPEC,
  // Argo Rollouts: https://argo-rollouts.readthedocs.io/en/stable/features/specification/
  "argoproj.io/Rollout": AT_SPEC,
  "argoproj.io/Experiment": [["spec", "templates", "*", "template"]],
  "argoproj.io/AnalysisTemplate": [["spec", "metrics", "*", "provider", "job", "spec", "template"]],
  "argoproj.io/ClusterAnalysisTemplate": [["spec", "metrics", "*", "provider", "job", "spec", "template"]],
  // Knative: https://knative.dev/docs/serving/reference/serving-api/, .../eventing/reference/eventing-api/
  "serving.knative.dev/Service": AT_SPEC,
  "serving.knative.dev/Configuration": AT_SPEC,
  "serving.knative.dev/Revision": [[]],
  "sources.knative.dev/ContainerSource": AT_SPEC,
  // KEDA: https://keda.sh/docs/latest/reference/scaledjob-spec/
  "keda.sh/ScaledJob": [["spec", "jobTargetRef", "template"]],
  // JobSet, LeaderWorkerSet, Kueue: https://jobset.sigs.k8s.io, https://lws.sigs.k8s.io, https://kueue.sigs.k8s.io
  "jobset.x-k8s.io/JobSet": [["spec", ...JOB_SETS]],
  "leaderworkerset.x-k8s.io/LeaderWorkerSet": [
    ["spec", "leaderWorkerTemplate", "leaderTemplate"],
    ["spec", "leaderWorkerTemplate", "workerTemplate"],
  ],
  "kueue.x-k8s.io/Workload": [["spec", "podSets", "*", "template"]],
  // Agent Sandbox: https://agent-sandbox.sigs.k8s.io
  "agents.x-k8s.io/Sandbox": [["spec", "podTemplate"]],
  "extensions.agents.x-k8s.io/SandboxTemplate": [["spec", "podTemplate"]],
  // OpenKruise: https://openkruise.io/docs/
  "apps.kruise.io/CloneSet": AT_SPEC,
  "apps.kruise.io/StatefulSet": AT_SPEC,
  "apps.kruise.io/DaemonSet": AT_SPEC,
  "apps.kruise.io/BroadcastJob": AT_SPEC,
  "apps.kruise.io/AdvancedCronJob": [
    ["spec", "template", "jobTemplate", "spec", "template"],
    ["spec", "template", "broadcastJobTemplate", "spec", "template"],
  ],
  "apps.kruise.io/UnitedDeployment": [["spec", "template", "*", "spec", "template"]],
  // Kubeflow training operator and trainer: https://www.kubeflow.org/docs/components/
  "kubeflow.org/TFJob": [["spec", "tfReplicaSpecs", "*", "template"]],
  "kubeflow.org/PyTorchJob": [["spec", "pytorchReplicaSpecs", "*", "template"]],
  "kubeflow.org/MPIJob": [["spec", "mpiReplicaSpecs", "*", "template"]],
  "kubeflow.org/XGBoostJob": [["spec", "xgbReplicaSpecs", "*", "template"]],
  "kubeflow.org/PaddleJob": [["spec", "paddleReplicaSpecs", "*", "template"]],
  "kubeflow.org/JAXJob": [["spec", "jaxReplicaSpecs", "*", "template"]],
  "kubeflow.org/Notebook": AT_SPEC,
  "trainer.kubeflow.org/TrainingRuntime": [["spec", "template", "spec", ...JOB_SETS]],
  "trainer.kubeflow.org/ClusterTrainingRuntime": [["spec", "template", "spec", ...JOB_SETS]],
  // Volcano: https://volcano.sh/en/docs/vcjob/
  "batch.volcano.sh/Job": [["spec", "tasks", "*", "template"]],
  // KubeRay: https://ray-project.github.io/kuberay/reference/api/
  "ray.io/RayCluster": RAY_CLUSTER.map((path) => ["spec", ...path]),
  "ray.io/RayJob": [
    ...RAY_CLUSTER.map((path) => ["spec", "rayClusterSpec", ...path]),
    ["spec", "submitterPodTemplate"],
  ],
  "ray.io/RayService": RAY_CLUSTER.map((path) => ["spec", "rayClusterConfig", ...path]),
  // Agones: https://agones.dev/site/docs/reference/
  "agones.dev/GameServer": AT_SPEC,
  "agones.dev/GameServerSet": [["spec", "template", "spec", "template"]],
  "agones.dev/Fleet": [["spec", "template", "spec", "template"]],
};
