import { Construct } from "constructs";
import type { Issue } from "../../core/issue.js";
import { isNamespaced, personaGroup, personaGroupIn } from "../../core/persona-group.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { checkSubdomain, validateWith } from "../checks.js";
import type { NamespaceTarget } from "../namespace-target.js";
import { bindInCluster, bindInNamespaces, checkNamespaces, createClusterRole } from "./namespaced-grant.js";
import { PERSONAS } from "./personas.js";
import type { PersonaDefinition, PersonaName } from "./personas.js";
import { checkRule } from "./rbac-rule.js";
import type { RbacRule } from "./rbac-rule.js";
import { relaxationsOf } from "./role.js";

/** Personas whose rights are all to read. */
const READERS: readonly PersonaName[] = ["auditor", "viewer"];

/** Whether other ClusterRoles add to a persona's rights. */
export class PersonaRights {
  /** The default: what this package lists, and nothing else. */
  static fixed(): PersonaRights {
    return new PersonaRights(undefined);
  }

  /**
   * What this package lists and every ClusterRole with the persona's label, such as those of `PersonaExtension`: Kubernetes
   * adds them up. Whoever may write ClusterRoles then decides what the persona may.
   *
   * @throws InputError when the reason is missing.
   */
  static aggregated(why: Reason): PersonaRights {
    return new PersonaRights(relaxation("PersonaRights.aggregated", why));
  }

  private constructor(
    /** Absent where the rights are fixed. */
    readonly relaxation: Relaxation | undefined,
  ) {}
}

/** Arguments of {@link PersonaRole}. */
export interface PersonaRoleProps {
  readonly persona: PersonaName;
  /** @default PersonaRights.fixed() */
  readonly rights?: PersonaRights;
}

/**
 * What a persona may, without saying where: its ClusterRole, and a second one, bound for the whole cluster, where the persona
 * reads objects of the cluster. {@link PersonaBinding} gives the first in namespaces. Make each persona once in a cluster.
 */
export class PersonaRole extends Construct {
  constructor(scope: Construct, id: string, { persona, rights = PersonaRights.fixed() }: PersonaRoleProps) {
    super(scope, id);
    const { clusterRules, namespaceRules: rules } = definitionOf(persona);
    const name = roleNameOf(persona);
    if (rights.relaxation === undefined) {
      createClusterRole(this, "Resource", { name, body: { rules } });
    } else {
      const matchLabels = aggregationLabel(persona);
      createClusterRole(this, "Base", { name: `${name}-base`, labels: matchLabels, body: { rules } });
      createClusterRole(this, "Resource", {
        name,
        relaxations: [rights.relaxation],
        // The controller writes the rules.
        body: { aggregationRule: { clusterRoleSelectors: [{ matchLabels }] } },
      });
    }
    if (clusterRules.length === 0) return;
    const roleName = `${name}-cluster`;
    const role = createClusterRole(this, "ClusterRole", { name: roleName, body: { rules: clusterRules } });
    bindInCluster(this, { group: personaGroup(persona), roleName }).addDependency(role);
  }
}

/** Arguments of {@link PersonaBinding}. */
export interface PersonaBindingProps {
  readonly persona: PersonaName;
  /** Where the persona has its rights; at least one. */
  readonly namespaces: readonly NamespaceTarget[];
}

/**
 * Gives the ClusterRole of a {@link PersonaRole} in namespaces: to the group `ringfence:<persona>`, and to
 * `ringfence:<persona>:<namespace>` for those who are that persona in one namespace alone (not for auditors, who read the
 * whole cluster).
 */
export class PersonaBinding extends Construct {
  constructor(scope: Construct, id: string, { persona, namespaces }: PersonaBindingProps) {
    super(scope, id);
    const group = personaGroup(persona);
    const groups = isNamespaced(persona)
      ? { group, groupIn: (namespace: string) => personaGroupIn(namespace, persona) }
      : { group };
    bindInNamespaces(this, { ...groups, roleName: roleNameOf(persona) }, namespaces);
    validateWith(this, () => checkNamespaces(persona, namespaces, READERS.includes(persona)));
  }
}

/** Arguments of {@link Persona}. */
export interface PersonaProps extends PersonaRoleProps, PersonaBindingProps {}

/**
 * The rights of one group of people, `ringfence:<persona>`: a {@link PersonaRole} and its {@link PersonaBinding}. Make each
 * persona once.
 */
export class Persona extends Construct {
  /** The group that gets the rights. */
  readonly group: string;
  readonly definition: PersonaDefinition;

  constructor(scope: Construct, id: string, props: PersonaProps) {
    super(scope, id);
    const { persona, namespaces } = props;
    this.group = personaGroup(persona);
    this.definition = definitionOf(persona);
    const rights = props.rights ?? PersonaRights.fixed();
    new PersonaRole(this, "Role", { persona, rights });
    new PersonaBinding(this, "Binding", { persona, namespaces });
  }
}

/** Arguments of {@link PersonaExtension}. */
export interface PersonaExtensionProps {
  readonly persona: PersonaName;
  /** Name of the ClusterRole. @default - the construct's id */
  readonly name?: string;
  /** What the persona may besides, in the namespaces that it is given; at least one. */
  readonly rules: readonly RbacRule[];
}

/**
 * Rights that a persona has besides, such as reading the custom resources of an add-on: a ClusterRole that Kubernetes adds to
 * the persona's. Has effect where the persona was made with `PersonaRights.aggregated`.
 */
export class PersonaExtension extends Construct {
  constructor(scope: Construct, id: string, { persona, name = id, rules }: PersonaExtensionProps) {
    super(scope, id);
    createClusterRole(this, "Resource", {
      name,
      labels: aggregationLabel(persona),
      relaxations: relaxationsOf(rules),
      body: { rules: rules.map(({ rights }) => rights) },
    });
    // Bound in namespaces: paths that are no objects would have no effect.
    validateWith(this, (): readonly Issue[] => [
      ...checkSubdomain("name", name),
      ...rules.flatMap((rule, i) => checkRule(`rules[${i}]`, rule, false)),
    ]);
  }
}

function aggregationLabel(persona: PersonaName): Readonly<Record<string, string>> {
  return { [`ringfence.dev/aggregate-to-${persona}`]: "true" };
}

function definitionOf(persona: PersonaName): PersonaDefinition {
  return PERSONAS[persona];
}

function roleNameOf(persona: PersonaName): string {
  return `ringfence-${persona}`;
}
