import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, KubernetesObject } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, planned, ref, unresolved } from "../../../examples.js";
import { objectsIn } from "../../../lib/eks.js";
import type { Verdict } from "../../../model.js";
import { onWorld } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry";
const ENTRY = planned(ACCESS_ENTRY, "ops", {
  clusterName: ref("prod", "name"),
  principalArn: "arn:aws:iam::111122223333:role/ops",
  kubernetesGroups: ["ops"],
});
const CLUSTER = [
  planned(EKS_CLUSTER, "prod", {}),
  planned("pulumi:providers:kubernetes", "k8s", { kubeconfig: ref("prod", "endpoint") }),
];

function binding(role: string) {
  return manifest(
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "ops-binding" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ops" }],
    },
    { provider: "k8s" },
  );
}

/**
 * Each Kubernetes group of an access entry is the subject of a planned binding in its cluster, and of none to
 * `cluster-admin`.
 */
export const accessEntryRbacClosure = defineRule({
  id: "access-entry-rbac-closure",
  title: "the groups of an access entry lead to rights, and not to all of them",
  ring: "cluster",
  severity: "high",
  rationale:
    "An access entry says who; a binding elsewhere says what. A group that is bound to nothing is access that does not work, and one that is bound to cluster-admin is an administrator whom nobody sees in IAM.",
  remediation:
    'Bind the group to a role with named verbs: subjects: [{ kind: "Group", name: "ops" }], roleRef: { kind: "ClusterRole", name: "view" }',
  references: references("catalogue/cross-ring-rules.csv: N9", { "owasp-k8s": ["K02"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "bound to nothing",
        resources: [
          ENTRY,
          ...CLUSTER,
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { provider: "k8s" }),
        ],
        path: "kubernetesGroups[0]",
      },
      {
        title: "a hidden administrator",
        resources: [ENTRY, ...CLUSTER, binding("cluster-admin")],
        path: "kubernetesGroups[0]",
      },
    ],
    pass: [{ title: "bound to a role with named verbs", resources: [ENTRY, ...CLUSTER, binding("view")] }],
    unknown: [
      {
        title: "nothing of the cluster's inside is in this plan",
        resources: [ENTRY, ...CLUSTER],
        path: "kubernetesGroups[0]",
      },
      {
        title: "the groups are an output",
        resources: [
          planned(ACCESS_ENTRY, "ops", { clusterName: ref("prod", "name"), kubernetesGroups: unresolved("list") }),
          ...CLUSTER,
          binding("view"),
        ],
        path: "kubernetesGroups",
      },
    ],
  },
  ...onWorld(
    [
      ACCESS_ENTRY,
      EKS_CLUSTER,
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    ],
    function* ({ world }) {
      for (const entry of world.ofType(ACCESS_ENTRY)) {
        const inputs = world.inputsOf(entry);
        const groups = inputs.at("kubernetesGroups");
        const [cluster] = world.resolve(entry, inputs.at("clusterName")).filter((r) => r.type === EKS_CLUSTER);
        const objects = cluster === undefined ? [] : objectsIn(world, cluster);
        const undecided = `what the groups of access entry '${entry.name}' may do is not known`;
        if (groups.isUnknown) yield { resource: entry, verdict: unknown(groups, `${undecided} before the deployment`) };
        else if (groups.items().length === 0)
          yield { resource: entry, verdict: notApplicable("it names no Kubernetes group") };
        for (const group of groups.items()) {
          const name = group.string();
          if (name === UNKNOWN || objects.length === 0)
            yield { resource: entry, verdict: unknown(group, `${undecided} from this plan`) };
          else yield { resource: entry, verdict: judgeGroup(objects, group, name ?? "", entry.name) };
        }
      }
    },
  ),
});

function judgeGroup(objects: readonly KubernetesObject[], at: Cursor, group: string, entry: string): Verdict {
  const bindings = objects.filter(
    (o) => (o.kind === "ClusterRoleBinding" || o.kind === "RoleBinding") && names(o, group),
  );
  const roles = bindings.map((b) => b.root.at("roleRef", "name").string());
  if (bindings.some((b, i) => roles[i] === "cluster-admin" && b.kind === "ClusterRoleBinding"))
    return fail(at, `access entry '${entry}' makes a hidden administrator: group '${group}' is bound to cluster-admin`);
  if (bindings.length === 0)
    return fail(at, `access entry '${entry}' leads nowhere: no planned binding names group '${group}'`);
  return pass();
}

function names(binding: KubernetesObject, group: string): boolean {
  return binding.root
    .at("subjects")
    .items()
    .some((s) => s.at("kind").string() === "Group" && s.at("name").string() === group);
}
