/** What a role gives, as people write it: one rule of a Role or ClusterRole. */
export interface Rights {
  /** API groups by name, "" for the core. @default - none, for `nonResourceURLs` */
  readonly apiGroups?: readonly string[];
  /** Resources by name, with subresources as `deployments/scale`. @default - none, for `nonResourceURLs` */
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
  /** Objects by name. Useless for `create`, and for `list` and `watch` without a field selector. @default - all objects */
  readonly resourceNames?: readonly string[];
  /** Paths of the API server that are no objects, such as `/metrics`; for ClusterRoles only. @default - none */
  readonly nonResourceURLs?: readonly string[];
}

const WRITE = ["create", "patch", "update"];
const ROLES = ["clusterroles", "roles"];
const BINDINGS = ["clusterrolebindings", "rolebindings"];
const RBAC = "rbac.authorization.k8s.io";
const ADMISSION = [
  "mutatingadmissionpolicies",
  "mutatingadmissionpolicybindings",
  "mutatingwebhookconfigurations",
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "validatingwebhookconfigurations",
];

/** One way from a role to more than it seems to give. */
interface Danger {
  /** For messages: "gives ...". */
  readonly gives: string;
  readonly found: (rights: Rights) => boolean;
}

/**
 * Rights that lead to more than they name: each is a way to other identities, to nodes or past admission
 * (https://kubernetes.io/docs/concepts/security/rbac-good-practices/).
 */
export const DANGERS = {
  wildcard: {
    gives: "everything that exists now or later",
    found: ({ apiGroups = [], resources = [], verbs, nonResourceURLs = [] }) =>
      [apiGroups, verbs].some((list) => list.includes("*")) ||
      resources.some((resource) => resource.includes("*")) ||
      nonResourceURLs.some((url) => url === "*" || url === "/*"),
  },
  escalate: { gives: "roles with more than one has", found: (rights) => has(rights, RBAC, ROLES, ["escalate"]) },
  bind: { gives: "every role to anybody", found: (rights) => has(rights, RBAC, ROLES, ["bind"]) },
  bindings: {
    gives: "roles to anybody, past review",
    found: (rights) => has(rights, RBAC, [...ROLES, ...BINDINGS], WRITE),
  },
  impersonate: { gives: "every other identity", found: ({ verbs }) => verbs.some((v) => v.startsWith("impersonate")) },
  "node-proxy": {
    gives: "commands in every pod of a node, past audit and admission",
    found: (rights) => has(rights, "", ["nodes/proxy"], rights.verbs),
  },
  "token-create": {
    gives: "tokens of service accounts, for any audience",
    found: (rights) => has(rights, "", ["serviceaccounts/token"], ["create"]),
  },
  "secret-read": {
    gives: "every Secret; 'list' and 'watch' return their contents",
    found: (rights) =>
      has(rights, "", ["secrets"], ["list", "watch"]) ||
      (has(rights, "", ["secrets"], ["get"]) && rights.resourceNames === undefined),
  },
  exec: {
    gives: "what the pods have: their identity, their secrets, their network",
    found: (rights) => has(rights, "", ["pods/attach", "pods/ephemeralcontainers", "pods/exec"], rights.verbs),
  },
  "certificate-approval": {
    gives: "certificates for any name",
    found: (rights) =>
      has(rights, "certificates.k8s.io", ["signers"], ["approve", "attest", "sign"]) &&
      (rights.resourceNames === undefined || rights.resourceNames.some(isClientSigner)),
  },
  admission: {
    gives: "a way past every admission control",
    found: (rights) => has(rights, "admissionregistration.k8s.io", ADMISSION, [...WRITE, "delete", "deletecollection"]),
  },
  "host-volume": {
    gives: "directories of nodes, past Pod Security",
    found: (rights) => has(rights, "", ["persistentvolumes"], WRITE),
  },
  "delete-all": {
    gives: "the end of everything there at once",
    found: ({ verbs }) => verbs.includes("deletecollection"),
  },
} as const satisfies Record<string, Danger>;

/** Name of a danger. */
export type DangerName = keyof typeof DANGERS;

/** The dangers in a rule. A wildcard holds all others as well and is named alone. */
export function dangersOf(rights: Rights): readonly DangerName[] {
  const names = (Object.keys(DANGERS) as DangerName[]).filter((name) => DANGERS[name].found(rights));
  return names.includes("wildcard") ? ["wildcard"] : names;
}

/** Signers whose certificates let their holder in as anybody. */
function isClientSigner(name: string): boolean {
  return name.endsWith("*") || name.startsWith("kubernetes.io/kube-apiserver-client");
}

function has(rights: Rights, group: string, resources: readonly string[], verbs: readonly string[]): boolean {
  return (
    (rights.apiGroups ?? []).includes(group) &&
    (rights.resources ?? []).some((resource) => resources.includes(resource)) &&
    rights.verbs.some((verb) => verbs.includes(verb))
  );
}
