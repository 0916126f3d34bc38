import {
  DisruptionBudget,
  HardenedCronJob,
  HardenedDaemonSet,
  HardenedDeployment,
  HardenedJob,
  HardenedNamespace,
  HardenedStatefulSet,
  WorkloadPriority,
} from "../../constructs/index.js";
import { IMAGE, only, problems, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

const inShop = (build: (ns: HardenedNamespace) => void): readonly Manifest[] =>
  synth((chart) => {
    build(new HardenedNamespace(chart, "shop"));
  });
const problemsInShop = (build: (ns: HardenedNamespace) => void): readonly string[] =>
  problems((chart) => {
    build(new HardenedNamespace(chart, "shop"));
  });

/** What every pod has, whoever makes it. */
const CORE = {
  serviceAccountName: "task",
  automountServiceAccountToken: false,
  hostUsers: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 10001,
    runAsGroup: 10001,
    fsGroup: 10001,
    seccompProfile: { type: "RuntimeDefault" },
  },
  containers: [
    {
      securityContext: {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: { limits: { memory: "256Mi", "ephemeral-storage": "256Mi" } },
    },
  ],
};

test("HardenedDaemonSet updates node by node, with the core of every workload", () => {
  const manifests = inShop((ns) => new HardenedDaemonSet(ns, "task", { image: IMAGE }));
  expect(only(manifests, "DaemonSet", "task")).toMatchObject({
    apiVersion: "apps/v1",
    metadata: { namespace: "shop" },
    spec: {
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
      selector: { matchLabels: { "app.kubernetes.io/name": "task" } },
      template: { metadata: { labels: { "app.kubernetes.io/name": "task" } }, spec: CORE },
    },
  });
  const kinds = manifests.map(({ kind, metadata: { name } }) => `${kind} ${name}`);
  expect(kinds).toEqual(expect.arrayContaining(["ServiceAccount task", "NetworkPolicy task"]));
  expect(kinds.filter((kind) => kind.startsWith("PodDisruptionBudget"))).toEqual([]);
});

test("HardenedJob ends, is deleted, and is not restarted in place", () => {
  const manifests = inShop((ns) => new HardenedJob(ns, "task", { image: IMAGE }));
  expect(only(manifests, "Job", "task")).toMatchObject({
    apiVersion: "batch/v1",
    spec: {
      completions: 1,
      parallelism: 1,
      backoffLimit: 3,
      activeDeadlineSeconds: 3600,
      ttlSecondsAfterFinished: 86400,
      template: { spec: { restartPolicy: "Never", ...CORE } },
    },
  });
  expect(only(manifests, "Job", "task")["spec"]).not.toHaveProperty("selector");
});

test("HardenedCronJob runs one after the other, in UTC", () => {
  const manifests = inShop((ns) => new HardenedCronJob(ns, "task", { image: IMAGE, schedule: "30 2 * * *" }));
  expect(only(manifests, "CronJob", "task")).toMatchObject({
    spec: {
      schedule: "30 2 * * *",
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: { backoffLimit: 3, template: { spec: { restartPolicy: "Never", ...CORE } } },
      },
    },
  });
});

test.each([
  ["@daily", true],
  ["*/5 0-6,20 1 jan-MAR sun", true],
  ["0 0 31 12 6", true],
  ["60 0 * * *", false],
  ["0 24 * * *", false],
  ["0 0 0 * *", false],
  ["0 0 * 13 *", false],
  ["0 0 * * 7", false],
  ["5-1 * * * *", false],
  ["*/0 * * * *", false],
  ["* * * *", false],
  ["TZ=UTC 0 0 * * *", false],
  ["@reboot", false],
])("the schedule '%s' is good: %s", (schedule, good) => {
  expect(problemsInShop((ns) => new HardenedCronJob(ns, "task", { image: IMAGE, schedule })).length === 0).toBe(good);
});

test("replicas that follow the load leave the number to the autoscaler", () => {
  const manifests = inShop((ns) => {
    new HardenedDeployment(ns, "web", { image: IMAGE, autoscaling: { maxReplicas: 6 } });
    new HardenedStatefulSet(ns, "queue", {
      image: IMAGE,
      autoscaling: { minReplicas: 1, maxReplicas: 2, memoryUtilizationPercent: 60 },
    });
  });
  expect(only(manifests, "Deployment", "web")["spec"]).not.toHaveProperty("replicas");
  expect(only(manifests, "HorizontalPodAutoscaler", "web")["spec"]).toEqual({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  });
  expect(only(manifests, "HorizontalPodAutoscaler", "queue")["spec"]).toMatchObject({
    scaleTargetRef: { kind: "StatefulSet", name: "queue" },
    metrics: [{ resource: { name: "memory" } }],
  });
  expect(only(manifests, "PodDisruptionBudget", "web")["spec"]).toMatchObject({ maxUnavailable: 1 });
  expect(manifests.filter(({ kind }) => kind === "PodDisruptionBudget")).toHaveLength(1);
});

test("a budget by choice, also for one replica", () => {
  const manifests = inShop((ns) => {
    new HardenedDeployment(ns, "web", {
      image: IMAGE,
      replicas: 4,
      disruptionBudget: DisruptionBudget.minAvailable(3),
    });
    new HardenedDeployment(ns, "one", {
      image: IMAGE,
      replicas: 1,
      disruptionBudget: DisruptionBudget.maxUnavailable(1),
    });
  });
  expect(only(manifests, "PodDisruptionBudget", "web")["spec"]).toMatchObject({ minAvailable: 3 });
  expect(only(manifests, "PodDisruptionBudget", "web")["spec"]).not.toHaveProperty("maxUnavailable");
  expect(only(manifests, "PodDisruptionBudget", "one")["spec"]).toMatchObject({ maxUnavailable: 1 });
});

test("a priority class waits at the front and is nobody's default", () => {
  const manifests = synth(
    (chart) => new WorkloadPriority(chart, "web", { value: 1000, description: "answers people" }),
  );
  expect(only(manifests, "PriorityClass", "web")).toMatchObject({
    value: 1000,
    globalDefault: false,
    preemptionPolicy: "Never",
    description: "answers people",
  });
});

test("bad numbers and contradictions are told", () => {
  const told = problemsInShop((ns) => {
    new HardenedDeployment(ns, "a", { image: IMAGE, replicas: 2, autoscaling: { minReplicas: 4, maxReplicas: 3 } });
    new HardenedDeployment(ns, "b", { image: IMAGE, replicas: 2, disruptionBudget: DisruptionBudget.minAvailable(2) });
    new HardenedJob(ns, "c", { image: IMAGE, completions: 2, parallelism: 3 });
    new HardenedCronJob(ns, "d", {
      image: IMAGE,
      schedule: "@daily",
      timeZone: "Mars/Base",
      startingDeadlineSeconds: 1,
    });
    new HardenedDaemonSet(ns, "e", { image: IMAGE, maxUnavailable: 0 });
    new WorkloadPriority(ns, "system-web", { value: 2_000_000_000, description: "too high" });
  });
  expect(told).toEqual([
    "'autoscaling.maxReplicas' must not be below the minimum of 4, got 3. Raise it",
    "'replicas' must be absent beside 'autoscaling', got 2. Say it as 'autoscaling.minReplicas'",
    "'disruptionBudget.minAvailable' must be a whole number from 1 to 1, got 2. Give a number in that range",
    "'parallelism' must not exceed the 2 completions, got 3. Raise 'completions' or lower 'parallelism'",
    "'timeZone' must be a zone of the IANA database, got 'Mars/Base'. Write it like 'Europe/Berlin'",
    "'startingDeadlineSeconds' must be a whole number from 10 to 604800, got 1. Give a number in that range",
    "'maxUnavailable' must be a whole number from 1 to 1000, got 0. Give a number in that range",
    "'name' must not begin with 'system-', got 'system-web'. Kubernetes keeps these: rename it",
    "'value' must be a whole number from -1000000000 to 1000000000, got 2000000000. Give a number in that range",
  ]);
});
