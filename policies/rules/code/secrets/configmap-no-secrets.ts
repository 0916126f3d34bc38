import { Secret } from "../../../../plan/model/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { isPlaintextSecret, linesHoldSecret } from "../../../lib/secrets.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { pass, unknown } from "../../../verdicts.js";

/**
 * No entry of a ConfigMap holds a credential: by its key, by the form of its value, by a line of the file that it is,
 * or because the program marks it secret. The value is never shown.
 */
export const configmapNoSecrets = defineRule({
  id: "configmap-no-secrets",
  title: "no credential stands in a ConfigMap",
  ring: "code",
  severity: "high",
  rationale:
    "ConfigMaps are read by everybody who may look at a namespace, are not encrypted with the key for Secrets, and end in logs and tickets.",
  remediation: "Move the entry to a Secret that is fetched from the secret store, and mount it as a file",
  references: references("catalogue/rules.csv: KSV-0109, KSV-01010, C-0012, PO sensitiveConfigmapContent", {
    "owasp-k8s": ["K03"],
    attack: ["T1552.001"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a password under its name",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "db", namespace: "vote" },
            data: { DB_PASSWORD: "postgres" },
          }),
        ],
        path: "data.DB_PASSWORD",
      },
      {
        title: "a line of a file",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "db", namespace: "vote" },
            data: { "app.properties": "db.host=db\ndb.password=hunter2\n" },
          }),
        ],
        path: 'data["app.properties"]',
      },
    ],
    pass: [
      {
        title: "settings",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "db", namespace: "vote" },
            data: { DB_HOST: "db", DB_PASSWORD_FILE: "/run/secrets/db" },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "a value that nobody knows",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "db", namespace: "vote" },
            data: { OPTIONS: unresolved("string") },
          }),
        ],
        path: "data.OPTIONS",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:ConfigMap"], ({ object, root }) => {
    const data = root.at("data");
    if (data.isUnknown) return unknown(data, `the entries of ${labelOf(object)} are not known before the deployment`);
    const verdicts = data.entries().map(([key, value]) => judgeEntry(labelOf(object), key, value));
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});

function judgeEntry(map: string, key: string, value: Cursor): Verdict {
  const text = value.text();
  const found = isPlaintextSecret(key, value);
  if (found === UNKNOWN) return unknown(value, `what ${map} holds under ${key} is not known before the deployment`);
  const inside = typeof text === "string" && text.includes("\n") && linesHoldSecret(text);
  if (!found && !inside) return pass();
  return {
    kind: "fail",
    path: value.path,
    actual: new Secret(value.value ?? null),
    message: `${map} holds a credential under ${key}`,
  };
}
