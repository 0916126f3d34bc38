import type { PlannedResource } from "../../../../plan/model/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import type { World } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { json, planned, ref } from "../../../examples.js";
import { EGRESS_TYPES, endpointServices, hasWayOut, vpcOf } from "../../../lib/egress.js";
import { EKS_ADDON, ofCluster } from "../../../lib/eks.js";
import { endpointsNeededBy, NEEDED_BY_NODES } from "../../../lib/endpoint-needs.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import type { ExampleObject } from "../../../model.js";
import { onWorld } from "../../../shapes.js";
import type { Found } from "../../../shapes.js";
import { every, expectBoolean, fail, pass, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SUBNET = "aws:ec2/subnet:Subnet";

const GROUP = planned(NODE_GROUP, "workers", { clusterName: ref("prod", "name"), subnetIds: [ref("nodes", "id")] });

function network(services: readonly string[], vpcConfig: ExampleObject = { endpointPrivateAccess: true }) {
  return [
    planned(EKS_CLUSTER, "prod", { vpcConfig }),
    planned("aws:ec2/vpc:Vpc", "main", {}),
    planned(SUBNET, "nodes", { vpcId: ref("main", "id") }),
    ...services.map((service) =>
      planned("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
        vpcId: ref("main", "id"),
        serviceName: `com.amazonaws.eu-west-1.${service}`,
        vpcEndpointType: service === "s3" ? "Gateway" : "Interface",
        privateDnsEnabled: service !== "s3",
      }),
    ),
  ];
}

/**
 * Where the subnets of a node group have no route to the internet, their VPC has endpoints for what nodes need (EKS
 * user guide, "Deploy private clusters with limited internet access"), for Pod Identity and for the services that
 * planned roles of pods call; and the API has a private endpoint.
 */
export const privateClusterEndpointClosure = defineRule({
  id: "private-cluster-endpoint-closure",
  title: "nodes without internet reach every service that they need",
  ring: "cloud",
  severity: "medium",
  rationale:
    "One missing endpoint, and nodes never join, images are not pulled or pods get no credentials. At that moment somebody opens a route to the internet, and it stays.",
  remediation:
    'new aws.ec2.VpcEndpoint("ecr-api", { vpcId: vpc.id, serviceName: "com.amazonaws.eu-west-1.ecr.api", vpcEndpointType: "Interface", privateDnsEnabled: true, subnetIds, securityGroupIds })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no way out, and images cannot be pulled",
        resources: [GROUP, ...network(["ec2", "ecr.api", "s3"])],
        path: "subnetIds",
      },
      {
        title: "no way out, and the API has no private endpoint",
        resources: [GROUP, ...network(["ec2", "ecr.api", "ecr.dkr", "s3", "sts"], {})],
        path: "vpcConfig.endpointPrivateAccess",
        on: "prod",
      },
      {
        title: "a role of a pod reads secrets, and there is no endpoint for them",
        resources: [
          GROUP,
          ...network(["ec2", "ecr.api", "ecr.dkr", "s3", "sts", "eks-auth"]),
          planned(ASSOCIATION, "vote", {
            clusterName: ref("prod", "name"),
            namespace: "vote",
            serviceAccount: "vote",
            roleArn: ref("role", "arn"),
          }),
          planned("aws:iam/role:Role", "role", {}),
          planned("aws:iam/rolePolicy:RolePolicy", "policy", {
            role: ref("role", "id"),
            policy: json({ Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }] }),
          }),
        ],
        path: "roleArn",
        on: "vote",
      },
    ],
    pass: [
      {
        title: "every service has an endpoint",
        resources: [GROUP, ...network(["ec2", "ecr.api", "ecr.dkr", "s3", "sts"])],
      },
      {
        title: "a NAT gateway leads to the internet",
        resources: [
          GROUP,
          ...network([]),
          planned("aws:ec2/routeTable:RouteTable", "table", {
            routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-0123" }],
          }),
          planned("aws:ec2/routeTableAssociation:RouteTableAssociation", "link", {
            subnetId: ref("nodes", "id"),
            routeTableId: ref("table", "id"),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the subnets are not in this plan",
        resources: [
          planned(NODE_GROUP, "workers", { clusterName: ref("prod", "name"), subnetIds: ["subnet-0123"] }),
          planned(EKS_CLUSTER, "prod", {}),
        ],
        path: "subnetIds",
      },
    ],
  },
  ...onWorld([NODE_GROUP, EKS_CLUSTER, SUBNET, ...EGRESS_TYPES, ASSOCIATION, EKS_ADDON], function* ({ world }) {
    for (const group of world.ofType(NODE_GROUP)) {
      const inputs = world.inputsOf(group);
      const at = inputs.at("subnetIds");
      const subnets = [at, ...at.items()].flatMap((id) => world.resolve(group, id)).filter((r) => r.type === SUBNET);
      const [cluster] = world.resolve(group, inputs.at("clusterName")).filter((r) => r.type === EKS_CLUSTER);
      const [vpc] = subnets.flatMap((subnet) => vpcOf(world, subnet) ?? []);
      const out =
        subnets.length === 0 || vpc === undefined || cluster === undefined
          ? UNKNOWN
          : every(subnets.map((subnet) => hasWayOut(world, subnet)));
      const services = vpc === undefined ? undefined : endpointServices(world, vpc);
      if (out === true) yield { resource: group, verdict: pass() };
      else if (out === UNKNOWN || cluster === undefined || services === undefined)
        yield {
          resource: group,
          verdict: unknown(
            at,
            `how node group '${group.name}' reaches the services of AWS is not known from this plan`,
          ),
        };
      else yield* judgePrivate(world, group, cluster, services);
    }
  }),
});

function* judgePrivate(
  world: World,
  group: PlannedResource,
  cluster: PlannedResource,
  services: ReadonlySet<string>,
): Iterable<Found> {
  const access = world.inputsOf(cluster).at("vpcConfig", "endpointPrivateAccess");
  const endpoint = expectBoolean(access, {
    absent: false,
    accept: (value) => value,
    message: `node group '${group.name}' has no way out, and the API of cluster '${cluster.name}' has no private endpoint`,
    undecided: `whether the API of cluster '${cluster.name}' has a private endpoint is not known before the deployment`,
  });
  yield { resource: cluster, verdict: endpoint };
  const associations = ofCluster(world, cluster, ASSOCIATION).map(({ resource }) => resource);
  const needed: readonly string[] = associations.length > 0 ? [...NEEDED_BY_NODES, "eks-auth"] : NEEDED_BY_NODES;
  const missing = needed.filter((service) => !services.has(service));
  const at = world.inputsOf(group).at("subnetIds");
  yield {
    resource: group,
    verdict:
      missing.length === 0
        ? pass()
        : fail(at, `node group '${group.name}' has no way out and no endpoint for ${missing.join(", ")}`),
  };
  for (const association of associations) {
    const roleArn = world.inputsOf(association).at("roleArn");
    const called = world.resolve(association, roleArn).flatMap((role) => endpointsNeededBy(world, role));
    const unreachable = called.filter((service) => !services.has(service));
    if (unreachable.length > 0)
      yield {
        resource: association,
        verdict: fail(
          roleArn,
          `the pods of association '${association.name}' may use ${unreachable.join(", ")}, for which their VPC has neither endpoint nor way out`,
        ),
      };
  }
}
