import type { RemovedApi } from "../../../../core/data/removed-apis.js";
import { REMOVED_APIS } from "../../../../core/data/removed-apis.js";
import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, KubernetesObject, World } from "../../../../plan/world/index.js";
import { apiVersionOf, EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, manifest, planned, ref, unresolved } from "../../../examples.js";
import { EKS_ADDON } from "../../../lib/eks.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import type { Found } from "../../../shapes.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { fail, pass, setTo, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** How many minor versions kubelet and kube-proxy may be behind the API server (Kubernetes documentation, "Version Skew Policy"). */
const MOST_BEHIND = 3;

function budget(version: string) {
  return manifest(
    { apiVersion: `policy/${version}`, kind: "PodDisruptionBudget", metadata: { name: "web", namespace: "vote" } },
    { provider: "k8s" },
  );
}

function nodes(version: ExampleValue) {
  return [
    planned(NODE_GROUP, "workers", { clusterName: ref("prod", "name"), version }),
    ...cluster({ version: "1.36" }),
  ];
}

/**
 * Every object is of a version of its API that the planned Kubernetes version serves, and nodes and kube-proxy are not newer
 * than the control plane, nor more than three minor versions older.
 */
export const versionSkewAndRemovedApis = defineRule({
  id: "version-skew-and-removed-apis",
  title: "objects, nodes and add-ons fit the planned Kubernetes version",
  ring: "cluster",
  severity: "high",
  rationale:
    "The API server refuses an object of a version that it does not serve any more, a policy or a budget among them, and what it guarded goes without. Nodes and a kube-proxy out of step run unsupported, without fixes, and break in ways that nobody tests.",
  remediation: 'apiVersion: "policy/v1"  // and the version of node groups and add-ons with that of the cluster',
  references: references("catalogue/cross-ring-rules.csv: N28", { "owasp-k8s": ["K07"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a budget of a version that 1.25 removed",
        resources: [budget("v1beta1"), ...cluster({ version: "1.36" })],
        path: "apiVersion",
      },
      { title: "nodes newer than the control plane", resources: nodes("1.37"), path: "version" },
      {
        title: "a kube-proxy of four versions ago",
        resources: [
          planned(EKS_ADDON, "proxy", {
            clusterName: ref("prod", "name"),
            addonName: "kube-proxy",
            addonVersion: "v1.32.6-eksbuild.12",
          }),
          ...cluster({ version: "1.36" }),
        ],
        path: "addonVersion",
      },
    ],
    pass: [
      { title: "the version that is served", resources: [budget("v1"), ...cluster({ version: "1.36" })] },
      {
        title: "one that an older cluster still serves",
        resources: [budget("v1beta1"), ...cluster({ version: "1.24" })],
      },
      { title: "nodes one version behind, in the middle of an upgrade", resources: nodes("1.35") },
    ],
    unknown: [
      { title: "the version of the nodes is an output", resources: nodes(unresolved("string")), path: "version" },
    ],
  },
  ...onWorld(
    [
      ...new Set(
        REMOVED_APIS.flatMap(({ apiVersion, kinds }) => kinds.map((kind) => `kubernetes:${apiVersion}:${kind}`)),
      ),
      NODE_GROUP,
      EKS_ADDON,
      EKS_CLUSTER,
    ],
    function* ({ world }) {
      for (const [kind, rows] of BY_KIND)
        for (const object of world.find({ kind })) yield judgeObject(world, object, rows);
      for (const group of world.ofType(NODE_GROUP))
        yield {
          resource: group,
          verdict: judgeSkew(world, group, world.inputsOf(group).at("version"), `node group '${group.name}'`),
        };
      for (const addon of world.ofType(EKS_ADDON)) {
        const inputs = world.inputsOf(addon);
        if (inputs.at("addonName").string() === "kube-proxy")
          yield {
            resource: addon,
            verdict: judgeSkew(world, addon, inputs.at("addonVersion"), `kube-proxy of add-on '${addon.name}'`),
          };
      }
    },
  ),
});

const BY_KIND: ReadonlyMap<string, readonly RemovedApi[]> = new Map(
  [...new Set(REMOVED_APIS.flatMap(({ kinds }) => kinds))].map((kind) => [
    kind,
    REMOVED_APIS.filter(({ kinds }) => kinds.includes(kind)),
  ]),
);

/** The minor version of the cluster that an object goes to: its own, when it says one, else the plan's. */
function servedBy(world: World, object: KubernetesObject): number {
  const eks = eksClusterOf(world, object.cluster);
  const own = eks === undefined ? undefined : world.inputsOf(eks).at("version").string();
  return minorVersion(typeof own === "string" ? own : world.kubernetesVersion);
}

function judgeObject(world: World, object: KubernetesObject, rows: readonly RemovedApi[]): Found {
  const apiVersion = apiVersionOf(object);
  const minor = servedBy(world, object);
  const row = rows.find((one) => one.apiVersion === apiVersion && one.removedIn <= minor);
  const { resource } = object;
  if (row === undefined) return { resource, verdict: pass() };
  const at = object.root.at("apiVersion");
  const instead = row.use === undefined ? "and nothing took its place" : `and has ${row.use} in its place`;
  const message = `Kubernetes 1.${minor} refuses ${labelOf(object)}: it serves ${apiVersion} no more since 1.${row.removedIn}, ${instead}`;
  // Another version may need other fields, so that only those are changed that kept them.
  const details = row.use !== undefined && SAME_FIELDS.has(row.apiVersion) ? { fix: [setTo(at, row.use)] } : {};
  return { resource, verdict: fail(at, message, details) };
}

/** Versions whose successors have the same fields, as far as manifests use them. */
const SAME_FIELDS: ReadonlySet<string> = new Set([
  "batch/v1beta1",
  "coordination.k8s.io/v1beta1",
  "node.k8s.io/v1beta1",
  "rbac.authorization.k8s.io/v1alpha1",
  "rbac.authorization.k8s.io/v1beta1",
  "scheduling.k8s.io/v1beta1",
  "storage.k8s.io/v1beta1",
]);

/** Without a version EKS takes that of the cluster, or the one that fits it. */
function judgeSkew(world: World, resource: PlannedResource, at: Cursor, what: string): Verdict {
  if (at.isAbsent) return pass();
  const [eks] = world
    .resolve(resource, world.inputsOf(resource).at("clusterName"))
    .filter((r) => r.type === EKS_CLUSTER);
  const own = eks === undefined ? UNKNOWN : world.inputsOf(eks).at("version").string();
  if (eks === undefined || (at.refs().length > 0 && world.resolve(resource, at).includes(eks)))
    return eks === undefined ? undecided(at, what) : pass();
  const stated = at.string();
  if (typeof stated !== "string" || typeof own !== "string") return undecided(at, what);
  const behind = minorVersion(own) - minorVersion(stated);
  return behind < 0 || behind > MOST_BEHIND ? fail(at, skew(what, stated, own, behind)) : pass();
}

function skew(what: string, stated: string, own: string, behind: number): string {
  return behind < 0
    ? `${what} is at ${stated}, newer than its control plane at ${own}, which Kubernetes does not support`
    : `${what} is at ${stated}, ${behind} minor versions behind its control plane at ${own}, where ${MOST_BEHIND} are supported`;
}

function undecided(at: Cursor, what: string): Verdict {
  return unknown(at, `whether ${what} fits the version of its cluster is not known from this plan`);
}
