import type { PlannedResource } from "../../../../plan/model/index.js";
import type { KubernetesObject, Read, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, manifest, planned, ref, unresolved } from "../../../examples.js";
import { EGRESS_TYPES, leadsToInternetGateway, vpcOf } from "../../../lib/egress.js";
import { ingressFacing, isAlbIngress, serviceFacing } from "../../../lib/exposure.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import type { Found } from "../../../shapes.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { fail, negate, pass, unknown } from "../../../verdicts.js";

const SUBNET = "aws:ec2/subnet:Subnet";
const PUBLIC_TAG = "kubernetes.io/role/elb";
const INTERNAL_TAG = "kubernetes.io/role/internal-elb";

function subnet(tags: ExampleObject, isPublic: boolean) {
  return [
    planned(SUBNET, "a", { vpcId: ref("main", "id"), tags }),
    planned("aws:ec2/vpc:Vpc", "main", {}),
    planned("aws:ec2/internetGateway:InternetGateway", "gateway", {}),
    planned("aws:ec2/routeTable:RouteTable", "table", {
      routes: isPublic ? [{ cidrBlock: "0.0.0.0/0", gatewayId: ref("gateway", "id") }] : [],
    }),
    planned("aws:ec2/routeTableAssociation:RouteTableAssociation", "link", {
      subnetId: ref("a", "id"),
      routeTableId: ref("table", "id"),
    }),
  ];
}

function balancer(scheme: string) {
  const annotations = { "service.beta.kubernetes.io/aws-load-balancer-scheme": scheme };
  const metadata = { name: "web", namespace: "vote", annotations };
  return manifest({ apiVersion: "v1", kind: "Service", metadata, spec: { type: "LoadBalancer" } }, { provider: "k8s" });
}

/**
 * A subnet with the tag for public load balancers has a route to an internet gateway, and one with the tag for internal ones
 * has none; and a load balancer of the plan finds a subnet with the tag for its scheme in the VPC of its cluster (AWS Load
 * Balancer Controller, "Subnet auto-discovery").
 */
export const lbSubnetTagsMatchScheme = defineRule({
  id: "lb-subnet-tags-match-scheme",
  title: "subnets are tagged for the load balancers that belong in them",
  ring: "cloud",
  severity: "medium",
  rationale:
    "The controller puts load balancers where the tags point. One wrong tag puts what was meant to be internal into a subnet that the internet has a route into, or what was meant to be public where nobody reaches it.",
  remediation:
    'tags: { "kubernetes.io/role/internal-elb": "1" }  // private subnets; "kubernetes.io/role/elb" on public ones',
  references: references("catalogue/cross-ring-rules.csv: N17", { "owasp-k8s": ["K06"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "internal load balancers would stand in a public subnet",
        resources: subnet({ [INTERNAL_TAG]: "1" }, true),
        path: `tags["${INTERNAL_TAG}"]`,
      },
      {
        title: "public ones in a subnet that has no route to the internet",
        resources: subnet({ [PUBLIC_TAG]: "1" }, false),
        path: `tags["${PUBLIC_TAG}"]`,
      },
      {
        title: "a public load balancer, and private subnets only",
        resources: [
          balancer("internet-facing"),
          ...subnet({ [INTERNAL_TAG]: "1" }, false),
          ...cluster({ vpcConfig: { subnetIds: [ref("a", "id")] } }),
        ],
        path: 'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]',
      },
    ],
    pass: [
      { title: "an internal one in a private subnet", resources: subnet({ [INTERNAL_TAG]: "1" }, false) },
      {
        title: "a public one in a public subnet",
        resources: [
          balancer("internet-facing"),
          ...subnet({ [PUBLIC_TAG]: "1" }, true),
          ...cluster({ vpcConfig: { subnetIds: [ref("a", "id")] } }),
        ],
      },
      {
        title: "a public subnet that no load balancer is to find",
        resources: subnet({ Name: "a", [INTERNAL_TAG]: "0" }, true),
      },
    ],
    unknown: [
      {
        title: "the routes are not in this plan",
        resources: [
          planned(SUBNET, "a", { tags: { [INTERNAL_TAG]: "1" } }),
          planned("aws:ec2/routeTableAssociation:RouteTableAssociation", "link", {
            subnetId: ref("a", "id"),
            routeTableId: unresolved("string"),
          }),
        ],
        path: `tags["${INTERNAL_TAG}"]`,
      },
    ],
  },
  ...onWorld(
    [SUBNET, ...EGRESS_TYPES, EKS_CLUSTER, "kubernetes:core/v1:Service", "kubernetes:networking.k8s.io/v1:Ingress"],
    function* ({ world }) {
      for (const one of world.ofType(SUBNET))
        for (const verdict of judgeSubnet(world, one)) yield { resource: one, verdict };
      const balancers = world
        .find({ kind: "Service", group: "" })
        .filter((service) => service.root.at("spec", "type").string() === "LoadBalancer");
      yield* balancers.map((service) => judgeBalancer(world, service));
      const ingresses = world.find({ kind: "Ingress", group: "networking.k8s.io" }).filter(isAlbIngress);
      yield* ingresses.map((ingress) => judgeBalancer(world, ingress));
    },
  ),
});

/** Whether a subnet has a tag; `1` and nothing count, as the controller has it. */
function hasTag(world: World, one: PlannedResource, tag: string): Read<boolean> {
  const tags = world.inputsOf(one).at("tags");
  const value = tags.at(tag);
  if (tags.isUnknown || value.isUnknown) return UNKNOWN;
  return value.string() === "1" || value.string() === "";
}

function judgeSubnet(world: World, one: PlannedResource): readonly Verdict[] {
  const isPublic = leadsToInternetGateway(world, one);
  return [PUBLIC_TAG, INTERNAL_TAG].flatMap((tag) => {
    if (hasTag(world, one, tag) !== true) return [];
    const at = world.inputsOf(one).at("tags", tag);
    const wanted = tag === PUBLIC_TAG;
    if (isPublic === UNKNOWN)
      return [unknown(at, `whether the internet has a route into subnet '${one.name}' is not known from this plan`)];
    if (isPublic === wanted) return [pass()];
    return [
      fail(
        at,
        wanted
          ? `public load balancers would stand in subnet '${one.name}', which has no route to an internet gateway`
          : `load balancers that are meant to be internal would stand in subnet '${one.name}', which the internet has a route into`,
      ),
    ];
  });
}

function judgeBalancer(world: World, object: KubernetesObject): Found {
  const { at, internet } = object.kind === "Service" ? serviceFacing(object) : ingressFacing(object);
  const eks = eksClusterOf(world, object.cluster);
  const subnets = eks === undefined ? [] : subnetsOf(world, eks);
  const annotations = object.root.at("metadata", "annotations");
  const named = ["alb.ingress.kubernetes.io/subnets", "service.beta.kubernetes.io/aws-load-balancer-subnets"];
  const found = (verdict: Verdict): Found => ({ resource: object.resource, verdict });
  if (subnets.length === 0 || named.some((key) => !annotations.at(key).isAbsent)) return found(pass());
  const tag = internet === true ? PUBLIC_TAG : INTERNAL_TAG;
  const tagged = subnets.map((one) => hasTag(world, one, tag));
  // Without a tagged one the controller goes by the routes.
  const routed = subnets.map((one) => leadsToInternetGateway(world, one));
  const reads = [...tagged, ...routed.map((read) => (internet === true ? read : negate(read)))];
  if (internet !== UNKNOWN && reads.includes(true)) return found(pass());
  if (internet === UNKNOWN || reads.includes(UNKNOWN))
    return found(
      unknown(at, `whether a subnet is tagged for the load balancer of ${labelOf(object)} is not known from this plan`),
    );
  const kind = internet ? "a public" : "an internal";
  return found(
    fail(
      at,
      `${labelOf(object)} asks for ${kind} load balancer, and no subnet of its VPC has the tag ${tag}, or a route that fits`,
    ),
  );
}

/** The planned subnets of the VPC that a cluster is in. */
function subnetsOf(world: World, eks: PlannedResource): readonly PlannedResource[] {
  const ids = world.inputsOf(eks).at("vpcConfig", "subnetIds").items();
  const [first] = ids.flatMap((id) => world.resolve(eks, id)).filter((r) => r.type === SUBNET);
  const vpc = first === undefined ? undefined : vpcOf(world, first);
  if (vpc === undefined) return [];
  return world.mentionsOf(vpc.urn).flatMap(({ resource }) => (resource.type === SUBNET ? [resource] : []));
}
