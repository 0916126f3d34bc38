/** Roles of AWS and service accounts that have them, for examples. */
import { json, planned, ref } from "../../policies/examples.js";
import type { ExampleResource, ExampleValue } from "../../policies/model.js";

export const ROLE = "aws:iam/role:Role";
export const INLINE = "aws:iam/rolePolicy:RolePolicy";
export const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

/** A resource that the example's cluster gets. */
export function inCluster(resource: ExampleResource): ExampleResource {
  return { ...resource, provider: "k8s" };
}

/** A role that may do an action. */
export function allowing(action: ExampleValue, resource: ExampleValue = "*", role = "role") {
  const statement = { Effect: "Allow", Action: action, Resource: resource };
  return [
    planned(ROLE, role, {}),
    planned(INLINE, `${role}-policy`, { role: ref(role, "id"), policy: json({ Statement: statement }) }),
  ];
}

/** The association of a service account of the namespace `vote` with a role. */
export function associated(account: string, role = "role") {
  const inputs = {
    clusterName: ref("prod", "name"),
    namespace: "vote",
    serviceAccount: account,
    roleArn: ref(role, "arn"),
  };
  return planned(ASSOCIATION, `${account}-role`, inputs);
}
