import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkName, validateWith } from "./checks.js";
import type { PolicyRuleManifest } from "./manifest.js";
import { HardenedNamespace } from "./namespace.js";
import { objectOf } from "./objects.js";
import { personaGroup, PERSONAS } from "./personas.js";
import type { PersonaDefinition, PersonaName } from "./personas.js";

const RBAC = "rbac.authorization.k8s.io/v1";

/** Arguments of {@link Persona}. */
export interface PersonaProps {
  readonly persona: PersonaName;
  /** Where the persona has its rights; at least one. */
  readonly namespaces: readonly (HardenedNamespace | string)[];
}

/**
 * The rights of one group of people, `ringfence:<persona>`: a ClusterRole that is bound namespace by namespace, and a second
 * one, bound for the whole cluster, where the persona reads objects of the cluster. Make each persona once.
 */
export class Persona extends Construct {
  /** The group that gets the rights. */
  readonly group: string;
  readonly definition: PersonaDefinition;

  constructor(scope: Construct, id: string, props: PersonaProps) {
    super(scope, id);
    this.group = personaGroup(props.persona);
    this.definition = PERSONAS[props.persona];
    const roleName = `ringfence-${props.persona}`;
    const namespaces = props.namespaces.map(nameOf);

    this.createClusterRole("Role", roleName, this.definition.namespaceRules);
    for (const namespace of new Map(props.namespaces.map((n) => [nameOf(n), n])).values())
      this.createRoleBinding(namespace, roleName);
    if (this.definition.clusterRules.length > 0) {
      this.createClusterRole("ClusterRole", `${roleName}-cluster`, this.definition.clusterRules);
      this.createClusterRoleBinding(`${roleName}-cluster`);
    }

    validateWith(this, () => checkNamespaces(props.persona, namespaces));
  }

  private createClusterRole(id: string, name: string, rules: readonly PolicyRuleManifest[]): void {
    objectOf(this, id, { apiVersion: RBAC, kind: "ClusterRole", name, body: { rules } });
  }

  private createRoleBinding(namespace: HardenedNamespace | string, roleName: string): void {
    const binding = objectOf(this, `RoleBinding-${nameOf(namespace)}`, {
      apiVersion: RBAC,
      kind: "RoleBinding",
      name: roleName,
      namespace: nameOf(namespace),
      body: bindingBody(this.group, roleName),
    });
    if (namespace instanceof HardenedNamespace) binding.addDependency(ApiObject.of(namespace));
  }

  private createClusterRoleBinding(roleName: string): void {
    objectOf(this, "ClusterRoleBinding", {
      apiVersion: RBAC,
      kind: "ClusterRoleBinding",
      name: roleName,
      body: bindingBody(this.group, roleName),
    });
  }
}

function nameOf(namespace: HardenedNamespace | string): string {
  return typeof namespace === "string" ? namespace : namespace.name;
}

function bindingBody(group: string, roleName: string): object {
  return {
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }],
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
  };
}

function checkNamespaces(persona: PersonaName, namespaces: readonly string[]): readonly Issue[] {
  if (namespaces.length === 0)
    return [
      issue(
        "Required",
        "namespaces",
        "must name at least one namespace",
        namespaces,
        "Say where the persona has its rights",
      ),
    ];
  return namespaces.flatMap((namespace, i) => [
    ...checkName(`namespaces[${i}]`, namespace),
    ...checkNotSystem(persona, `namespaces[${i}]`, namespace),
  ]);
}

/** Whoever may delete or change pods there acts as the cluster's own components. */
function checkNotSystem(persona: PersonaName, path: string, namespace: string): readonly Issue[] {
  if (persona === "viewer" || !namespace.startsWith("kube-")) return [];
  return [
    issue(
      "NotAllowed",
      path,
      `must not be a namespace of the system for '${persona}'`,
      namespace,
      "Give 'viewer' there, or nothing",
    ),
  ];
}
