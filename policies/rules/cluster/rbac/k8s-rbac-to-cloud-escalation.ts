import type { PlannedResource } from "../../../../plan/model/index.js";
import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, json, manifest, planned, ref, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import type { Power } from "../../../lib/iam-rights.js";
import { RIGHTS_TYPES, worstPower } from "../../../lib/iam-rights.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import { placesWithRoles } from "../../../lib/pod-roles.js";
import { BINDING_TYPES, holdersOf, RBAC_GROUP, ROLE_TYPES } from "../../../lib/rbac/bindings.js";
import { leadsToAccounts } from "../../../lib/rbac/takeover.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

function world(verbs: ExampleValue, namespace = "vote", action: ExampleValue = "*") {
  const metadata = { name: "developers", namespace };
  return [
    manifest(
      {
        apiVersion: `${RBAC_GROUP}/v1`,
        kind: "RoleBinding",
        metadata,
        roleRef: { apiGroup: RBAC_GROUP, kind: "Role", name: "deployer" },
        subjects: [{ kind: "Group", name: "developers" }],
      },
      { provider: "k8s" },
    ),
    manifest(
      {
        apiVersion: `${RBAC_GROUP}/v1`,
        kind: "Role",
        metadata: { name: "deployer", namespace },
        rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs }],
      },
      { provider: "k8s" },
    ),
    planned(ASSOCIATION, "backup-role", {
      clusterName: ref("prod", "name"),
      namespace: "vote",
      serviceAccount: "backup",
      roleArn: ref("role", "arn"),
    }),
    planned(ROLE, "role", {}),
    planned("aws:iam/rolePolicy:RolePolicy", "policy", {
      role: ref("role", "id"),
      policy: json({ Statement: { Effect: "Allow", Action: action, Resource: "*" } }),
    }),
    ...cluster(),
  ];
}

/**
 * Whoever may run pods, or commands in pods, or make tokens, where a service account has a role with power over the account,
 * has that power. A service account that has the same role gains nothing.
 */
export const k8sRbacToCloudEscalation = defineRule({
  id: "k8s-rbac-to-cloud-escalation",
  title: "nobody reaches power over the AWS account by running a pod",
  ring: "cluster",
  severity: "high",
  rationale:
    "A pod takes the role of any service account in its namespace: no right on the account itself is asked for. Who may deploy there may do in AWS what the strongest of those roles may, and IAM does not show it.",
  remediation:
    "Move the workload with the strong role into a namespace of its own, in which nobody else may run pods; or name the role's resources",
  references: references("catalogue/cross-ring-rules.csv: N7", { "owasp-k8s": ["K02", "K08"], attack: ["T1098"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "developers deploy beside an administrator", resources: world(["create"]), path: "roleRef" },
      {
        title: "beside a role that reads every secret",
        resources: world(["patch"], "vote", "secretsmanager:GetSecretValue"),
        path: "roleRef",
      },
    ],
    pass: [
      { title: "developers only look", resources: world(["get", "list"]) },
      { title: "developers deploy elsewhere", resources: world(["create"], "shop") },
      { title: "the role there only puts metrics", resources: world(["create"], "vote", "cloudwatch:PutMetricData") },
    ],
    unknown: [
      {
        title: "what the role may do is an output",
        resources: world(["create"], "vote", unresolved("string")),
        path: "roleRef",
      },
      { title: "what developers may do is an output", resources: world(unresolved("list")), path: "roleRef" },
    ],
  },
  ...onKubernetes(BINDING_TYPES, ({ object, world: plan }) => {
    const reached = powersIn(plan, object).filter((one) => !isOwn(object, one));
    if (holdersOf([object]) === undefined) return notApplicable("it binds nobody");
    if (reached.length === 0) return pass();
    const leads = leadsToAccounts(plan, object);
    if (leads === false) return pass();
    const [worst] = [...reached].sort((a, b) => Number(b.power.certain) - Number(a.power.certain));
    return worst === undefined ? pass() : judge(object, worst, leads === UNKNOWN);
  }),
  reads: [...BINDING_TYPES, ...ROLE_TYPES, ASSOCIATION, "kubernetes:core/v1:ServiceAccount", ...RIGHTS_TYPES],
});

/** A role with power over the account, and where its service account is. */
interface Reached {
  readonly namespace: string;
  readonly account: string;
  readonly role: PlannedResource;
  readonly power: Power;
  /** The service accounts that have the role, as `namespace/name`. */
  readonly owners: ReadonlySet<string>;
}

function judge(binding: KubernetesObject, { namespace, account, role, power }: Reached, isUnclear: boolean): Verdict {
  const at = binding.root.at("roleRef");
  const who = holdersOf([binding]) ?? "whoever it names";
  const target = `service account '${namespace}/${account}', whose role '${role.name}' may do ${power.what}`;
  if (isUnclear || !power.certain)
    return unknown(at, `whether ${labelOf(binding)} lets ${who} run pods as ${target} is not known from this plan`);
  return fail(at, `${labelOf(binding)} lets ${who} run pods as ${target}`);
}

const cache = new WeakMap<World, ReadonlyMap<string, readonly Reached[]>>();

/** The roles with power over the account where a binding takes effect. */
function powersIn(plan: World, binding: KubernetesObject): readonly Reached[] {
  let known = cache.get(plan);
  if (known === undefined) cache.set(plan, (known = findPowers(plan)));
  const place = binding.kind === "ClusterRoleBinding" ? "" : (binding.namespace ?? "");
  return known.get(`${binding.cluster}|${place}`) ?? [];
}

function findPowers(plan: World): ReadonlyMap<string, readonly Reached[]> {
  const found = new Map<string, Reached[]>();
  const owners = new Map<PlannedResource, Set<string>>();
  for (const { cluster: home, namespace, name, role } of placesWithRoles(plan)) {
    const power = worstPower(plan, role);
    if (power === undefined) continue;
    const own = owners.get(role) ?? new Set<string>();
    owners.set(role, own.add(`${namespace}/${name}`));
    for (const place of new Set([namespace, ""])) {
      const key = `${home}|${place}`;
      const list = found.get(key) ?? [];
      found.set(key, list);
      list.push({ namespace, account: name, role, power, owners: own });
    }
  }
  // Which one a finding names must not hang on the order of the plan.
  const nameOf = ({ namespace, account, role }: Reached): string => `${namespace}/${account} ${role.urn}`;
  for (const list of found.values()) list.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return found;
}

/** Whether the only holders of a binding are service accounts that have the role themselves. */
function isOwn(binding: KubernetesObject, { owners }: Reached): boolean {
  const subjects = binding.root.at("subjects").items();
  return subjects.every((subject) => {
    const [kind, name, namespace] = ["kind", "name", "namespace"].map((field) => subject.at(field).string());
    return kind === "ServiceAccount" && owners.has(`${String(namespace)}/${String(name)}`);
  });
}
