import { defineRule } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { defaultBackendOf } from "../../../lib/exposure.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

function ingress(spec: ExampleObject) {
  return manifest({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "vote" },
    spec,
  });
}

/** No Ingress has a `defaultBackend`, which takes every request that no rule of any host takes. */
export const ingressNoDefaultBackend = defineRule({
  id: "ingress-no-default-backend",
  title: "an Ingress takes only the requests that its rules name",
  ring: "cluster",
  severity: "low",
  rationale:
    "A default backend gets every request that nothing else takes, scans and mistyped hosts among them: the program behind it is on the internet under every name.",
  remediation: "Remove spec.defaultBackend; name host and path: spec: { rules: [{ host: vote.example.com, http: … }] }",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everything else goes to the web server",
        resources: [ingress({ defaultBackend: { service: { name: "web", port: { number: 80 } } } })],
        path: "spec.defaultBackend",
      },
    ],
    pass: [{ title: "rules alone", resources: [ingress({ rules: [{ host: "vote.example.com" }] })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [ingress({ defaultBackend: unresolved("object") })],
        path: "spec.defaultBackend",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:Ingress"], ({ object }) => {
    const backend = defaultBackendOf(object);
    if (backend.isUnknown)
      return unknown(backend, `whether ${labelOf(object)} takes every request is not known before the deployment`);
    return backend.isAbsent ? pass() : fail(backend, `${labelOf(object)} takes every request that nothing else takes`);
  }),
});
