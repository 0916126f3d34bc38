import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { personaGroup, PERSONAS } from "../constructs/index.js";
import type { PersonaName } from "../constructs/index.js";

const GROUP = "rbac.authorization.k8s.io";
const API = `${GROUP}/v1`;

/** What a persona may do in one namespace: a Role and its binding to the group `ringfence:<persona>`. */
export class NamespaceAccess extends Construct {
  constructor(scope: Construct, id: string, persona: PersonaName, namespace: string) {
    super(scope, id);
    const metadata = { name: `ringfence-${persona}`, namespace };
    const rules = PERSONAS[persona].namespaceRules;
    const role = new ApiObject(this, "Role", { apiVersion: API, kind: "Role", metadata, rules });
    bind(this, "Role", role, { kind: "RoleBinding", metadata, persona });
  }
}

/** What a persona may read of the cluster as a whole; nothing for personas that have no such rights. */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, id: string, persona: PersonaName) {
    super(scope, id);
    const rules = PERSONAS[persona].clusterRules;
    if (rules.length === 0) return;
    const metadata = { name: `ringfence-${persona}` };
    const role = new ApiObject(this, "Role", { apiVersion: API, kind: "ClusterRole", metadata, rules });
    bind(this, "ClusterRole", role, { kind: "ClusterRoleBinding", metadata, persona });
  }
}

function bind(
  scope: Construct,
  roleKind: "Role" | "ClusterRole",
  role: ApiObject,
  binding: {
    readonly kind: "RoleBinding" | "ClusterRoleBinding";
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly persona: PersonaName;
  },
): void {
  const object = new ApiObject(scope, "Binding", {
    apiVersion: API,
    kind: binding.kind,
    metadata: binding.metadata,
    subjects: [{ apiGroup: GROUP, kind: "Group", name: personaGroup(binding.persona) }],
    roleRef: { apiGroup: GROUP, kind: roleKind, name: role.name },
  });
  object.addDependency(role);
}
