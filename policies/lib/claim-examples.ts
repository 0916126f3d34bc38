import { manifest } from "../examples.js";
import type { ExampleObject, ExampleResource, ExampleValue } from "../model.js";

/** A PersistentVolumeClaim of an example, in the namespace `vote`. */
export function claim(spec: ExampleObject): ExampleResource {
  return manifest({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", namespace: "vote" },
    spec,
  });
}

/** A StatefulSet of an example, in the namespace `vote`, whose pods have one claim each. */
export function statefulSetWithClaim(spec: ExampleValue): ExampleResource {
  return manifest({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace: "vote" },
    spec: { template: { spec: { containers: [] } }, volumeClaimTemplates: [{ metadata: { name: "data" }, spec }] },
  });
}
