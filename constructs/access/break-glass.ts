import { Construct } from "constructs";
import { relaxation } from "../../core/relaxation.js";
import type { Reason } from "../../core/relaxation.js";
import { validateWith } from "../checks.js";
import type { NamespaceTarget } from "../namespace-target.js";
import { bindInCluster, bindInNamespaces, checkNamespaces, createClusterRole } from "./namespaced-grant.js";
import { personaGroup, PERSONAS } from "./personas.js";
import type { PersonaDefinition } from "./personas.js";

/**
 * What an incident may need, by name: commands in pods, changes of what is exposed and allowed, one Secret at a time, and
 * taking a node out of service. Not RBAC and admission: who may change these is a cluster administrator.
 */
export const BREAK_GLASS: PersonaDefinition = {
  summary: "repairs what is broken in the namespaces given: everything there but RBAC; takes nodes out of service",
  namespaceRules: [
    ...PERSONAS["ci-deployer"].namespaceRules,
    { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
    { apiGroups: [""], resources: ["pods/attach", "pods/exec", "pods/portforward"], verbs: ["create", "get"] },
    { apiGroups: [""], resources: ["pods/ephemeralcontainers"], verbs: ["patch", "update"] },
    { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
    { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
    // Without list and watch: whoever reads a Secret has to name it, and the audit log does too.
    { apiGroups: [""], resources: ["secrets"], verbs: ["get", "patch", "update"] },
    { apiGroups: ["apps"], resources: ["deployments/scale", "statefulsets/scale"], verbs: ["patch", "update"] },
  ],
  clusterRules: [
    ...PERSONAS.auditor.clusterRules,
    { apiGroups: [""], resources: ["nodes"], verbs: ["patch"] },
    { apiGroups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: ["delete", "get", "list", "watch"] },
  ],
};

/** Arguments of {@link BreakGlassAccess}. */
export interface BreakGlassAccessProps extends Reason {
  /** Where it may repair; at least one. */
  readonly namespaces: readonly NamespaceTarget[];
}

/**
 * The group `ringfence:break-glass` for incidents. Nobody should be in it by day: give the group to a role in AWS that alarms
 * when somebody takes it. The reason stays in the manifests.
 *
 * @throws InputError when the reason is missing.
 */
export class BreakGlassAccess extends Construct {
  /** The group that gets the rights. */
  readonly group: string;

  constructor(scope: Construct, id: string, { namespaces, reason }: BreakGlassAccessProps) {
    super(scope, id);
    const relaxations = [relaxation("BreakGlassAccess", { reason })];
    this.group = personaGroup("break-glass");
    const roleName = "ringfence-break-glass";
    const { namespaceRules, clusterRules } = BREAK_GLASS;

    createClusterRole(this, "Resource", { name: roleName, relaxations, body: { rules: namespaceRules } });
    bindInNamespaces(this, { group: this.group, roleName, relaxations }, namespaces);
    const clusterRoleName = `${roleName}-cluster`;
    createClusterRole(this, "ClusterRole", { name: clusterRoleName, relaxations, body: { rules: clusterRules } });
    bindInCluster(this, { group: this.group, roleName: clusterRoleName, relaxations });

    validateWith(this, () => checkNamespaces("break-glass", namespaces, false));
  }
}
