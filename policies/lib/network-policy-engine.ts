import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, World } from "../../plan/world/index.js";
import { eksClusterOf, UNKNOWN, workloadOf } from "../../plan/world/index.js";
import { EKS_ADDON, isAutoMode, objectsIn, ofCluster } from "./eks.js";

/** Whether something in a cluster enforces NetworkPolicies, and the place that says so. */
export interface PolicyEngine {
  readonly state: "on" | "off" | "unknown";
  readonly resource: PlannedResource;
  /** The place; its path is empty when the resource as a whole is meant. */
  readonly at: Cursor;
  /** For messages: "the VPC CNI add-on does not switch network policy on". */
  readonly because: string;
}

/** Images of engines that enforce NetworkPolicies by themselves. */
const ENGINE_IMAGE = /(^|\/)(calico\/node|cilium\/cilium|antrea\/antrea-agent[\w-]*|kube-router)([:@]|$)/;

/** Charts that install them. */
const ENGINE_CHART = /(^|\/)(cilium|tigera-operator|calico|antrea|kube-router)$/;

const HELM_RELEASE = "kubernetes:helm.sh/v3:Release";

/**
 * The engine of an EKS cluster: another engine in its objects, Auto Mode's controller, or the VPC CNI add-on with network
 * policy switched on (EKS user guide, "Limit Pod traffic with Kubernetes network policies"). The VPC CNI that EKS installs by itself
 * enforces none.
 */
export function networkPolicyEngine(world: World, cluster: PlannedResource): PolicyEngine {
  const inputs = world.inputsOf(cluster);
  return (
    otherEngine(world, (provider) => eksClusterOf(world, provider) === cluster) ??
    autoModeEngine(world, cluster) ??
    addonEngine(world, cluster) ??
    (world.plan.notEvaluated.some((n) => n.type.startsWith("kubernetes:"))
      ? {
          state: "unknown",
          resource: cluster,
          at: inputs,
          because: "a part of the plan that was not evaluated may install an engine",
        }
      : {
          state: "off",
          resource: cluster,
          at: inputs,
          because: "the VPC CNI that EKS installs by itself enforces no network policy",
        })
  );
}

/**
 * An engine besides the VPC CNI, among the objects and Helm releases of a cluster.
 *
 * @param isIn Tells by an object's `cluster` whether it goes to the cluster.
 */
export function otherEngine(world: World, isIn: (provider: string) => boolean): PolicyEngine | undefined {
  for (const object of world.objects.filter(({ cluster }) => isIn(cluster))) {
    const image = engineImage(object);
    if (image !== undefined)
      return { state: "on", resource: object.resource, at: image, because: `${object.name} enforces network policies` };
    if (object.group === "operator.tigera.io" && object.kind === "Installation")
      return { state: "on", resource: object.resource, at: object.root, because: "Calico enforces network policies" };
  }
  for (const release of world.ofType(HELM_RELEASE).filter(({ provider }) => isIn(provider ?? ""))) {
    const chart = world.inputsOf(release).at("chart");
    const name = chart.text();
    if (typeof name === "string" && ENGINE_CHART.test(name))
      return { state: "on", resource: release, at: chart, because: `the chart ${name} enforces network policies` };
  }
  return undefined;
}

function engineImage(object: KubernetesObject): Cursor | undefined {
  if (object.kind !== "DaemonSet") return undefined;
  const images = workloadOf(object)?.containers.map(({ at }) => at.at("image")) ?? [];
  return images.find((image) => {
    const text = image.text();
    return typeof text === "string" && ENGINE_IMAGE.test(text);
  });
}

function autoModeEngine(world: World, cluster: PlannedResource): PolicyEngine | undefined {
  if (isAutoMode(world, cluster) !== true) return undefined;
  const [map] = objectsIn(world, cluster).filter(
    (o) => o.kind === "ConfigMap" && o.namespace === "kube-system" && o.name === "amazon-vpc-cni",
  );
  if (map === undefined)
    return {
      state: "off",
      resource: cluster,
      at: world.inputsOf(cluster).at("computeConfig"),
      because: "Auto Mode enforces network policies only when the ConfigMap kube-system/amazon-vpc-cni asks for it",
    };
  const at = map.root.at("data", "enable-network-policy-controller");
  return engineAt(map.resource, at, "the ConfigMap amazon-vpc-cni");
}

function addonEngine(world: World, cluster: PlannedResource): PolicyEngine | undefined {
  const addons = ofCluster(world, cluster, EKS_ADDON).filter(({ resource }) => {
    const name = world.inputsOf(resource).at("addonName").string();
    return name === "vpc-cni" || name === UNKNOWN;
  });
  const [first] = addons;
  if (first === undefined) return undefined;
  const values = world.inputsOf(first.resource).at("configurationValues");
  const engine = engineAt(first.resource, values.json().at("enableNetworkPolicy"), "the VPC CNI add-on");
  const place = { ...engine, at: values };
  if (first.certain || engine.state === "off") return place;
  return { ...place, state: "unknown", because: "the add-on names its cluster by a text, not by a reference" };
}

function engineAt(resource: PlannedResource, at: Cursor, what: string): PolicyEngine {
  const enabled = at.boolean();
  if (enabled === UNKNOWN)
    return {
      state: "unknown",
      resource,
      at,
      because: `whether ${what} switches network policy on is not known before the deployment`,
    };
  return enabled === true
    ? { state: "on", resource, at, because: `${what} switches network policy on` }
    : { state: "off", resource, at, because: `${what} does not switch network policy on` };
}
