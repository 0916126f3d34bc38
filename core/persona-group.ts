/** Personas that somebody can be in single namespaces. */
const NAMESPACED_PERSONAS = ["operator", "developer", "viewer", "ci-deployer"] as const;

/** Whether somebody can be this persona in single namespaces. */
export function isNamespaced(persona: string): persona is (typeof NAMESPACED_PERSONAS)[number] {
  return (NAMESPACED_PERSONAS as readonly string[]).includes(persona);
}

/**
 * The Kubernetes group of a persona's people: `ringfence:developer`. Access entries of the cloud give it, role bindings in
 * the cluster name it.
 */
export function personaGroup<const N extends string>(persona: N): `ringfence:${N}` {
  return `ringfence:${persona}`;
}

/** The group of those who are a persona in one namespace alone: `ringfence:developer:vote`. */
export function personaGroupIn(namespace: string, persona: (typeof NAMESPACED_PERSONAS)[number]): string {
  return `${personaGroup(persona)}:${namespace}`;
}
