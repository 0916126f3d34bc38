import { Secret } from "../../../../plan/model/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, secret, unresolved } from "../../../examples.js";
import { isPlaintextSecret, secretWords } from "../../../lib/secrets.js";
import type { Verdict } from "../../../model.js";
import { onContainers } from "../../../shapes.js";
import { pass, unknown } from "../../../verdicts.js";

/**
 * No variable of a container, and no word of its command, holds a credential as a literal: by its name, by the form of its
 * value, by a setting inside it (`Pwd=…`), or because the program marks it secret. The value is never shown.
 */
export const containerNoPlaintextSecretEnv = defineRule({
  id: "container-no-plaintext-secret-env",
  title: "no credential stands in an environment variable or a command",
  ring: "code",
  severity: "high",
  rationale:
    "A literal in a manifest is readable in the source, in the state, in the API for everybody who may read pods, and in every crash report of the program.",
  remediation:
    'env: [{ name: "DB_PASSWORD_FILE", value: "/run/secrets/db/password" }]  // mounted from a Secret or fetched at start',
  references: references(
    "catalogue/rules.csv: C-0012, C-0259, KL env-var-secret, PO sensitiveContainerEnvVar, DATREE ALL_EXPOSED_SECRET_ (18)",
    { "cis-eks-1.8.0": ["4.4.1"], "cis-kubernetes": ["5.4.1"], "owasp-k8s": ["K03"], attack: ["T1552.001"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a password",
        resources: [container("db", { env: [{ name: "POSTGRES_PASSWORD", value: "postgres" }] })],
        path: "spec.template.spec.containers[0].env[0].value",
      },
      {
        title: "a password inside an address",
        resources: [container("worker", { env: [{ name: "DATABASE_URL", value: "postgres://app:hunter2@db/votes" }] })],
        path: "spec.template.spec.containers[0].env[0].value",
      },
      {
        title: "a password inside a connection string",
        resources: [container("worker", { env: [{ name: "CONN", value: "Server=db;Uid=sa;Pwd=hunter2;" }] })],
        path: "spec.template.spec.containers[0].env[0].value",
      },
      {
        title: "an option of the command",
        resources: [container("worker", { args: ["--user=app", "--password=hunter2"] })],
        path: "spec.template.spec.containers[0].args[1]",
      },
      {
        title: "a Pulumi secret, which is plain text in the pod",
        resources: [container("worker", { env: [{ name: "GREETING", value: secret("hello") }] })],
        path: "spec.template.spec.containers[0].env[0].value",
      },
    ],
    pass: [
      {
        title: "options that name a file, a variable and an object",
        resources: [
          container("db", {
            args: ["--password-file=/run/secrets/db", "--token", "$(TOKEN)", "--tls-secret=db-tls", "--token-ttl=2m"],
          }),
        ],
      },
      {
        title: "where to find it, not what it is",
        resources: [container("db", { env: [{ name: "POSTGRES_PASSWORD_FILE", value: "/run/secrets/db/password" }] })],
      },
      {
        title: "a reference to a Secret",
        resources: [
          container("db", {
            env: [{ name: "POSTGRES_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "a value that nobody knows, under a name that says nothing",
        resources: [container("worker", { env: [{ name: "OPTIONS", value: unresolved("string") }] })],
        path: "spec.template.spec.containers[0].env[0].value",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const verdicts = [
      ...judgeEnvironment(at.at("env"), containerLabel),
      ...["command", "args"].flatMap((field) =>
        secretWords(at.at(field).items()).map((word) =>
          exposed(word, `a word of the ${field === "args" ? "arguments" : "command"} of ${containerLabel}`),
        ),
      ),
    ];
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});

function judgeEnvironment(env: Cursor, container: string): readonly Verdict[] {
  if (env.isUnknown) return [unknown(env, `the environment of ${container} is not known before the deployment`)];
  return env
    .items()
    .filter((variable) => variable.isUnknown || !variable.at("value").isAbsent)
    .map((variable) => judgeVariable(variable, container));
}

function judgeVariable(variable: Cursor, container: string): Verdict {
  const [name, value] = [variable.at("name").string(), variable.at("value")];
  const known = typeof name === "string" ? name : "";
  const found = isPlaintextSecret(known, value);
  if (found === UNKNOWN)
    return unknown(value, `what the variable ${known} of ${container} holds is not known before the deployment`);
  return found ? exposed(value, `the variable ${known} of ${container}`) : pass();
}

function exposed(value: Cursor, what: string): Verdict {
  return {
    kind: "fail",
    path: value.path,
    actual: new Secret(value.value ?? null),
    message: `${what} holds a credential in plain text`,
  };
}
