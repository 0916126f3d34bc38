import type { PlannedResource } from "../../../../plan/model/index.js";
import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, deployment, manifest, planned, ref, unresolved } from "../../../examples.js";
import { ofCluster } from "../../../lib/eks.js";
import { FARGATE_PROFILE, placesOnFargate } from "../../../lib/fargate.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import type { PodView } from "../../../shapes.js";
import { containersOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { expectBoolean, expectRead, fail, notApplicable, pass } from "../../../verdicts.js";

const PROFILE = [
  planned(FARGATE_PROFILE, "vote-profile", { clusterName: ref("prod", "name"), selectors: [{ namespace: "vote" }] }),
  ...cluster(),
];

function onFargate(spec: ExampleObject) {
  return [deployment("web", { containers: [{ name: "web", image: "web" }], ...spec }, { provider: "k8s" }), ...PROFILE];
}

/**
 * What a Fargate profile selects can run there: no DaemonSet, nothing privileged, no port, network or path of the host, no
 * volume of EBS (EKS user guide, "Simplify compute management with AWS Fargate", considerations).
 */
export const fargateFit = defineRule({
  id: "fargate-fit",
  title: "what a Fargate profile selects can run on Fargate",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Fargate refuses such pods, and they stay pending for ever. For an agent that watches the others, that is a hole that nobody sees; and the quick way out is to move everything to shared nodes.",
  remediation:
    'selectors: [{ namespace: "vote", labels: { compute: "fargate" } }]  // and the label on the pods that fit',
  references: references("catalogue/cross-ring-rules.csv: N27", { "owasp-k8s": ["K01"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a path of the host",
        resources: onFargate({ volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] }),
        path: "spec.template.spec.volumes[0].hostPath",
      },
      {
        title: "a privileged container",
        resources: onFargate({ containers: [{ name: "web", image: "web", securityContext: { privileged: true } }] }),
        path: "spec.template.spec.containers[0].securityContext.privileged",
      },
      {
        title: "one pod on each node, where there are none",
        resources: [
          manifest(
            {
              apiVersion: "apps/v1",
              kind: "DaemonSet",
              metadata: { name: "agent", namespace: "vote" },
              spec: { template: { spec: { containers: [] } } },
            },
            { provider: "k8s" },
          ),
          ...PROFILE,
        ],
        path: "kind",
      },
    ],
    pass: [
      {
        title: "an empty directory",
        resources: onFargate({ volumes: [{ name: "tmp", emptyDir: {} }] }),
      },
      {
        title: "a path of the host, in a namespace that the profile leaves to nodes",
        resources: [
          ...onFargate({}),
          manifest(
            {
              apiVersion: "v1",
              kind: "Pod",
              metadata: { name: "agent", namespace: "ops" },
              spec: { hostNetwork: true, containers: [] },
            },
            { provider: "k8s" },
          ),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides on the host's network",
        resources: onFargate({ hostNetwork: unresolved("boolean") }),
        path: "spec.template.spec.hostNetwork",
      },
    ],
  },
  ...onPods((pod) => {
    const { object } = pod.workload;
    const eks = eksClusterOf(pod.world, object.cluster);
    const profile = eks === undefined ? undefined : profileOf(pod, eks);
    if (profile === undefined) return notApplicable("no Fargate profile selects it");
    return [judgeKind(pod, profile), ...judgeHost(pod, profile), ...judgeContainers(pod, profile)];
  }),
  reads: [...WORKLOAD_TYPES, FARGATE_PROFILE, EKS_CLUSTER],
});

const cache = new WeakMap<World, Map<PlannedResource, readonly PlannedResource[]>>();

function profileOf(pod: PodView, eks: PlannedResource): PlannedResource | undefined {
  const { world, workload } = pod;
  let known = cache.get(world);
  if (known === undefined) cache.set(world, (known = new Map<PlannedResource, readonly PlannedResource[]>()));
  let profiles = known.get(eks);
  if (profiles === undefined) {
    profiles = ofCluster(world, eks, FARGATE_PROFILE).map(({ resource }) => resource);
    known.set(eks, profiles);
  }
  return profiles.find((profile) =>
    world
      .inputsOf(profile)
      .at("selectors")
      .items()
      .some((selector) => placesOnFargate(selector, workload)),
  );
}

function judgeKind({ workload, label }: PodView, profile: PlannedResource): Verdict {
  const { object } = workload;
  return object.kind === "DaemonSet"
    ? fail(
        object.root.at("kind"),
        `Fargate profile '${profile.name}' selects the pods of ${label}, and Fargate has no nodes to put one on each`,
      )
    : pass();
}

function judgeHost({ spec, label }: PodView, profile: PlannedResource): readonly Verdict[] {
  const says = `Fargate profile '${profile.name}' selects ${label}, and Fargate runs no pod`;
  const undecided = `whether ${label} can run on Fargate is not known before the deployment`;
  const flags = ["hostNetwork", "hostPID", "hostIPC"].map((field) =>
    expectBoolean(spec.at(field), {
      absent: false,
      accept: (value) => !value,
      message: `${says} with ${field}`,
      undecided,
    }),
  );
  const volumes = spec
    .at("volumes")
    .items()
    .flatMap((volume) => {
      const found = ["hostPath", "awsElasticBlockStore"].map((kind) => volume.at(kind)).find((at) => !at.isAbsent);
      return found === undefined ? [] : [fail(found, `${says} with a ${found.path.replace(/.*\./, "")} volume`)];
    });
  return [...flags, ...volumes];
}

function judgeContainers(pod: PodView, profile: PlannedResource): readonly Verdict[] {
  return containersOf(pod).flatMap(({ at, containerLabel }) => {
    const says = `Fargate profile '${profile.name}' selects ${containerLabel}, and Fargate runs no container`;
    const undecided = `whether ${containerLabel} can run on Fargate is not known before the deployment`;
    const none = (place: Cursor, what: string): Verdict =>
      expectRead(place, place.isUnknown ? UNKNOWN : place.isAbsent, {
        absent: true,
        accept: (isAbsent) => isAbsent,
        message: `${says} with ${what}`,
        undecided,
      });
    const resources = ["limits", "requests"].map((kind) => at.at("resources", kind, "nvidia.com/gpu"));
    return [
      expectBoolean(at.at("securityContext", "privileged"), {
        absent: false,
        accept: (value) => !value,
        message: `${says} that is privileged`,
        undecided,
      }),
      ...at
        .at("ports")
        .items()
        .map((port) => none(port.at("hostPort"), "a port of the host")),
      ...resources.map((place) => none(place, "a GPU")),
    ];
  });
}
