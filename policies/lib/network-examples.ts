import { manifest } from "../examples.js";
import type { ExampleObject, ExampleResource } from "../model.js";

/**
 * A NetworkPolicy of an example, in the namespace `vote`, for pods labelled `app: web` unless the spec selects others.
 */
export function networkPolicy(spec: ExampleObject): ExampleResource {
  return manifest({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "web", namespace: "vote" },
    spec: { podSelector: { matchLabels: { app: "web" } }, ...spec },
  });
}
