import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, KubernetesObject, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, manifest, unresolved } from "../../../examples.js";
import type { ExampleObject, ExampleValue, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, failWhole, notApplicable, pass, unknown } from "../../../verdicts.js";

const NODES = "- rolearn: arn:aws:iam::111122223333:role/node\n  groups: [system:bootstrappers, system:nodes]\n";
const MASTERS = "- rolearn: arn:aws:iam::111122223333:role/ops\n  groups:\n    - system:masters\n";

function mapped(data: ExampleObject, mode: ExampleValue = "API_AND_CONFIG_MAP") {
  const metadata = { name: "aws-auth", namespace: "kube-system" };
  return [
    manifest({ apiVersion: "v1", kind: "ConfigMap", metadata, data }, { provider: "k8s" }),
    ...cluster({ accessConfig: { authenticationMode: mode } }),
  ];
}

/**
 * A planned `aws-auth` ConfigMap is read: the cluster's authentication mode is not `API`; and it maps nobody to
 * `system:masters` (EKS user guide, "Grant IAM users and roles access to Kubernetes APIs"). Without a mode stated EKS takes
 * `CONFIG_MAP`.
 */
export const awsAuthConsistentWithAuthMode = defineRule({
  id: "aws-auth-consistent-with-auth-mode",
  title: "the aws-auth map does what it says, and makes nobody master",
  ring: "cluster",
  severity: "high",
  rationale:
    "Who writes one map in kube-system is administrator of the cluster, past IAM and past the audit of its API. A map that the cluster ignores is worse than none: it shows access that nobody has, and hides who has.",
  remediation:
    'new aws.eks.AccessEntry("ops", { clusterName: cluster.name, principalArn: role.arn })  // for each entry; then delete the ConfigMap',
  references: references("catalogue/cross-ring-rules.csv: N10", { "owasp-k8s": ["K09"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "a role is master", resources: mapped({ mapRoles: NODES + MASTERS }), path: "data.mapRoles" },
      { title: "the cluster reads access entries only", resources: mapped({ mapRoles: NODES }, "API"), path: "" },
    ],
    pass: [
      {
        title: "nodes, and a group that a binding gives rights",
        resources: mapped({
          mapRoles: `${NODES}- rolearn: arn:aws:iam::111122223333:role/ops\n  groups: [ops] # not system:masters\n`,
        }),
      },
    ],
    unknown: [
      { title: "the map is an output", resources: mapped({ mapRoles: unresolved("string") }), path: "data.mapRoles" },
      {
        title: "the cluster is not in this plan",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "aws-auth", namespace: "kube-system" },
            data: { mapRoles: NODES },
          }),
        ],
        path: "data",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"], ({ object, root, world }) => {
    if (object.namespace !== "kube-system" || object.name !== "aws-auth") return notApplicable("it is another map");
    const eks = eksClusterOf(world, object.cluster);
    const lists = ["mapRoles", "mapUsers"].map((key) => root.at("data", key)).filter((at) => !at.isAbsent);
    return [judgeMode(world, object, eks), ...lists.map((at) => judgeMap(object, at))];
  }),
  reads: ["kubernetes:core/v1:ConfigMap", EKS_CLUSTER],
});

function judgeMode(world: World, map: KubernetesObject, eks: PlannedResource | undefined): Verdict {
  const mode = eks === undefined ? UNKNOWN : world.inputsOf(eks).at("accessConfig", "authenticationMode").string();
  if (mode === UNKNOWN)
    return unknown(map.root.at("data"), `whether the cluster reads ${labelOf(map)} is not known from this plan`);
  return mode === "API"
    ? failWhole(`cluster '${eks?.name ?? ""}' reads access entries only and ignores ${labelOf(map)}`, {
        severity: "medium",
      })
    : pass();
}

function judgeMap(map: KubernetesObject, at: Cursor): Verdict {
  const text = at.text();
  const undecided = unknown(at, `whom ${labelOf(map)} gives which rights is not known before the deployment`);
  if (text === UNKNOWN) return undecided;
  const entries = entriesOf(text ?? "");
  if (entries === undefined)
    return fail(at, `${labelOf(map)} holds text that is no YAML list, so that nobody in it gets in`, {
      severity: "medium",
    });
  const master = entries.find(({ groups }) => groups.includes("system:masters"));
  if (master === undefined) return pass();
  return fail(at, `${labelOf(map)} makes ${master.who} master of the cluster, past every role and binding`);
}

/** One line of the map. */
interface Entry {
  /** The ARN, late values in it as they are. */
  readonly who: string;
  readonly groups: readonly unknown[];
}

function entriesOf(text: string): readonly Entry[] | undefined {
  // Loaded where such a map is planned only: it is rare, and the parser is large.
  const { load } = require("js-yaml") as typeof import("js-yaml");
  let list: unknown;
  try {
    list = load(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(list)) return undefined;
  return list.map((item: unknown) => {
    const entry = typeof item === "object" && item !== null ? (item as Record<string, unknown>) : {};
    const groups = Array.isArray(entry["groups"]) ? (entry["groups"] as readonly unknown[]) : [];
    const arn = entry["rolearn"] ?? entry["userarn"];
    return { who: typeof arn === "string" ? arn.replace(/\uFFFC/g, "…") : "somebody", groups };
  });
}
