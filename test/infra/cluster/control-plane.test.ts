/** Size and settings of the control plane. */
import type { ClusterLogType, ControlPlaneOptions, ControlPlaneTier } from "../../../infra/index.js";
import { ClusterLogs, SupportPolicy } from "../../../infra/index.js";
import { planVersion } from "../../../infra/cluster/version.js";
import { inputs } from "../support.js";
import { clusterPlan } from "./support.js";

const CLUSTER = "aws:eks/cluster:Cluster";
const made = async (controlPlane: ControlPlaneOptions) => inputs(await clusterPlan({ controlPlane }), CLUSTER);

test("every setting reaches EKS as EKS writes it", async () => {
  expect(
    await made({
      tier: "tier-xl",
      eventMinutes: 20,
      nodePorts: { from: 30_000, to: 30_099 },
      autoscalerSeconds: 10,
      finishedPods: 500,
      scoring: { strategy: "MostAllocated", weights: { cpu: 1, "nvidia.com/gpu": 100 } },
    }),
  ).toMatchObject({
    controlPlaneScalingConfig: { tier: "tier-xl" },
    kubeApiServerConfig: { eventTtl: "20m", serviceNodePortRange: { minPort: 30_000, maxPort: 30_099 } },
    kubeControllerManagerConfig: {
      horizontalPodAutoscalerControllerConfig: { horizontalPodAutoscalerSyncPeriod: "10s" },
      podGcControllerConfig: { terminatedPodGcThreshold: 500 },
    },
    kubeSchedulerConfig: {
      nodeResourcesFit: {
        scoringStrategy: {
          type: "MostAllocated",
          resources: [
            { name: "cpu", weight: 1 },
            { name: "nvidia.com/gpu", weight: 100 },
          ],
        },
      },
    },
  });
});

test("one setting mentions none of the others", async () => {
  const cluster = await made({ finishedPods: 0 });
  expect(cluster["kubeControllerManagerConfig"]).toEqual({ podGcControllerConfig: { terminatedPodGcThreshold: 0 } });
  expect(cluster).not.toHaveProperty("kubeApiServerConfig");
  expect((await made({ eventMinutes: 10 }))["kubeApiServerConfig"]).toEqual({ eventTtl: "10m" });
  expect((await made({ scoring: { strategy: "LeastAllocated" } }))["kubeSchedulerConfig"]).toEqual({
    nodeResourcesFit: { scoringStrategy: { type: "LeastAllocated" } },
  });
});

test("what EKS would refuse is refused, all of it at once", async () => {
  await expect(
    made({
      tier: "tier-3xl" as ControlPlaneTier,
      eventMinutes: 9,
      nodePorts: { from: 32_000, to: 10_259 },
      autoscalerSeconds: 16,
      finishedPods: 12_501,
      scoring: { strategy: "LeastAllocated", weights: { cpu: 0 } },
    }),
  ).rejects.toThrow(
    [
      "Cluster 'prod':",
      "  'controlPlane.tier' must be a tier of EKS, got 'tier-3xl'. Choose one of standard, tier-xl, tier-2xl, tier-4xl, tier-8xl",
      "  'controlPlane.eventMinutes' must be a whole number from 10 to 60, got 9. Leave it out for what EKS has",
      "  'controlPlane.nodePorts.to' must be a whole number from 10260 to 32767, got 10259. Leave it out for what EKS has",
      "  'controlPlane.autoscalerSeconds' must be a whole number from 10 to 15, got 16. Leave it out for what EKS has",
      "  'controlPlane.finishedPods' must be a whole number from 0 to 12500, got 12501. Leave it out for what EKS has",
      "  'controlPlane.scoring.weights.cpu' must be a whole number from 1 to 100, got 0. Leave it out for what EKS has",
      `  'controlPlane.nodePorts' must be a range, got {"from":32000,"to":10259}. Write the lower port first`,
    ].join("\n"),
  );
});

test("the autoscaler's pace needs a tier that is paid for", async () => {
  const line =
    "'controlPlane.autoscalerSeconds' must go with a tier above standard, got 10. Set `controlPlane.tier` to 'tier-xl', or leave it out";
  await expect(made({ autoscalerSeconds: 10 })).rejects.toThrow(line);
  await expect(made({ autoscalerSeconds: 10, tier: "standard" })).rejects.toThrow(line);
});

test("a log that does not exist cannot be left out", async () => {
  const logs = ClusterLogs.without(["etcd" as ClusterLogType], { reason: "from plain JavaScript" });
  await expect(clusterPlan({ logs })).rejects.toThrow(
    "'logs.leftOut[0]' must be a log of the control plane, got 'etcd'. Choose among api, audit, authenticator, controllerManager, scheduler",
  );
});

describe("extended support", () => {
  const on = (version: string, day: string) => planVersion(version, new Date(day), true);

  test("accepts what standard support has dropped, with a warning", () => {
    expect(on("1.33", "2026-11-21")).toEqual({
      issues: [],
      warning:
        "EKS ends extended support of Kubernetes 1.33 on 2027-07-29, in 250 days. EKS supports 1.34, 1.35, 1.36, 1.37",
    });
  });

  test("ends too", () => {
    expect(on("1.31", "2026-11-27").issues.map(({ rule }) => rule)).toEqual([
      "must be in extended support, which ended",
    ]);
    expect(on("1.31", "2026-11-26").issues).toEqual([]);
  });

  test("is asked for with a reason", () => {
    expect(() => SupportPolicy.extended({ reason: "later" })).toThrow("'reason' must say why");
  });
});
