import {
  DANGERS,
  HardenedDeployment,
  HardenedNamespace,
  HardenedRole,
  patch,
  RbacRule,
  ServiceAccountToken,
  Subject,
} from "../../../constructs/index.js";
import type { DangerName, Rights } from "../../../constructs/index.js";
import { IMAGE, only, problems, synth } from "../synth.js";

const PODS: Rights = { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] };
const RBAC = "rbac.authorization.k8s.io";
const reason = "the backup controller needs it";

/** The dangers that validation finds in rights. */
function found(rights: Rights): readonly string[] {
  const told = problems((chart) => new HardenedRole(chart, "role", { rules: [RbacRule.allow(rights)] }));
  return told.map((line) => /dangers: \['(.+)'\]/.exec(line)?.[1] ?? line);
}

describe("HardenedRole", () => {
  test("in a namespace is a Role, bound to whom it names", () => {
    const manifests = synth((chart) => {
      const shop = new HardenedNamespace(chart, "shop");
      const serviceAccountToken = ServiceAccountToken.apiServer({ reason: "it watches the pods of the shop" });
      const web = new HardenedDeployment(shop, "web", { image: IMAGE, serviceAccountToken });
      const role = new HardenedRole(shop, "pod-reader", { rules: [RbacRule.allow(PODS)] });
      role.bindTo(Subject.workload(web));
      role.bindTo(Subject.group("oncall"));
      role.bindTo(Subject.group("oncall"));
    });
    expect(only(manifests, "Role", "pod-reader")).toMatchObject({ metadata: { namespace: "shop" }, rules: [PODS] });
    expect(only(manifests, "RoleBinding", "pod-reader")).toMatchObject({
      metadata: { namespace: "shop" },
      subjects: [
        { kind: "ServiceAccount", name: "web", namespace: "shop" },
        { kind: "Group", apiGroup: RBAC, name: "oncall" },
      ],
      roleRef: { apiGroup: RBAC, kind: "Role", name: "pod-reader" },
    });
  });

  test("outside of one is a ClusterRole, without a binding until somebody gets it", () => {
    const rules = [RbacRule.allow(PODS), RbacRule.allow({ nonResourceURLs: ["/metrics"], verbs: ["get"] })];
    const alone = synth((chart) => new HardenedRole(chart, "reader", { rules }), { namespace: "shop" });
    expect(alone.map((m) => `${m.kind} ${m.metadata.namespace ?? ""}/${m.metadata.name}`)).toEqual([
      "ClusterRole /reader",
    ]);
    const subjects = [Subject.serviceAccount("monitoring", "prometheus")];
    const bound = synth((chart) => new HardenedRole(chart, "reader", { rules, subjects }));
    expect(only(bound, "ClusterRoleBinding", "reader")).toMatchObject({
      subjects: [{ kind: "ServiceAccount", name: "prometheus", namespace: "monitoring" }],
      roleRef: { kind: "ClusterRole", name: "reader" },
    });
  });

  test("a patch changes it", () => {
    const [role] = synth((chart) => {
      patch(
        new HardenedRole(chart, "reader", { rules: [RbacRule.allow(PODS)] }),
        "/rules/0/verbs/-",
        "deletecollection",
      );
    });
    expect(role?.["rules"]).toEqual([{ ...PODS, verbs: ["get", "list", "watch", "deletecollection"] }]);
  });
});

const on = (group: string, resource: string, ...verbs: string[]): Rights => ({
  apiGroups: [group],
  resources: [resource],
  verbs,
});

const DANGEROUS: readonly (readonly [string, Rights, DangerName])[] = [
  ["all verbs", on("", "pods", "*"), "wildcard"],
  ["all resources", on("", "*", "get"), "wildcard"],
  ["all groups", on("*", "pods", "get"), "wildcard"],
  ["a subresource of all", on("apps", "*/scale", "patch"), "wildcard"],
  ["all paths", { nonResourceURLs: ["*"], verbs: ["get"] }, "wildcard"],
  ["escalate", on(RBAC, "clusterroles", "escalate"), "escalate"],
  ["bind", on(RBAC, "roles", "bind"), "bind"],
  ["writing bindings", on(RBAC, "rolebindings", "create"), "bindings"],
  ["writing roles", on(RBAC, "clusterroles", "patch"), "bindings"],
  ["impersonate", on("", "users", "impersonate"), "impersonate"],
  ["the kubelets", on("", "nodes/proxy", "get"), "node-proxy"],
  ["tokens", on("", "serviceaccounts/token", "create"), "token-create"],
  ["listing Secrets", on("", "secrets", "list"), "secret-read"],
  ["any Secret", on("", "secrets", "get"), "secret-read"],
  ["exec", on("", "pods/exec", "create"), "exec"],
  ["ephemeral containers", on("", "pods/ephemeralcontainers", "patch"), "exec"],
  ["any signer", on("certificates.k8s.io", "signers", "approve"), "certificate-approval"],
  [
    "clients of the API server",
    { ...on("certificates.k8s.io", "signers", "sign"), resourceNames: ["kubernetes.io/kube-apiserver-client"] },
    "certificate-approval",
  ],
  ["admission", on("admissionregistration.k8s.io", "validatingadmissionpolicybindings", "delete"), "admission"],
  ["disks", on("", "persistentvolumes", "create"), "host-volume"],
  ["all at once", on("apps", "deployments", "deletecollection"), "delete-all"],
];

describe("what leads to more than it names", () => {
  test.each(DANGEROUS)("%s is refused", (_, rights, danger) => {
    expect(found(rights)).toEqual([danger]);
  });

  test.each(DANGEROUS)("%s passes by its name, with a reason that stays", (_, rights, danger) => {
    const rule = RbacRule.dangerous(rights, { dangers: [danger], reason });
    const [role] = synth((chart) => new HardenedRole(chart, "role", { rules: [rule, rule] }));
    expect(role?.metadata.annotations).toEqual({
      "ringfence.dev/relaxations": JSON.stringify([{ choice: `RbacRule.dangerous('${danger}')`, reason }]),
    });
  });

  test("every danger is tried", () => {
    expect([...new Set(DANGEROUS.map(([, , danger]) => danger))].sort()).toEqual(Object.keys(DANGERS).sort());
  });

  test("its neighbours pass", () => {
    for (const rights of [
      PODS,
      { ...on("", "secrets", "get"), resourceNames: ["ca"] },
      on(RBAC, "roles", "get", "list"),
      on("", "nodes/metrics", "get"),
      on("apps", "deployments/scale", "patch"),
      { nonResourceURLs: ["/healthz/*"], verbs: ["get"] },
    ])
      expect(found(rights)).toEqual([]);
  });

  test("one danger does not cover another, nor one that is not there", () => {
    const rules = [
      RbacRule.dangerous(on("", "secrets", "list", "deletecollection"), { dangers: ["secret-read"], reason }),
      RbacRule.dangerous(PODS, { dangers: ["exec"], reason }),
    ];
    expect(problems((chart) => new HardenedRole(chart, "role", { rules }))).toEqual([
      expect.stringMatching(/^'rules\[0\]' must not give the end of everything there at once, got .*'delete-all'/),
      "'rules[1]' must hold each danger that it accepts, got 'exec'. Leave the danger out: nothing needs it",
    ]);
  });
});

describe("approving certificates", () => {
  test("is for one signer", () => {
    const rules = RbacRule.approveCertificates("beta.eks.amazonaws.com/app-serving");
    const [role] = synth((chart) => new HardenedRole(chart, "approver", { rules }));
    expect(role?.["rules"]).toEqual([
      {
        apiGroups: ["certificates.k8s.io"],
        resources: ["certificatesigningrequests"],
        verbs: ["get", "list", "watch"],
      },
      { apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests/approval"], verbs: ["update"] },
      {
        apiGroups: ["certificates.k8s.io"],
        resources: ["signers"],
        verbs: ["approve"],
        resourceNames: ["beta.eks.amazonaws.com/app-serving"],
      },
    ]);
  });

  test.each(["*", "example.com/*", "serving", ""])("not for '%s'", (signer) => {
    expect(() => RbacRule.approveCertificates(signer)).toThrow("'signerName' must be the full name of one signer");
  });

  test("not for clients of the API server", () => {
    expect(() => RbacRule.approveCertificates("kubernetes.io/kube-apiserver-client-kubelet")).toThrow(
      "'signerName' must not sign for clients of the API server",
    );
  });
});

test.each([
  "system:masters",
  "system:authenticated",
  "system:unauthenticated",
  "system:anonymous",
  "system:serviceaccounts",
])("the group %s gets nothing", (name) => {
  expect(() => Subject.group(name)).toThrow(`'name' must be a group of people, got '${name}'`);
});

test("a service account is one workload's", () => {
  expect(() => Subject.serviceAccount("shop", "default")).toThrow("'name' must not be 'default'");
  expect(() => Subject.serviceAccount("Shop", "web")).toThrow("'namespace' must be a DNS label");
});

test("bad input is told at once", () => {
  const told = problems((chart) => {
    new HardenedRole(chart, "empty", { name: "Empty", rules: [] });
    new HardenedRole(chart, "role", {
      namespace: "shop",
      rules: [
        RbacRule.allow({ verbs: [] }),
        RbacRule.allow({ nonResourceURLs: ["/metrics"], verbs: ["get"] }),
        RbacRule.allow({ ...PODS, resourceNames: [] }),
        RbacRule.allow({ ...PODS, verbs: ["create"], resourceNames: ["web"] }),
        RbacRule.allow({ apiGroups: [""], verbs: ["get"] }),
      ],
    });
  });
  expect(told.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "'name' must be a DNS name",
    "'rules' must hold at least one rule",
    "'rules[0].verbs' must hold a verb",
    "'rules[0]' must have either 'apiGroups' and 'resources', or 'nonResourceURLs'",
    "'rules[1].nonResourceURLs' must stand in a role of the cluster",
    "'rules[2].resourceNames' must hold a name",
    "'rules[3].verbs' must not be 'create' for objects by name, which have none yet",
    "'rules[4]' must have either 'apiGroups' and 'resources', or 'nonResourceURLs'",
  ]);
});
