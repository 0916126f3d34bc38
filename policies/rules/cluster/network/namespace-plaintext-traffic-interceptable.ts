import { UNKNOWN } from "../../../../plan/world/index.js";
import type { PlannedResource } from "../../../../plan/model/index.js";
import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, manifest, unresolved } from "../../../examples.js";
import { lists } from "../../../lib/capabilities.js";
import { containersOf, labelOf, onWorld, podView, WORKLOAD_TYPES } from "../../../shapes.js";
import type { ContainerView, PodView } from "../../../shapes.js";
import { failWhole, negate, notApplicable, pass, some, unknownWhole } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });

/**
 * Either a mesh requires mutual TLS in the namespace (Istio `PeerAuthentication` `STRICT`, its own or mesh-wide), or no
 * planned pod of the cluster can put itself on the way: every container drops `NET_RAW`, none is privileged, none is on
 * its node's network.
 */
export const namespacePlaintextTrafficInterceptable = defineRule({
  id: "namespace-plaintext-traffic-interceptable",
  title: "traffic inside the cluster cannot be read or changed on its way",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Votes, passwords and sessions go from pod to pod in plain text. A container keeps the capability to forge packets unless it drops it, so one compromised pod can pose as its neighbours' gateway, read what they say and change it.",
  remediation:
    'securityContext: { capabilities: { drop: ["ALL"] } }  // in every container; or a PeerAuthentication with mtls: { mode: "STRICT" }',
  references: references("facts/attack-model.md N17", { attack: ["T1557", "T1040"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "one pod keeps the capability to forge packets",
        resources: [NAMESPACE, deployment("vote", { containers: [{ name: "vote", image: "vote" }] })],
        path: "",
      },
    ],
    pass: [
      {
        title: "every container drops it",
        resources: [NAMESPACE, container("vote", { securityContext: { capabilities: { drop: ["ALL"] } } })],
      },
      {
        title: "the mesh requires mutual TLS",
        resources: [
          NAMESPACE,
          deployment("vote", { containers: [{ name: "vote", image: "vote" }] }),
          manifest({
            apiVersion: "security.istio.io/v1",
            kind: "PeerAuthentication",
            metadata: { name: "default", namespace: "istio-system" },
            spec: { mtls: { mode: "STRICT" } },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "what a container drops is an output",
        resources: [NAMESPACE, container("vote", { securityContext: { capabilities: { drop: unresolved("list") } } })],
        path: "",
      },
    ],
  },
  ...onWorld(
    ["kubernetes:core/v1:Namespace", "kubernetes:security.istio.io/v1:PeerAuthentication", ...WORKLOAD_TYPES],
    function* (context) {
      const { world } = context;
      const pods = world.workloads.map((workload) => podView(context, workload));
      const onPath = new Map(
        [...new Set(pods.map((pod) => pod.workload.object.cluster))].map((cluster) => [
          cluster,
          interceptor(pods.filter((pod) => pod.workload.object.cluster === cluster)),
        ]),
      );
      const inhabited = new Set(pods.map(({ workload: { object } }) => `${object.cluster}|${object.namespace ?? ""}`));
      for (const namespace of world.find({ kind: "Namespace", group: "" })) {
        const lives = inhabited.has(`${namespace.cluster}|${namespace.name}`);
        const found = lives ? onPath.get(namespace.cluster) : undefined;
        if (!lives) yield { resource: namespace.resource, verdict: notApplicable("no planned pod runs in it") };
        else if (found === undefined || requiresMutualTls(world, namespace))
          yield { resource: namespace.resource, verdict: pass() };
        else if (found.certain)
          yield {
            resource: namespace.resource,
            verdict: failWhole(`pods of ${labelOf(namespace)} talk in plain text, and ${found.what}`, {
              under: found.resource,
            }),
          };
        else
          yield {
            resource: namespace.resource,
            verdict: unknownWhole(
              `pods of ${labelOf(namespace)} talk in plain text, and nobody can tell yet whether ${found.what}`,
            ),
          };
      }
    },
  ),
});

/** A pod that could put itself between others, and how sure that is. */
interface Interceptor {
  readonly what: string;
  readonly certain: boolean;
  readonly resource: PlannedResource;
}

/** A pod of a cluster that can for certain, else one of which nobody can tell: the first by name, whatever their order. */
function interceptor(pods: readonly PodView[]): Interceptor | undefined {
  const found = pods.flatMap((pod) => [...onHostNetwork(pod), ...containersOf(pod).flatMap(forges)]);
  const certain = found.filter((one) => one.certain);
  return (certain.length > 0 ? certain : found).sort((a, b) => (a.what < b.what ? -1 : 1))[0];
}

function onHostNetwork({ spec, label, workload: { object } }: PodView): readonly Interceptor[] {
  const host = spec.at("hostNetwork").boolean();
  if (host !== UNKNOWN && host !== true) return [];
  return [{ what: `${label} listens on its node's network`, certain: host === true, resource: object.resource }];
}

/** Whether a container may send packets of its own making: it is privileged, keeps NET_RAW or takes it back. */
function forges({ at, containerLabel, workload: { object } }: ContainerView): readonly Interceptor[] {
  const context = at.at("securityContext");
  const [drop, add] = [context.at("capabilities", "drop"), context.at("capabilities", "add")];
  const privileged = context.at("privileged").boolean();
  const keeps = negate(some([lists(drop, "ALL"), lists(drop, "NET_RAW")]));
  const can = some([
    privileged === UNKNOWN ? UNKNOWN : privileged === true,
    keeps,
    lists(add, "ALL"),
    lists(add, "NET_RAW"),
  ]);
  if (can === false) return [];
  const what = `${containerLabel} may forge packets, so that it can put itself on their way`;
  return [{ what, certain: can === true, resource: object.resource }];
}

/** Whether Istio takes mutual TLS only: the namespace's own policy decides, else the one for the whole mesh. */
function requiresMutualTls(world: World, namespace: KubernetesObject): boolean {
  const modeIn = (name: string) =>
    world
      .find({ group: "security.istio.io", kind: "PeerAuthentication", namespace: name, cluster: namespace.cluster })
      .filter((policy) => policy.root.at("spec", "selector").isAbsent)
      .map((policy) => policy.root.at("spec", "mtls", "mode").string())
      .find((mode) => mode !== undefined && mode !== "UNSET");
  return (modeIn(namespace.name) ?? modeIn("istio-system")) === "STRICT";
}
