import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Read, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { EGRESS_TYPES, endpointServices, hasWayOut, vpcOf } from "../../../lib/egress.js";
import { EKS_ADDON, hasAddon, ofCluster } from "../../../lib/eks.js";
import { FARGATE_PROFILE } from "../../../lib/fargate.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { every, expectRead, failWhole, notApplicable, pass, some, unknownWhole } from "../../../verdicts.js";

const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const AGENT = "aws-guardduty-agent";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SUBNET = "aws:ec2/subnet:Subnet";

function feature(managed: ExampleValue) {
  return planned(FEATURE, "runtime", {
    name: "RUNTIME_MONITORING",
    status: "ENABLED",
    additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: managed }],
  });
}

const CLUSTER = planned(EKS_CLUSTER, "prod", {});
const ADDON = planned(EKS_ADDON, "agent", { clusterName: ref("prod", "name"), addonName: AGENT });
const PRIVATE = [
  planned(NODE_GROUP, "workers", { clusterName: ref("prod", "name"), subnetIds: [ref("a", "id")] }),
  planned("aws:ec2/vpc:Vpc", "main", {}),
  planned(SUBNET, "a", { vpcId: ref("main", "id") }),
];

function endpoint(service: string) {
  return planned("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
    vpcId: ref("main", "id"),
    serviceName: `com.amazonaws.eu-west-1.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
  });
}

/**
 * Where GuardDuty watches what runs in clusters, each planned cluster has the agent, which GuardDuty manages or the plan
 * installs; and an agent that the plan installs reaches GuardDuty from subnets without internet (GuardDuty user guide,
 * "Runtime Monitoring"). Pods on Fargate have no agent.
 */
export const guarddutyRuntimeConsistent = defineRule({
  id: "guardduty-runtime-consistent",
  title: "where GuardDuty watches programs, its agent is there and can report",
  ring: "cloud",
  severity: "medium",
  rationale:
    "The feature alone watches nothing: an agent on every node does. Without it, or where it cannot report, the console shows the feature on and finds nothing, which reads as if nothing happened.",
  remediation:
    'additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }]  // or the add-on aws-guardduty-agent, and an endpoint for guardduty-data',
  references: references("catalogue/cross-ring-rules.csv: N23", { "owasp-k8s": ["K10"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "nobody installs the agent", resources: [CLUSTER, feature("DISABLED")], path: "" },
      {
        title: "the agent has no way to report",
        resources: [CLUSTER, feature("DISABLED"), ADDON, ...PRIVATE, endpoint("ecr.api")],
        path: "",
      },
    ],
    pass: [
      { title: "GuardDuty manages the agent", resources: [CLUSTER, feature("ENABLED")] },
      {
        title: "the plan installs it, and an endpoint",
        resources: [CLUSTER, feature("DISABLED"), ADDON, ...PRIVATE, endpoint("guardduty-data")],
      },
    ],
    unknown: [
      { title: "who installs the agent is an output", resources: [CLUSTER, feature(unresolved("string"))], path: "" },
    ],
  },
  ...onResource(
    [EKS_CLUSTER, FEATURE, EKS_ADDON, NODE_GROUP, FARGATE_PROFILE, ...EGRESS_TYPES],
    ({ resource: eks, world }) => {
      if (eks.type !== EKS_CLUSTER) return notApplicable("clusters are judged");
      const features = world.ofType(FEATURE).filter((one) => isOn(world, one));
      if (features.length === 0) return notApplicable("the plan switches no runtime monitoring on");
      const managed = some(features.map((one) => isManaged(world, one)));
      const verdicts = [
        expectAgent(eks, managed, hasAddon(world, eks, AGENT)),
        ...(managed === true ? [] : [judgeWay(world, eks)]),
      ];
      const profiles = ofCluster(world, eks, FARGATE_PROFILE);
      if (profiles.length === 0) return verdicts;
      const message = `GuardDuty watches no pod on Fargate, where profiles of cluster '${eks.name}' place some`;
      return [...verdicts, failWhole(message, { severity: "low" })];
    },
  ),
});

function isOn(world: World, one: PlannedResource): boolean {
  const inputs = world.inputsOf(one);
  const name = inputs.at("name").string();
  return (
    (name === "RUNTIME_MONITORING" || name === "EKS_RUNTIME_MONITORING") && inputs.at("status").string() === "ENABLED"
  );
}

function isManaged(world: World, one: PlannedResource): Read<boolean> {
  const list = world.inputsOf(one).at("additionalConfigurations");
  if (list.isUnknown) return UNKNOWN;
  return some(
    list.items().map((entry) => {
      const [name, status] = [entry.at("name").string(), entry.at("status").string()];
      if (name === UNKNOWN || status === UNKNOWN) return UNKNOWN;
      return name === "EKS_ADDON_MANAGEMENT" && status === "ENABLED";
    }),
  );
}

function expectAgent(eks: PlannedResource, managed: Read<boolean>, planned: Read<boolean>): Verdict {
  const has = some([managed, planned]);
  if (has === UNKNOWN)
    return unknownWhole(`whether cluster '${eks.name}' gets the agent of GuardDuty is not known before the deployment`);
  return has
    ? pass()
    : failWhole(`GuardDuty is to watch what runs in cluster '${eks.name}', and nobody installs its agent there`);
}

/** With an agent of its own, GuardDuty makes the endpoint itself; else subnets without internet need one. */
function judgeWay(world: World, eks: PlannedResource): Verdict {
  const groups = ofCluster(world, eks, NODE_GROUP).map(({ resource }) => resource);
  const subnets = groups.flatMap((group) =>
    world
      .inputsOf(group)
      .at("subnetIds")
      .items()
      .flatMap((id) => world.resolve(group, id))
      .filter((r) => r.type === SUBNET),
  );
  const [vpc] = subnets.flatMap((one) => vpcOf(world, one) ?? []);
  if (vpc === undefined) return notApplicable("its nodes are not in this plan");
  const out = every(subnets.map((one) => hasWayOut(world, one)));
  const services = endpointServices(world, vpc);
  const reached = some([out, services === undefined ? UNKNOWN : services.has("guardduty-data")]);
  const verdict = expectRead(world.inputsOf(eks), reached, {
    absent: false,
    accept: (value) => value,
    message: `nodes of cluster '${eks.name}' have no way out and no endpoint for guardduty-data, so that the agent reports nothing`,
    undecided: `whether the agent of GuardDuty in cluster '${eks.name}' can report is not known from this plan`,
  });
  return verdict.kind === "fail" ? { ...verdict, actual: undefined } : verdict;
}
