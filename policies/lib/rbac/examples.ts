import { manifest } from "../../examples.js";
import type { ExampleResource, ExampleValue } from "../../model.js";
import { RBAC_GROUP } from "./bindings.js";

/** A ClusterRole of an example. */
export function clusterRole(name: string, rules: ExampleValue): ExampleResource {
  return manifest({ apiVersion: `${RBAC_GROUP}/v1`, kind: "ClusterRole", metadata: { name }, rules });
}

/** A Role of an example, in the namespace `vote` unless another is given. */
export function role(name: string, rules: ExampleValue, namespace = "vote"): ExampleResource {
  return manifest({ apiVersion: `${RBAC_GROUP}/v1`, kind: "Role", metadata: { name, namespace }, rules });
}

/** A binding of an example, in a namespace or, without one, in the whole cluster. */
export function roleBinding(
  roleRef: { readonly kind: "ClusterRole" | "Role"; readonly name: ExampleValue },
  subjects: ExampleValue,
  namespace?: string,
  name = "binding",
): ExampleResource {
  return manifest({
    apiVersion: `${RBAC_GROUP}/v1`,
    kind: namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: RBAC_GROUP, ...roleRef },
    subjects,
  });
}
