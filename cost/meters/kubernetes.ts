/** Disks and load balancers that controllers inside a cluster make for its objects. */
import { eksClusterOf, UNKNOWN } from "../../plan/world/index.js";
import type { Cursor, KubernetesObject, World } from "../../plan/world/index.js";
import type { Charge } from "../charge.js";
import { counted, unknown } from "../charge.js";
import { diskCharge } from "./compute.js";

/** The CSI drivers that make EBS disks: of the add-on, and of Auto Mode. */
const EBS_DRIVERS = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com"];

/** Controllers of ingress classes that make Application Load Balancers: the load balancer controller, and Auto Mode. */
const ALB_CONTROLLERS = ["ingress.k8s.aws/alb", "eks.amazonaws.com/alb"];

/** Load balancer classes that make Network Load Balancers, of the same two. */
const NLB_CLASSES = ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

/** Values of the annotation by which a Service asks for a Network Load Balancer. */
const NLB_TYPES = ["nlb", "nlb-ip", "external"];

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
const LB_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
const GROUP = "alb.ingress.kubernetes.io/group.name";
const INGRESS_CLASS = "kubernetes.io/ingress.class";

const GIB: Readonly<Record<string, number>> = {
  ...{ Ki: 2 ** -20, Mi: 2 ** -10, Gi: 1, Ti: 2 ** 10 },
  ...{ k: 1e3 / 2 ** 30, M: 1e6 / 2 ** 30, G: 1e9 / 2 ** 30, T: 1e12 / 2 ** 30 },
};

/**
 * What an object makes a controller create. An object of a cluster that the plan does not create is none of its costs.
 *
 * @param seen Groups of ingresses whose load balancer is counted already; added to.
 */
export function objectCharges(world: World, object: KubernetesObject, seen: Set<string>): readonly Charge[] {
  if (eksClusterOf(world, object.cluster) === undefined) return [];
  const { root } = object;
  switch (`${object.group}/${object.kind}`) {
    case "/PersistentVolumeClaim":
      return claim(world, object, root.at("spec"), 1);
    case "apps/StatefulSet":
      return statefulSet(world, object);
    case "/Service":
      return root.at("spec", "type").string() === "LoadBalancer" ? [service(root)] : [];
    case "networking.k8s.io/Ingress":
      return ingress(world, object, seen);
    default:
      return [];
  }
}

function statefulSet(world: World, object: KubernetesObject): readonly Charge[] {
  const claims = object.root.at("spec", "volumeClaimTemplates").items();
  const stated = object.root.at("spec", "replicas");
  const replicas = stated.isAbsent ? 1 : stated.number();
  if (claims.length === 0) return [];
  if (typeof replicas !== "number") return [unknown("disks of claims", "how many replicas there will be is not known")];
  return claims.flatMap((template) => claim(world, object, template.at("spec"), replicas));
}

function claim(world: World, { cluster }: KubernetesObject, spec: Cursor, times: number): readonly Charge[] {
  const size = spec.at("resources", "requests", "storage").string();
  const gib = typeof size === "string" ? gibOf(size) : undefined;
  const storageClass = storageClassOf(world, cluster, spec.at("storageClassName"));
  const driver = storageClass?.root.at("provisioner").string();
  if (gib === undefined || storageClass === undefined || !EBS_DRIVERS.some((name) => name === driver))
    return [unknown("disks of claims", "size or storage class of a claim is not in the plan")];
  const kind = storageClass.root.at("parameters", "type");
  return diskCharge(gib, kind.isAbsent ? "gp3" : kind.string(), times);
}

function storageClassOf(world: World, cluster: string, named: Cursor): KubernetesObject | undefined {
  const classes = world.find({ kind: "StorageClass", group: "storage.k8s.io", cluster });
  const name = named.string();
  if (name === UNKNOWN) return undefined;
  return classes.find((c) =>
    name === undefined ? c.root.at("metadata", "annotations", DEFAULT_CLASS).boolean() === true : c.name === name,
  );
}

/** GiB of a Kubernetes quantity such as `20Gi`. */
function gibOf(quantity: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([KMGT]i|[kMGT])$/.exec(quantity) ?? [];
  const factor = unit === undefined ? undefined : GIB[unit];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

function service(root: Cursor): Charge {
  const named = root.at("spec", "loadBalancerClass").string();
  const type = root.at("metadata", "annotations", LB_TYPE).string();
  const isNetwork = NLB_CLASSES.some((name) => name === named) || NLB_TYPES.some((name) => name === type);
  return isNetwork
    ? counted("load balancers", "networkLoadBalancer", 1)
    : unknown("load balancers", "which kind of load balancer a Service gets is not in the plan");
}

function ingress(world: World, { root, cluster }: KubernetesObject, seen: Set<string>): readonly Charge[] {
  const stated = root.at("spec", "ingressClassName");
  const name = (stated.isAbsent ? root.at("metadata", "annotations", INGRESS_CLASS) : stated).string();
  if (typeof name !== "string") return [];
  const [planned] = world.find({ kind: "IngressClass", group: "networking.k8s.io", name, cluster });
  const controller = planned?.root.at("spec", "controller").string();
  if (planned === undefined ? name !== "alb" : !ALB_CONTROLLERS.some((known) => known === controller)) return [];
  const group = root.at("metadata", "annotations", GROUP).string();
  const key = `${cluster} ${typeof group === "string" ? group : ""}`;
  if (typeof group === "string" && seen.has(key)) return [];
  if (typeof group === "string") seen.add(key);
  return [counted("load balancers", "applicationLoadBalancer", 1)];
}
