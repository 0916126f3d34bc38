import type { PlannedResource } from "../model/resource.js";
import { kubernetesObject } from "./kubernetes.js";

/** How reports and exemptions name a resource; stable between runs and readable. */
export interface ResourceIdentity {
  /** `kubernetes:apps/v1:Deployment vote/db`, `aws:eks/cluster:Cluster prod-cluster`. */
  readonly id: string;
  readonly type: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The identity of a resource: a Kubernetes object by its namespace and name, everything else by its Pulumi name. */
export function identityOf(resource: PlannedResource): ResourceIdentity {
  const object = kubernetesObject(resource);
  if (object === undefined)
    return { id: `${resource.type} ${resource.name}`, type: resource.type, name: resource.name };
  const { name, namespace } = object;
  if (namespace === undefined) return { id: `${resource.type} ${name}`, type: resource.type, name };
  return { id: `${resource.type} ${namespace}/${name}`, type: resource.type, namespace, name };
}
