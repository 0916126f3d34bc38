import type { PlannedResource } from "../../../../plan/model/index.js";
import { EKS_CLUSTER, eksClusterOf } from "../../../../plan/world/index.js";
import type { Cursor, Workload, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, planned, ref, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onWorld, WORKLOAD_TYPES } from "../../../shapes.js";
import type { Found } from "../../../shapes.js";
import { expectBoolean, expectNumber, expectString, notApplicable, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const GROUP = [
  planned(NODE_GROUP, "workers", {
    clusterName: ref("prod", "name"),
    nodeRoleArn: ref("node", "arn"),
    launchTemplate: { id: ref("nodes", "id"), version: "1" },
  }),
  planned("aws:iam/role:Role", "node", {}),
  planned(EKS_CLUSTER, "prod", {}),
  planned("pulumi:providers:kubernetes", "k8s", { kubeconfig: ref("prod", "endpoint") }),
];

function template(metadataOptions: ExampleObject) {
  return planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions });
}

/**
 * For each managed node group: the metadata service is off, or asks for a token and answers one hop only, and no
 * planned pod of the cluster is on the node's network. A network policy is not credited: it starts after the pod, and
 * hostNetwork pods have none.
 */
export const imdsNotReachableFromPods = defineRule({
  id: "imds-not-reachable-from-pods",
  title: "no pod can take the credentials of its node",
  ring: "cloud",
  severity: "high",
  rationale:
    "The metadata service gives the node's role to whoever asks on the node. Through it one compromised pod pulls every image, attaches network interfaces and whatever else the role may do, whichever role the pod itself was given.",
  remediation:
    'metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }  // in the launch template; and hostNetwork: false in the pods',
  references: references("catalogue/cross-ring-rules.csv: N4", { "owasp-k8s": ["K08"], attack: ["T1552.005"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "two hops reach into the pods",
        resources: [template({ httpTokens: "required", httpPutResponseHopLimit: 2 }), ...GROUP],
        path: "metadataOptions.httpPutResponseHopLimit",
      },
      {
        title: "the first version of the service answers pods whatever the hop limit",
        resources: [template({ httpPutResponseHopLimit: 1 }), ...GROUP],
        path: "metadataOptions.httpTokens",
      },
      {
        title: "a pod on its node's network is the node to the service",
        resources: [
          template({ httpTokens: "required", httpPutResponseHopLimit: 1 }),
          ...GROUP,
          deployment(
            "agent",
            { hostNetwork: true, containers: [{ name: "agent", image: "agent" }] },
            { provider: "k8s" },
          ),
        ],
        path: "spec.template.spec.hostNetwork",
        on: "agent",
      },
    ],
    pass: [
      {
        title: "a token, one hop, and no pod on its node's network",
        resources: [
          template({ httpTokens: "required", httpPutResponseHopLimit: 1 }),
          ...GROUP,
          deployment("vote", { containers: [{ name: "vote", image: "vote" }] }, { provider: "k8s" }),
        ],
      },
    ],
    unknown: [
      {
        title: "the hop limit is an output",
        resources: [template({ httpTokens: "required", httpPutResponseHopLimit: unresolved("number") }), ...GROUP],
        path: "metadataOptions.httpPutResponseHopLimit",
      },
      {
        title: "without a launch template EKS decides",
        resources: [
          planned(NODE_GROUP, "workers", { clusterName: ref("prod", "name") }),
          planned(EKS_CLUSTER, "prod", {}),
        ],
        path: "launchTemplate",
      },
    ],
  },
  ...onWorld([NODE_GROUP, LAUNCH_TEMPLATE, EKS_CLUSTER, ...WORKLOAD_TYPES], function* ({ world }) {
    const exposed = new Set<PlannedResource>();
    for (const group of world.ofType(NODE_GROUP)) {
      const inputs = world.inputsOf(group);
      const clusters = world.resolve(group, inputs.at("clusterName")).filter((r) => r.type === EKS_CLUSTER);
      const found = judgeGroup(world, group, inputs.at("launchTemplate"));
      yield found;
      const isOff = found.verdict.kind === "notApplicable";
      if (!isOff) for (const cluster of clusters) exposed.add(cluster);
    }
    for (const workload of world.workloads) {
      const cluster = eksClusterOf(world, workload.object.cluster);
      if (cluster !== undefined && exposed.has(cluster)) yield judgeWorkload(workload, cluster);
    }
  }),
});

/** What the metadata service of a group's nodes answers; `notApplicable` when it is off. */
function judgeGroup(world: World, group: PlannedResource, stated: Cursor): Found {
  const [found] = [...world.resolve(group, stated.at("id")), ...world.resolve(group, stated.at("name"))].filter(
    (r) => r.type === LAUNCH_TEMPLATE,
  );
  const undecided = `whether pods on node group '${group.name}' can take ${roleOf(world, group)} is not known`;
  if (found === undefined)
    return {
      resource: group,
      verdict: unknown(
        stated,
        `${undecided}: EKS decides on the metadata service, or a launch template outside this plan does`,
      ),
    };
  const options = world.inputsOf(found).at("metadataOptions");
  if (options.at("httpEndpoint").string() === "disabled")
    return { resource: group, verdict: notApplicable("the metadata service is off") };
  const tokens = expectString(options.at("httpTokens"), {
    absent: "optional",
    accept: (value) => value === "required",
    message: `pods on node group '${group.name}' can take ${roleOf(world, group)}: the metadata service asks for no token`,
    undecided,
  });
  if (tokens.kind !== "pass") return { resource: found, verdict: tokens };
  const hops = expectNumber(options.at("httpPutResponseHopLimit"), {
    absent: undefined,
    accept: (value) => value === 1,
    message: `pods on node group '${group.name}' can take ${roleOf(world, group)}: the metadata service answers further than its own machine`,
    undecided,
  });
  return { resource: found, verdict: hops };
}

function judgeWorkload({ object, podSpec }: Workload, cluster: PlannedResource): Found {
  const verdict = expectBoolean(podSpec.at("hostNetwork"), {
    absent: false,
    accept: (value) => !value,
    message: `${labelOf(object)} is on its node's network, where the metadata service of cluster '${cluster.name}' gives it the node's role`,
    undecided: `whether ${labelOf(object)} is on its node's network is not known before the deployment`,
  });
  return { resource: object.resource, verdict };
}

function roleOf(world: World, group: PlannedResource): string {
  const [role] = world.resolve(group, world.inputsOf(group).at("nodeRoleArn"));
  return role === undefined ? "the role of their node" : `the role '${role.name}' of their node`;
}
