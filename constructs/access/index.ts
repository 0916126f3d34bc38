/** Who may do what in the cluster: roles that end where they say, and the personas of people. */
export { BREAK_GLASS, BreakGlassAccess } from "./break-glass.js";
export type { BreakGlassAccessProps } from "./break-glass.js";
export type { NamespaceTarget } from "../namespace-target.js";
export { Persona, PersonaBinding, PersonaExtension, PersonaRights, PersonaRole } from "./persona.js";
export type { PersonaBindingProps, PersonaExtensionProps, PersonaProps, PersonaRoleProps } from "./persona.js";
export { personaGroup, personaGroupIn, PERSONAS } from "./personas.js";
export type { PersonaDefinition, PersonaName } from "./personas.js";
export { RbacRule } from "./rbac-rule.js";
export type { DangerousOptions } from "./rbac-rule.js";
export { DANGERS } from "./rights.js";
export type { DangerName, Rights } from "./rights.js";
export { HardenedRole } from "./role.js";
export type { HardenedRoleProps } from "./role.js";
export { Subject } from "./subject.js";
