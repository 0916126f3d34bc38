import type { Cursor, KubernetesObject, Read, Workload, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { openness } from "./addresses.js";
import { every } from "../verdicts.js";
import { workloadsOf } from "./service-pods.js";

/** Classes of the AWS Load Balancer Controller and of Auto Mode, whose load balancers are internal unless told. */
const CONTROLLER_CLASSES = ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

const SERVICE_SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const INGRESS_SCHEME = "alb.ingress.kubernetes.io/scheme";

/** The place that says whether a load balancer faces the internet. */
export interface Facing {
  readonly at: Cursor;
  readonly internet: Read<boolean>;
}

/**
 * Whether the load balancer of a Service faces the internet: by the scheme annotation, the older one, or its class. The
 * controller built into Kubernetes, which takes Services without a class, makes public ones.
 */
export function serviceFacing(service: KubernetesObject): Facing {
  const annotations = service.root.at("metadata", "annotations");
  const at = annotations.at(SERVICE_SCHEME);
  const older = annotations.at("service.beta.kubernetes.io/aws-load-balancer-internal").string();
  const loadBalancerClass = service.root.at("spec", "loadBalancerClass").string();
  const isInternal =
    CONTROLLER_CLASSES.some((name) => loadBalancerClass === name) ||
    (typeof older === "string" && older !== "false" && older !== "");
  return facing(at, !isInternal);
}

/** Whether an ingress is one of the AWS Load Balancer Controller or of Auto Mode: by its class, or by its annotations. */
export function isAlbIngress(ingress: KubernetesObject): boolean {
  const annotations = ingress.root.at("metadata", "annotations");
  const classes = [ingress.root.at("spec", "ingressClassName"), annotations.at("kubernetes.io/ingress.class")];
  return (
    annotations.entries().some(([key]) => key.startsWith("alb.ingress.kubernetes.io/")) ||
    classes.some((name) => name.string() === "alb")
  );
}

/**
 * Whether the load balancer of an ingress faces the internet. The AWS Load Balancer Controller makes internal ones unless
 * told ("Ingress annotations", `scheme`); of other controllers nothing in the ingress tells.
 */
export function ingressFacing(ingress: KubernetesObject): Facing {
  const annotations = ingress.root.at("metadata", "annotations");
  const at = annotations.at(INGRESS_SCHEME);
  return isAlbIngress(ingress)
    ? facing(at, false)
    : { at: ingress.root.at("spec", "ingressClassName"), internet: UNKNOWN };
}

function facing(at: Cursor, unlessTold: boolean): Facing {
  const scheme = at.string();
  if (scheme === UNKNOWN) return { at, internet: UNKNOWN };
  return { at, internet: scheme === undefined ? unlessTold : scheme === "internet-facing" };
}

/** Whether the source ranges of a load balancer let most of the internet in, as they do unless told. */
function isOpen(ranges: readonly Cursor[]): Read<boolean> {
  const blocks = ranges.flatMap((list): readonly Read<string | undefined>[] => {
    if (list.isUnknown) return [UNKNOWN];
    const text = list.string();
    if (text === UNKNOWN) return [UNKNOWN];
    return text === undefined ? list.items().map((item) => item.string()) : text.split(",");
  });
  if (blocks.length === 0) return true;
  if (blocks.some((block) => typeof block === "string" && openness(block) === "world")) return true;
  return blocks.includes(UNKNOWN) ? UNKNOWN : false;
}

/** A workload that a load balancer leads to, from the internet or perhaps from it. */
export interface Exposure {
  readonly workload: Workload;
  /** The Service or ingress that opens it. */
  readonly by: KubernetesObject;
  /** The Service whose pods it leads to. */
  readonly service: KubernetesObject;
  readonly certain: boolean;
}

const cache = new WeakMap<World, ReadonlyMap<Workload, Exposure>>();

/** The workloads that the internet reaches by Services and ingresses, each with one way, a certain one when there is one. */
export function exposures(world: World): ReadonlyMap<Workload, Exposure> {
  let known = cache.get(world);
  if (known === undefined) cache.set(world, (known = findExposures(world)));
  return known;
}

function findExposures(world: World): ReadonlyMap<Workload, Exposure> {
  const found = new Map<Workload, Exposure>();
  const add = (service: KubernetesObject, by: KubernetesObject, open: Read<boolean>): void => {
    if (open === false) return;
    for (const workload of workloadsOf(world, service))
      if (found.get(workload)?.certain !== true) found.set(workload, { workload, by, service, certain: open === true });
  };
  for (const service of world.find({ kind: "Service", group: "" })) add(service, service, isPublicService(service));
  for (const ingress of world.find({ kind: "Ingress", group: "networking.k8s.io" })) {
    const open = isPublicIngress(ingress);
    if (open !== false) for (const service of backendsOf(world, ingress)) add(service, ingress, open);
  }
  return found;
}

/** Whether a Service opens its pods to the internet by a load balancer. */
export function isPublicService(service: KubernetesObject): Read<boolean> {
  const type = service.root.at("spec", "type").string();
  if (type !== "LoadBalancer") return type === UNKNOWN ? UNKNOWN : false;
  const annotated = service.root.at(
    "metadata",
    "annotations",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  );
  const ranges = service.root.at("spec", "loadBalancerSourceRanges");
  return every([serviceFacing(service).internet, isOpen(ranges.isAbsent ? [annotated] : [ranges])]);
}

/** Whether an ingress opens its backends to the internet. */
export function isPublicIngress(ingress: KubernetesObject): Read<boolean> {
  const cidrs = ingress.root.at("metadata", "annotations", "alb.ingress.kubernetes.io/inbound-cidrs");
  return every([ingressFacing(ingress).internet, isOpen([cidrs])]);
}

/** The planned Services that an ingress leads to. */
export function backendsOf(world: World, ingress: KubernetesObject): readonly KubernetesObject[] {
  return [...new Set(backendNames(ingress).flatMap((name) => serviceAt(world, ingress, name)))];
}

/** Where an Ingress, or a route of the Gateway API, names the Services of its own namespace that it leads to. */
export function backendNames(route: KubernetesObject): readonly Cursor[] {
  const rules = route.root.at("spec", "rules").items();
  if (route.group !== "networking.k8s.io")
    return rules
      .flatMap((rule) => rule.at("backendRefs").items())
      .filter((backend) => ["kind", "namespace"].every((field) => isOwnService(route, field, backend.at(field))))
      .map((backend) => backend.at("name"));
  const paths = rules.flatMap((rule) => rule.at("http", "paths").items());
  return [defaultBackendOf(route), ...paths.map((path) => path.at("backend"))]
    .filter((backend) => !backend.isAbsent && backend.at("resource").isAbsent)
    .map(serviceNameOf);
}

function isOwnService(route: KubernetesObject, field: string, at: Cursor): boolean {
  return at.isAbsent || at.string() === (field === "kind" ? "Service" : route.namespace);
}

/** Where an ingress names the backend of every other request: `spec.backend` until the version v1 of the kind. */
export function defaultBackendOf(ingress: KubernetesObject): Cursor {
  return ingress.root.at("spec", ingress.version === "v1" ? "defaultBackend" : "backend");
}

/** Where a backend of an ingress names its Service: `serviceName` until the version v1 of the kind. */
export function serviceNameOf(backend: Cursor): Cursor {
  const older = backend.at("serviceName");
  return older.isAbsent || backend.isUnknown ? backend.at("service", "name") : older;
}

function serviceAt(world: World, from: KubernetesObject, at: Cursor): readonly KubernetesObject[] {
  const referred = world.resolve(from.resource, at).flatMap((r) => world.objectOf(r) ?? []);
  const services = referred.filter((o) => o.kind === "Service");
  if (services.length > 0) return services;
  const found = servicesByName(world).get([from.cluster, from.namespace, at.string()].map(String).join("|"));
  return found === undefined ? [] : [found];
}

const services = new WeakMap<World, ReadonlyMap<string, KubernetesObject>>();

function servicesByName(world: World): ReadonlyMap<string, KubernetesObject> {
  let known = services.get(world);
  if (known === undefined) {
    const all = world.find({ kind: "Service", group: "" });
    known = new Map(all.map((o) => [[o.cluster, o.namespace, o.name].map(String).join("|"), o] as const));
    services.set(world, known);
  }
  return known;
}
