import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { backendNames } from "../../../lib/exposure.js";
import { service } from "../../../lib/service-examples.js";
import { judgeNamed } from "../../../lib/wiring.js";
import type { ExampleValue } from "../../../model.js";
import { onKubernetes } from "../../../shapes.js";
import { notApplicable } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });
const SERVICE = { group: "", kind: "Service" };
const PATH = "spec.rules[0].http.paths[0].backend.service.name";

function ingress(name: ExampleValue) {
  return manifest(
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "web", namespace: "vote" },
      spec: { rules: [{ http: { paths: [{ path: "/", backend: { service: { name, port: { number: 80 } } } }] } }] },
    },
    { as: "ingress" },
  );
}

/** Each Service that an Ingress, or an HTTPRoute of the same namespace, leads to is there. */
export const ingressBackendExists = defineRule({
  id: "ingress-backend-exists",
  title: "an Ingress leads to Services that there are",
  ring: "cluster",
  severity: "low",
  rationale:
    "A route to a Service that is gone answers with an error; whoever may create Services in the namespace takes its name, and with it the visitors.",
  remediation: "backend: { service: { name: vote, port: { number: 80 } } }  // the name of a Service of the namespace",
  references: references(
    "catalogue/rules.csv: KL dangling-ingress, C-0298, C-0302 (Gateway API), KSc ingress-targets-service",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "the Service was renamed", resources: [ingress("web"), NAMESPACE, service({})], path: PATH }],
    pass: [
      { title: "the Service is there", resources: [ingress("vote"), NAMESPACE, service({})] },
      {
        title: "a route of the Gateway API",
        resources: [
          service({}),
          NAMESPACE,
          manifest(
            {
              apiVersion: "gateway.networking.k8s.io/v1",
              kind: "HTTPRoute",
              metadata: { name: "web", namespace: "vote" },
              spec: { rules: [{ backendRefs: [{ name: "vote", port: 80 }] }] },
            },
            { as: "route" },
          ),
        ],
      },
    ],
    unknown: [
      { title: "the name is an output", resources: [ingress(unresolved("string"))], path: PATH },
      { title: "the namespace is made elsewhere, perhaps the Service too", resources: [ingress("web")], path: PATH },
    ],
  },
  ...onKubernetes(
    [
      "kubernetes:networking.k8s.io/v1:Ingress",
      "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
      "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute",
    ],
    ({ object, world }) => {
      const names = backendNames(object);
      if (names.length === 0) return notApplicable("it leads to no Service");
      return names.map((at) => judgeNamed(world, object, at, SERVICE, "leads to"));
    },
  ),
});
