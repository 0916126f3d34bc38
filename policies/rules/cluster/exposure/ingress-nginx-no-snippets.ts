import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectBoolean, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** Annotations of ingress-nginx whose text goes into the configuration of the proxy as it is. */
const SNIPPETS: ReadonlySet<string> = new Set(
  ["auth-snippet", "configuration-snippet", "modsecurity-snippet", "server-snippet", "stream-snippet"].map(
    (name) => `nginx.ingress.kubernetes.io/${name}`,
  ),
);

function ingress(annotations: ExampleObject) {
  return manifest({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "vote", annotations },
    spec: { ingressClassName: "nginx" },
  });
}

function settings(data: ExampleObject) {
  return manifest({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "ingress-nginx-controller", namespace: "ingress-nginx" },
    data,
  });
}

/** No Ingress gives ingress-nginx a piece of configuration, and no ConfigMap of it allows that. */
export const ingressNginxNoSnippets = defineRule({
  id: "ingress-nginx-no-snippets",
  title: "no Ingress writes the configuration of ingress-nginx",
  ring: "cluster",
  severity: "high",
  rationale:
    "A snippet runs inside the proxy, which reads the Secrets of every namespace for their certificates: whoever writes an Ingress anywhere reads them all (CVE-2021-25742).",
  remediation: 'Remove the annotation; in the ConfigMap of ingress-nginx: allow-snippet-annotations: "false"',
  references: references("catalogue/rules.csv: CKV_K8S_152–154, KCV-0093, C-0059, KY ×3, AC_K8S_0050, DATREE", {
    "nsa-cisa": ["upgrading"],
    "owasp-k8s": ["K06"],
    attack: ["T1190"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a piece of configuration",
        resources: [ingress({ "nginx.ingress.kubernetes.io/configuration-snippet": "more_set_headers 'X: y';" })],
        path: 'metadata.annotations["nginx.ingress.kubernetes.io/configuration-snippet"]',
      },
      {
        title: "everybody may give one",
        resources: [settings({ "allow-snippet-annotations": "true" })],
        path: "data.allow-snippet-annotations",
      },
    ],
    pass: [
      {
        title: "an annotation that is no snippet",
        resources: [ingress({ "nginx.ingress.kubernetes.io/ssl-redirect": "true" })],
      },
      { title: "nobody may give one", resources: [settings({ "allow-snippet-annotations": "false" })] },
    ],
    unknown: [
      {
        title: "the annotations are an output",
        resources: [
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: { name: "web", namespace: "vote", annotations: unresolved("object") },
          }),
        ],
        path: "metadata.annotations",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:Ingress", "kubernetes:core/v1:ConfigMap"], ({ object, root }) => {
    if (object.kind === "ConfigMap")
      return judgeSettings(labelOf(object), root.at("data", "allow-snippet-annotations"));
    const annotations = root.at("metadata", "annotations");
    if (annotations.isUnknown)
      return unknown(annotations, `what ${labelOf(object)} tells its controller is not known before the deployment`);
    const found = annotations.entries().filter(([key, value]) => SNIPPETS.has(key) && !value.isAbsent);
    if (found.length === 0) return pass();
    return found.map(([, value]) => fail(value, `${labelOf(object)} writes into the configuration of ingress-nginx`));
  }),
});

function judgeSettings(label: string, at: Cursor) {
  if (at.isAbsent) return notApplicable("it says nothing about snippets");
  return expectBoolean(at, {
    absent: false,
    accept: (allowed) => !allowed,
    message: `${label} lets every Ingress write into the configuration of ingress-nginx`,
    undecided: `whether ${label} allows snippets is not known before the deployment`,
  });
}
