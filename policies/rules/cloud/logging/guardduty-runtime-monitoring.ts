import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { DETECTOR, DETECTOR_FEATURE } from "../../../lib/account-services.js";
import { EKS_ADDON } from "../../../lib/eks.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, failWhole, notApplicable, pass, unknown, unknownWhole } from "../../../verdicts.js";

const NAMES = ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];

function feature(inputs: ExampleObject) {
  return [
    planned(DETECTOR_FEATURE, "runtime", { detectorId: "d", name: "RUNTIME_MONITORING", status: "ENABLED", ...inputs }),
  ];
}

const MANAGED = [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }];

/**
 * GuardDuty watches what runs on nodes, with an agent that it keeps on them or that the plan installs as an add-on. It does not
 * by default (GuardDuty user guide, "Runtime Monitoring"). A detector without the feature is judged where its plan also has a
 * cluster; a plan without a detector leaves GuardDuty to others.
 */
export const guarddutyRuntimeMonitoring = defineRule({
  id: "guardduty-runtime-monitoring",
  title: "GuardDuty watches what runs on the nodes",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A shell in a container, a miner or a call to the metadata service shows on the node and nowhere else: the audit log sees the API only.",
  remediation:
    'new aws.guardduty.DetectorFeature("runtime", { detectorId: detector.id, name: "RUNTIME_MONITORING", status: "ENABLED", additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }] })',
  references: references("catalogue/rules.csv: PRW guardduty_eks_runtime_monitoring_enabled, steampipe", {
    "aws-security-hub": ["GuardDuty.7", "GuardDuty.11"],
    "owasp-k8s": ["K10"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "turned off", resources: feature({ status: "DISABLED" }), path: "status" },
      { title: "nobody puts the agent on the nodes", resources: feature({}), path: "additionalConfigurations" },
      {
        title: "a detector and a cluster, and no feature",
        resources: [planned(DETECTOR, "main", {}), planned(EKS_CLUSTER, "prod", {})],
        path: "",
      },
    ],
    pass: [
      { title: "GuardDuty keeps the agent", resources: feature({ additionalConfigurations: MANAGED }) },
      {
        title: "the plan installs the agent",
        resources: [
          ...feature({}),
          planned(EKS_ADDON, "agent", { clusterName: "prod", addonName: "aws-guardduty-agent" }),
        ],
      },
      {
        title: "the feature belongs to the detector",
        resources: [
          ...feature({ detectorId: ref("main", "id"), additionalConfigurations: MANAGED }),
          planned(DETECTOR, "main", {}),
          planned(EKS_CLUSTER, "prod", {}),
        ],
      },
      {
        title: "another feature is off",
        resources: [
          ...feature({ name: "S3_DATA_EVENTS", status: "DISABLED" }),
          ...feature({ additionalConfigurations: MANAGED }).map((r) => ({ ...r, name: "on" })),
        ],
      },
    ],
    unknown: [{ title: "an output decides", resources: feature({ status: unresolved("string") }), path: "status" }],
  },
  ...onResource([DETECTOR, DETECTOR_FEATURE, EKS_CLUSTER, EKS_ADDON], ({ resource, inputs, world }) => {
    if (resource.type === DETECTOR) return judgeDetector(world, resource);
    if (resource.type !== DETECTOR_FEATURE) return notApplicable("detectors are judged");
    const name = inputs.at("name").string();
    const status = inputs.at("status").string();
    const undecided = "whether GuardDuty watches what runs on nodes is not known before the deployment";
    if (name === UNKNOWN) return notApplicable("which feature it is is not known before the deployment");
    if (!NAMES.includes(name ?? "")) return notApplicable("it is another feature");
    if (status === UNKNOWN) return unknown(inputs.at("status"), undecided);
    if (status !== "ENABLED") return fail(inputs.at("status"), "GuardDuty does not watch what runs on the nodes");
    const list = inputs.at("additionalConfigurations");
    const managed = list
      .items()
      .find((at) => ["EKS_ADDON_MANAGEMENT", UNKNOWN].includes(at.at("name").string() ?? ""))
      ?.at("status")
      .string();
    if (managed === "ENABLED" || installsAgent(world)) return pass();
    return list.isUnknown || managed === UNKNOWN
      ? unknown(list, undecided)
      : fail(list, "GuardDuty is told to watch nodes, and nobody puts its agent on those of clusters");
  }),
});

function judgeDetector(world: World, detector: PlannedResource): Verdict {
  const [cluster] = world.ofType(EKS_CLUSTER);
  if (world.inputsOf(detector).at("enable").boolean() === false)
    return notApplicable("it is off, which another rule reports");
  if (cluster === undefined) return notApplicable("the plan has no cluster");
  const names = world.ofType(DETECTOR_FEATURE).map((r) => world.inputsOf(r).at("name").string());
  if (names.some((name) => typeof name === "string" && NAMES.includes(name)))
    return notApplicable("its feature is judged");
  return names.includes(UNKNOWN)
    ? unknownWhole("whether GuardDuty watches what runs on nodes is not known before the deployment")
    : failWhole(`detector '${detector.name}' does not watch what runs on the nodes of cluster '${cluster.name}'`);
}

function installsAgent(world: World): boolean {
  return world.ofType(EKS_ADDON).some((r) => world.inputsOf(r).at("addonName").string() === "aws-guardduty-agent");
}
