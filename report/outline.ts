import type { Ring } from "../core/ring.js";
import { ringOfType, RINGS } from "../core/ring.js";
import type { Plan, PlannedResource } from "../plan/model/index.js";
import { classicToken, Cursor, identityOf } from "../plan/world/index.js";
import { isReal, kindOf, placeOf } from "./names.js";

/** What a ring would hold. */
export interface RingOutline {
  readonly ring: Ring;
  readonly count: number;
  readonly highlights: readonly Highlight[];
}

/** The few resources of one kind that a reader wants to see by name. */
export interface Highlight {
  /** `cluster`, `keys`, `Deployment`. */
  readonly word: string;
  readonly names: readonly string[];
}

interface Landmark {
  readonly type: RegExp;
  /** In the plural when there are several; the kind when left out. */
  readonly word?: readonly [one: string, many: string];
  readonly only?: (resource: PlannedResource) => boolean;
}

/** What a reader looks for, in this order. A component stands for its parts where they say less. */
const LANDMARKS: readonly Landmark[] = [
  { type: /^aws:eks\/cluster:Cluster$/, word: ["cluster", "clusters"] },
  { type: /^aws:eks\/nodeGroup:NodeGroup$/, word: ["node group", "node groups"] },
  { type: /^aws:eks\/fargateProfile:FargateProfile$/, word: ["Fargate profile", "Fargate profiles"] },
  { type: /^aws:ec2\/vpc:Vpc$/, word: ["VPC", "VPCs"] },
  { type: /^aws:kms\/key:Key$/, word: ["key", "keys"] },
  { type: /:Bastion$/, word: ["bastion", "bastions"], only: (r) => !r.custom },
  {
    type: /^aws:ec2\/instance:Instance$/,
    word: ["instance", "instances"],
    only: (r) => r.parent === undefined || !/:Bastion::[^:]*$/.test(r.parent),
  },
  { type: /^aws:rds\/(instance:Instance|cluster:Cluster)$/, word: ["database", "databases"] },
  { type: /^aws:(lb|alb)\/loadBalancer:LoadBalancer$/, word: ["load balancer", "load balancers"] },
  { type: /^aws:ecr\/repository:Repository$/, word: ["repository", "repositories"] },
  { type: /^kubernetes:core\/v1:Namespace$/, word: ["namespace", "namespaces"] },
  { type: /^kubernetes:networking\.k8s\.io\/v1:Ingress$/, word: ["ingress", "ingresses"] },
  { type: /^kubernetes:core\/v1:Service$/, word: ["load balancer", "load balancers"], only: isLoadBalancer },
  { type: /^kubernetes:helm\.sh\/v3:Release$/, word: ["Helm release", "Helm releases"] },
  { type: /^kubernetes:apps\/v1:(Deployment|StatefulSet|DaemonSet)$/ },
  { type: /^kubernetes:batch\/v1:(CronJob|Job)$/ },
  { type: /^kubernetes:core\/v1:Pod$/ },
];

/** What would exist, by ring from the outermost. Rings that hold nothing are left out. */
export function outlineOf(plan: Plan): readonly RingOutline[] {
  const present = plan.resources.filter((r) => r.operation !== "delete");
  return RINGS.flatMap((ring) => {
    const inRing = present.filter((r) => ringOfType(r.type) === ring);
    const count = inRing.filter(isReal).length;
    return count === 0 ? [] : [{ ring, count, highlights: highlightsOf(inRing) }];
  });
}

function highlightsOf(resources: readonly PlannedResource[]): readonly Highlight[] {
  return LANDMARKS.flatMap(({ type, word, only }) => {
    const found = resources.filter((r) => type.test(classicToken(r.type)) && (only?.(r) ?? r.custom));
    const kinds = [...new Set(found.map((r) => kindOf(r.type)))].sort();
    const groups = word === undefined ? kinds.map((kind) => found.filter((r) => kindOf(r.type) === kind)) : [found];
    return groups
      .filter((group) => group.length > 0)
      .map((group) => ({
        word: word === undefined ? kindOf(group[0]?.type ?? "") : word[group.length === 1 ? 0 : 1],
        names: group.map((r) => placeOf(identityOf(r))).sort(),
      }));
  });
}

function isLoadBalancer({ inputs }: PlannedResource): boolean {
  return new Cursor(inputs).at("spec", "type").value === "LoadBalancer";
}
