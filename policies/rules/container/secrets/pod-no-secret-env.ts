import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { onContainers } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/**
 * No container takes a Secret into its environment, one key (`env[*].valueFrom.secretKeyRef`) or all of them
 * (`envFrom[*].secretRef`).
 */
export const podNoSecretEnv = defineRule({
  id: "pod-no-secret-env",
  title: "Secrets reach containers as files",
  ring: "container",
  severity: "medium",
  rationale:
    "The environment is inherited by every child process, printed by crash reports and debug pages, and cannot change while the container runs. A mounted file has an owner and a mode, and follows a rotation.",
  remediation:
    'volumes: [{ name: "db", secret: { secretName: "db", defaultMode: 0o440 } }]  // and DB_PASSWORD_FILE: "/run/secrets/db/password"',
  references: references(
    "catalogue/rules.csv: CKV_K8S_35, C-0207, KY secrets-not-from-env-vars, KL read-secret-from-env-var, KSEC SecretsAsEnvironmentVariables, AC_K8S_0051, KICS, HE, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.4.1"],
      "cis-kubernetes": ["5.4.1"],
      "pci-dss-4": ["3.5.1", "2.2.5"],
      "owasp-k8s": ["K03"],
      attack: ["T1552.007"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "one key",
        resources: [
          container("db", {
            env: [{ name: "POSTGRES_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
          }),
        ],
        path: "spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef",
      },
      {
        title: "all keys",
        resources: [container("db", { envFrom: [{ configMapRef: { name: "db" } }, { secretRef: { name: "db" } }] })],
        path: "spec.template.spec.containers[0].envFrom[1].secretRef",
      },
    ],
    pass: [
      {
        title: "a file",
        resources: [
          deployment("db", {
            volumes: [{ name: "db", secret: { secretName: "db" } }],
            containers: [
              {
                name: "db",
                image: "postgres",
                env: [{ name: "POSTGRES_PASSWORD_FILE", value: "/run/secrets/db/password" }],
                volumeMounts: [{ name: "db", mountPath: "/run/secrets/db", readOnly: true }],
              },
            ],
          }),
        ],
      },
      {
        title: "a ConfigMap and a field of the pod",
        resources: [
          container("db", {
            envFrom: [{ configMapRef: { name: "db" } }],
            env: [{ name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the environment is an output",
        resources: [container("db", { env: unresolved("list") })],
        path: "spec.template.spec.containers[0].env",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const verdicts = [
      ...judgeList(at.at("env"), ["valueFrom", "secretKeyRef"], containerLabel),
      ...judgeList(at.at("envFrom"), ["secretRef"], containerLabel),
    ];
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});

function judgeList(list: Cursor, steps: readonly string[], container: string): readonly Verdict[] {
  const undecided = `whether ${container} has a Secret in its environment is not known before the deployment`;
  if (list.isUnknown) return [unknown(list, undecided)];
  return list.items().flatMap((item) => {
    const source = item.at(...steps);
    if (source.isAbsent) return [];
    // The name of the Secret may be late: that there is one is known.
    if (source.isUnknown) return [unknown(source, undecided)];
    return [
      fail(source, `${container} has a Secret in its environment, where every process and crash report finds it`),
    ];
  });
}
