import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../../../plan/world/index.js";
import type { World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, deployment, planned, ref, unresolved } from "../../../examples.js";
import { EGRESS_TYPES } from "../../../lib/egress.js";
import type { Exposure } from "../../../lib/exposure.js";
import { exposures } from "../../../lib/exposure.js";
import { openness } from "../../../lib/addresses.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import { NODE_EXPOSURE_TYPES, NODE_PORTS, publicNodes, reaches } from "../../../lib/node-exposure.js";
import { allowsEveryone, blocksOf, trafficOf } from "../../../lib/pod-policies.js";
import { servicesOf } from "../../../lib/service-pods.js";
import { service } from "../../../lib/service-examples.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { textList } from "../../../parameters.js";
import type { PodView } from "../../../shapes.js";
import { labelOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, failWhole, pass, some, unknownWhole } from "../../../verdicts.js";

const APPROVED = textList({
  name: "approved",
  about: "Workloads that the internet may reach, as `namespace/name`",
  fallback: [],
});

const WEB = deployment("web", { containers: [{ name: "web", image: "web", ports: [{ containerPort: 8080 }] }] });
const PUBLIC = service({ type: "LoadBalancer", selector: { app: "web" } });

function publicGroup(containers: ExampleObject) {
  return [
    deployment("web", { containers: [{ name: "web", image: "web", ...containers }] }, { provider: "k8s" }),
    planned("aws:eks/nodeGroup:NodeGroup", "workers", {
      clusterName: ref("prod", "name"),
      subnetIds: [ref("a", "id")],
      launchTemplate: { id: ref("nodes", "id") },
    }),
    planned("aws:ec2/launchTemplate:LaunchTemplate", "nodes", { vpcSecurityGroupIds: [ref("open", "id")] }),
    planned("aws:ec2/securityGroup:SecurityGroup", "open", {
      ingress: [{ protocol: "tcp", fromPort: 8000, toPort: 9000, cidrBlocks: ["0.0.0.0/0"] }],
    }),
    planned("aws:ec2/subnet:Subnet", "a", { mapPublicIpOnLaunch: true }),
    planned("aws:ec2/internetGateway:InternetGateway", "gateway", {}),
    planned("aws:ec2/routeTable:RouteTable", "table", {
      routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: ref("gateway", "id") }],
    }),
    planned("aws:ec2/routeTableAssociation:RouteTableAssociation", "link", {
      subnetId: ref("a", "id"),
      routeTableId: ref("table", "id"),
    }),
    ...cluster(),
  ];
}

/**
 * No way leads from the internet to a pod that is not on the list of those it may reach: through a load balancer of a Service
 * or an ingress, unless its network policies let nobody from outside in; or through a port of a node that is public, has a
 * public address and a security group open to everybody there.
 */
export const internetToPodPath = defineRule({
  id: "internet-to-pod-path",
  title: "the internet reaches no pod but those that are meant to be public",
  ring: "cluster",
  severity: "high",
  rationale:
    "Each part looks harmless by itself: a route, a rule of a security group, a port of a node. Together they are a way in past the load balancer, its firewall and its logs, and nobody drew it on purpose.",
  remediation:
    'type: ClusterIP  // or, when it is meant to be public: rules: { "internet-to-pod-path": { approved: ["vote/web"] } } in ringfence.config.yaml',
  references: references("catalogue/cross-ring-rules.csv: N18", { "owasp-k8s": ["K06"], attack: ["T1190"] }),
  since: "0.1.0",
  parameters: [APPROVED],
  examples: {
    fail: [
      { title: "a public load balancer that nobody approved", resources: [WEB, PUBLIC], path: "" },
      {
        title: "a port of the host, on a node with a public address",
        resources: publicGroup({ ports: [{ containerPort: 8080, hostPort: 8080 }] }),
        path: "spec.template.spec.containers[0].ports[0].hostPort",
      },
    ],
    pass: [
      { title: "approved", resources: [WEB, PUBLIC], parameters: { approved: ["vote/web"] } },
      {
        title: "its policy lets other pods in only",
        resources: [WEB, PUBLIC, networkPolicy({ ingress: [{ from: [{ podSelector: {} }] }] })],
      },
      {
        title: "a node with a public address, and no port of it leads to a pod",
        resources: publicGroup({ ports: [{ containerPort: 8080 }] }),
      },
    ],
    unknown: [
      {
        title: "what kind of Service it is, is an output",
        resources: [WEB, service({ type: unresolved("string"), selector: { app: "web" } })],
        path: "",
      },
    ],
  },
  ...onPods((pod) => {
    const { object } = pod.workload;
    const approved = pod.parameters.of(APPROVED);
    if (approved.includes(`${object.namespace ?? ""}/${object.name}`)) return pass();
    const exposure = exposures(pod.world).get(pod.workload);
    const found = [...(exposure === undefined ? [] : throughBalancer(pod, exposure)), ...throughNodes(pod)];
    return found.length === 0 ? pass() : found;
  }),
  reads: [
    ...WORKLOAD_TYPES,
    "kubernetes:core/v1:Service",
    "kubernetes:networking.k8s.io/v1:Ingress",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    EKS_CLUSTER,
    ...NODE_EXPOSURE_TYPES,
    ...EGRESS_TYPES,
  ],
});

function throughBalancer(pod: PodView, { by, certain }: Exposure): readonly Verdict[] {
  const { isolated, rules } = trafficOf(pod.world, pod.workload, "Ingress");
  const admits = some(
    rules.flatMap((rule) => [
      allowsEveryone(rule),
      ...blocksOf(rule).map((block) => {
        const text = block.string();
        // A load balancer calls from its own subnets, so that a block of the VPC lets it in.
        return text === UNKNOWN || text === undefined ? UNKNOWN : openness(text) !== "malformed";
      }),
    ]),
  );
  if (isolated === true && admits === false) return [pass()];
  if (!certain || isolated === UNKNOWN || admits === UNKNOWN)
    return [unknownWhole(`whether the internet reaches ${pod.label} by ${labelOf(by)} is not known from this plan`)];
  return [
    failWhole(`the internet reaches ${pod.label} by ${labelOf(by)}, and nobody approved it`, {
      severity: "medium",
      under: by.resource,
    }),
  ];
}

function throughNodes(pod: PodView): readonly Verdict[] {
  const { object, containers, podSpec } = pod.workload;
  const eks = eksClusterOf(pod.world, object.cluster);
  const groups = eks === undefined ? [] : publicNodes(pod.world, eks);
  const [first] = groups;
  if (first === undefined) return [];
  const way = `a public address of node group '${first.group.name}' and a security group that is open to everybody`;
  const onHost = podSpec.at("hostNetwork").boolean() === true;
  const ports = containers.flatMap(({ at }) => at.at("ports").items());
  const direct = ports.flatMap((entry): readonly Verdict[] => {
    const at = entry.at(onHost ? "containerPort" : "hostPort");
    const port = at.number();
    if (typeof port !== "number" || port === 0) return [];
    const isOpen = groups.some((group) => reaches(group, { from: port, to: port }));
    return isOpen ? [fail(at, `the internet reaches port ${port} of ${pod.label} by ${way}`)] : [];
  });
  return [...direct, ...throughNodePorts(pod, pod.world, way)];
}

function throughNodePorts(pod: PodView, world: World, way: string): readonly Verdict[] {
  const eks = eksClusterOf(world, pod.workload.object.cluster);
  const groups = eks === undefined ? [] : publicNodes(world, eks);
  return servicesOf(world, pod.workload).flatMap((one) => {
    const [type, allocates] = [
      one.root.at("spec", "type").string(),
      one.root.at("spec", "allocateLoadBalancerNodePorts"),
    ];
    if (type !== "NodePort" && (type !== "LoadBalancer" || allocates.boolean() === false)) return [];
    const open = one.root
      .at("spec", "ports")
      .items()
      .some((entry) => {
        const port = entry.at("nodePort").number();
        const range = typeof port === "number" ? { from: port, to: port } : NODE_PORTS;
        return groups.some((group) => reaches(group, range));
      });
    return open ? [failWhole(`the internet reaches ${pod.label} by a node port of ${labelOf(one)}, ${way}`)] : [];
  });
}
