import { Secret } from "../../../../plan/model/index.js";
import type { Cursor, KubernetesObject } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved, planned, secret, ref } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { notApplicable, pass, unknown } from "../../../verdicts.js";

/**
 * No Secret carries data that the program or the manifest writes into it (`data`, `stringData`), literally or from an
 * output; Secrets that Kubernetes fills, and patches of metadata, carry none.
 */
export const secretExternalStore = defineRule({
  id: "secret-external-store",
  title: "Secrets are filled from a store, not by the program",
  ring: "code",
  severity: "medium",
  rationale:
    "What a program writes into a Secret lies in its state and in every plan, what a manifest holds in its repository; both lie in etcd and its backups, and only a deployment changes them. A store keeps it in one place, with a log of who read it and a rotation.",
  remediation:
    "Keep the value in AWS Secrets Manager, and let the pod read it through Pod Identity, the Secrets Store CSI driver or an ExternalSecret",
  references: references("catalogue/rules.csv: C-0208, C-0234, KY no-secrets", {
    "cis-eks-1.8.0": ["4.4.2"],
    "cis-kubernetes": ["5.4.2"],
    "owasp-k8s": ["K03"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a literal",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "db", namespace: "vote" },
            stringData: { password: secret("hunter2") },
          }),
        ],
        path: "stringData",
      },
      {
        title: "an output of the program",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "db", namespace: "vote" },
            data: { password: ref("password", "result") },
          }),
          planned("random:index/randomPassword:RandomPassword", "password", { length: 24 }),
        ],
        path: "data",
      },
    ],
    pass: [
      {
        title: "an empty one, for a controller to fill",
        resources: [
          manifest({ apiVersion: "v1", kind: "Secret", metadata: { name: "db", namespace: "vote" }, data: {} }),
        ],
      },
      {
        title: "another object that names where the value is",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "registry", namespace: "vote", labels: { app: "vote" } },
            type: "Opaque",
          }),
          manifest({
            apiVersion: "external-secrets.io/v1",
            kind: "ExternalSecret",
            metadata: { name: "db", namespace: "vote" },
            spec: { data: [{ secretKey: "password", remoteRef: { key: "prod/db" } }] },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the data as a whole is an output",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "db", namespace: "vote" },
            data: unresolved("object"),
          }),
        ],
        path: "data",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Secret"], ({ object, root }) => {
    if (root.at("type").string() === "kubernetes.io/service-account-token")
      return notApplicable("Kubernetes fills it with a token");
    const verdicts = ["data", "stringData"].flatMap((field) => judgeData(root.at(field), object));
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});

/** The data is never shown, wherever it comes from. */
function judgeData(data: Cursor, object: KubernetesObject): readonly Verdict[] {
  const secret = labelOf(object);
  if (data.isUnknown) return [unknown(data, `what ${secret} holds is not known before the deployment`)];
  const filled = data.entries().filter(([, value]) => !value.isAbsent && value.string() !== "");
  if (filled.length === 0) return [];
  const keys = filled.map(([key]) => `'${key}'`).slice(0, 5);
  const isInFile = object.resource.source !== undefined;
  const message = isInFile
    ? `${secret} holds ${keys.join(", ")} in its manifest: whoever reads the file, or the repository that keeps it, has the value`
    : `${secret} gets ${keys.join(", ")} from the program, and so from its state`;
  return [{ kind: "fail", path: data.path, actual: new Secret(data.value ?? null), message }];
}
