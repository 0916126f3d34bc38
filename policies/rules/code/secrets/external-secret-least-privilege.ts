import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, KubernetesObject, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, json, manifest, planned, ref, unresolved } from "../../../examples.js";
import { EXTERNAL_SECRETS, keysOf, rolesOf, storeOf } from "../../../lib/external-secrets.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { mayDo, RIGHTS_TYPES, worstPower } from "../../../lib/iam-rights.js";
import { KEY, keyOf, mayUseKey } from "../../../lib/kms.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectRead, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const SECRET = "aws:secretsmanager/secret:Secret";
const READ = "secretsmanager:GetSecretValue";

function reading(resource: ExampleValue, key: string = "vote/db", action: ExampleValue = READ) {
  const jwt = { serviceAccountRef: { name: "secrets" } };
  return [
    manifest(
      {
        apiVersion: `${EXTERNAL_SECRETS}/v1`,
        kind: "ExternalSecret",
        metadata: { name: "db", namespace: "vote" },
        spec: {
          secretStoreRef: { name: "aws", kind: "SecretStore" },
          data: [{ secretKey: "password", remoteRef: { key } }],
        },
      },
      { provider: "k8s" },
    ),
    manifest(
      {
        apiVersion: `${EXTERNAL_SECRETS}/v1`,
        kind: "SecretStore",
        metadata: { name: "aws", namespace: "vote" },
        spec: { provider: { aws: { service: "SecretsManager", auth: { jwt } } } },
      },
      { provider: "k8s" },
    ),
    planned(ASSOCIATION, "store", {
      clusterName: ref("prod", "name"),
      namespace: "vote",
      serviceAccount: "secrets",
      roleArn: ref("reader", "arn"),
    }),
    planned(ROLE, "reader", {}),
    planned("aws:iam/rolePolicy:RolePolicy", "read", {
      role: ref("reader", "name"),
      policy: json({ Statement: { Effect: "Allow", Action: action, Resource: resource } }),
    }),
    planned(SECRET, "password", { name: "vote/db" }),
    ...cluster(),
  ];
}

const REMOTE = "spec.data[0].remoteRef.key";

/**
 * The role behind a store of External Secrets may read each secret that an ExternalSecret takes from it, decrypt it when it has
 * a planned key, and not every secret of the account.
 */
export const externalSecretLeastPrivilege = defineRule({
  id: "external-secret-least-privilege",
  title: "a store of secrets reads those that are taken from it, and not all",
  ring: "code",
  severity: "high",
  rationale:
    "Whoever may create an ExternalSecret beside a store reads whatever the store's role may read, into a Secret of the namespace. When that is every secret of the account, one namespace has them all.",
  remediation: 'Action: "secretsmanager:GetSecretValue", Resource: [secret.arn]  // in the policy of the store\'s role',
  references: references("catalogue/cross-ring-rules.csv: N20", { "owasp-k8s": ["K03", "K08"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "every secret of the account", resources: reading("*"), path: "spec.secretStoreRef" },
      {
        title: "another secret than the one that is taken",
        resources: reading("arn:aws:secretsmanager:*:*:secret:shop/*"),
        path: REMOTE,
      },
    ],
    pass: [
      { title: "the secret, by reference", resources: reading(ref("password", "arn")) },
      {
        title: "the namespace's secrets, by their names",
        resources: reading("arn:aws:secretsmanager:*:*:secret:vote/*"),
      },
    ],
    unknown: [
      {
        title: "what the role may do is an output",
        resources: reading("*", "vote/db", unresolved("list")),
        path: REMOTE,
      },
    ],
  },
  ...onKubernetes([`kubernetes:${EXTERNAL_SECRETS}/v1:ExternalSecret`], ({ object, root, world }) => {
    const at = root.at("spec", "secretStoreRef");
    const store = storeOf(world, object, at);
    const undecided = unknown(at, `which role reads the secrets of ${labelOf(object)} is not known from this plan`);
    if (store === undefined) return undecided;
    const aws = store.root.at("spec", "provider", "aws");
    if (aws.isAbsent) return notApplicable("its store is not one of AWS");
    if (aws.at("service").string() === "ParameterStore") return notApplicable("its store keeps parameters");
    const [role] = rolesOf(world, store, aws);
    if (role === undefined) return undecided;
    const power = worstPower(world, role);
    const wide = power !== undefined && power.certain && readsAll(world, role);
    return [
      wide
        ? fail(at, `${labelOf(store)} of ${labelOf(object)} reads every secret of the account, by role '${role.name}'`)
        : pass(),
      ...keysOf(root).map((key) => judgeKey(world, object, role, key)),
    ];
  }),
  reads: [
    `kubernetes:${EXTERNAL_SECRETS}/v1:ExternalSecret`,
    `kubernetes:${EXTERNAL_SECRETS}/v1:SecretStore`,
    `kubernetes:${EXTERNAL_SECRETS}/v1:ClusterSecretStore`,
    ASSOCIATION,
    SECRET,
    KEY,
    ...RIGHTS_TYPES,
  ],
});

/** Whether a role may read a secret that nobody ever named. */
function readsAll(world: World, role: PlannedResource): boolean {
  const resource = "arn:\uFFFC:secretsmanager:\uFFFC:\uFFFC:secret:\uFFFC";
  return mayDo(world, role, { action: READ, resource }) === true;
}

function judgeKey(world: World, object: KubernetesObject, role: PlannedResource, at: Cursor): Verdict {
  const text = at.text();
  const undecided = `whether role '${role.name}' may read what ${labelOf(object)} takes is not known before the deployment`;
  const planned = world.ofType(SECRET).find((one) => {
    const name = world.inputsOf(one).at("name").string();
    return world.resolve(object.resource, at).includes(one) || (typeof name === "string" && name === text);
  });
  if (text === UNKNOWN && planned === undefined) return unknown(at, undecided);
  const named =
    typeof text === "string" && text.startsWith("arn:")
      ? text
      : `arn:\uFFFC:secretsmanager:\uFFFC:\uFFFC:secret:${String(text)}-\uFFFC`;
  const verdict = expectRead(at, mayDo(world, role, { action: READ, resource: planned ?? named }), {
    absent: false,
    accept: (value) => value,
    message: `role '${role.name}' may not read secret ${String(text)}, so that ${labelOf(object)} makes no Secret`,
    undecided,
  });
  return verdict.kind === "pass" && planned !== undefined ? judgeDecryption(world, object, role, planned, at) : verdict;
}

function judgeDecryption(
  world: World,
  object: KubernetesObject,
  role: PlannedResource,
  secret: PlannedResource,
  at: Cursor,
): Verdict {
  const key = keyOf(world, secret, world.inputsOf(secret).at("kmsKeyId"));
  if (key === undefined) return pass();
  const use = { user: { kind: "role" as const, role }, action: "kms:Decrypt", through: "secretsmanager" };
  return expectRead(at, mayUseKey(world, key, use), {
    absent: false,
    accept: (value) => value,
    message: `role '${role.name}' may not decrypt with key '${key.name}', so that ${labelOf(object)} makes no Secret`,
    undecided: `whether role '${role.name}' may decrypt what ${labelOf(object)} takes is not known before the deployment`,
  });
}
