import { manifest } from "../examples.js";
import type { ExampleObject, ExampleResource } from "../model.js";

/** A Service of an example, in the namespace `vote`. */
export function service(spec: ExampleObject, annotations: ExampleObject = {}): ExampleResource {
  return manifest({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "vote", namespace: "vote", annotations },
    spec,
  });
}
