/** RBAC is matched as Kubernetes' own authorizer matches it; each case is one that a published tool judges wrongly. */
import { PERSONAS } from "../../constructs/index.js";
import { Cursor, UNKNOWN } from "../../plan/world/index.js";
import { Unknown } from "../../plan/model/index.js";
import type { PlannedObject } from "../../plan/model/index.js";
import { planned } from "../../policies/examples.js";
import type { ExampleValue } from "../../policies/index.js";
import { clusterRole, role, roleBinding } from "../../policies/lib/rbac/examples.js";
import { grants } from "../../policies/lib/rbac/match.js";
import type { Right } from "../../policies/lib/rbac/match.js";
import { said } from "./said.js";

const EXEC: Right = { group: "", resources: ["pods/exec"], verbs: ["create"] };
const PODS: Right = { group: "", resources: ["pods"], verbs: ["create"] };

function asked(rule: PlannedObject, right: Right) {
  return grants(new Cursor(rule, "rules[0]"), right).read;
}

describe("a rule of a role", () => {
  const rule = (
    resources: readonly string[],
    verbs = ["create"],
    resourceNames?: readonly string[],
  ): PlannedObject => ({
    apiGroups: [""],
    resources,
    verbs,
    ...(resourceNames === undefined ? {} : { resourceNames }),
  });

  test.each([
    ["pods/exec", true],
    ["*/exec", true],
    ["*", true],
    ["pods/*", false],
    ["pods", false],
    ["*exec", false],
    ["*/*", false],
    ["Pods/exec", false],
  ])("'%s' grants pods/exec: %s", (resource, expected) => {
    expect(asked(rule([resource]), EXEC)).toBe(expected);
  });

  test("the group and the verb are matched whole, or by the wildcard alone", () => {
    expect(asked({ ...rule(["pods"]), apiGroups: ["*"] }, PODS)).toBe(true);
    expect(asked({ ...rule(["pods"]), apiGroups: ["apps"] }, PODS)).toBe(false);
    expect(asked({ ...rule(["pods"]), verbs: ["*"] }, PODS)).toBe(true);
    expect(asked({ ...rule(["pods"]), verbs: ["cre*"] }, PODS)).toBe(false);
    expect(asked({ nonResourceURLs: ["*"], verbs: ["*"] }, PODS)).toBe(false);
  });

  test("names grant nothing to a request that carries none, and what they name to one that does", () => {
    expect(asked(rule(["pods"], ["create"], ["web"]), PODS)).toBe(false);
    expect(asked(rule(["pods"], ["*"], ["web"]), PODS)).toBe(false);
    expect(asked(rule(["pods"], ["create"], [""]), PODS)).toBe(true);
    expect(asked(rule(["pods/exec"], ["create"], ["db-0"]), EXEC)).toBe(true);
    const named = { ...EXEC, names: (name: string) => name === "db-0" };
    expect(asked(rule(["pods/exec"], ["create"], ["web-0"]), named)).toBe(false);
    expect(asked(rule(["pods/exec"], ["create"], ["web-0", "db-0"]), named)).toBe(true);
  });

  test("what nobody knows decides only where nothing else does", () => {
    const hidden = new Unknown("list");
    expect(asked({ ...rule([]), resources: hidden }, PODS)).toBe(UNKNOWN);
    expect(asked({ ...rule(["nodes"]), verbs: hidden }, PODS)).toBe(false);
    expect(asked({ ...rule(["pods/exec"]), resourceNames: hidden }, EXEC)).toBe(UNKNOWN);
  });
});

describe("roles", () => {
  const RBAC = "rbac.authorization.k8s.io";
  const rule = (group: string, resources: readonly string[], verbs: readonly string[]): ExampleValue => [
    { apiGroups: [group], resources, verbs },
  ];
  const first = (id: string, ...resources: Parameters<typeof said> extends [string, ...infer R] ? R : never) =>
    said(id, ...resources)[0];

  test("either verb on nodes/proxy reaches the kubelet, and neither of the finer resources does", () => {
    for (const verb of ["get", "create", "*"])
      expect(first("rbac-no-node-proxy", clusterRole("r", rule("", ["nodes/proxy"], [verb])))).toMatch(/^fail/);
    for (const resource of ["nodes/metrics", "nodes/stats", "nodes/log", "nodes/pods", "nodes/*"])
      expect(first("rbac-no-node-proxy", clusterRole("r", rule("", [resource], ["get"])))).toBe("pass");
    expect(first("rbac-no-node-proxy", role("r", rule("", ["nodes/proxy"], ["get"])))).toBe("notApplicable");
  });

  test("bind counts on roles and not on bindings, in a Role too", () => {
    const id = "rbac-no-bind-escalate-impersonate";
    expect(first(id, clusterRole("r", rule(RBAC, ["rolebindings"], ["bind"])))).toBe("pass");
    expect(first(id, clusterRole("r", rule(RBAC, ["clusterroles"], ["bind"])))).toMatch(/^fail/);
    expect(first(id, role("r", rule(RBAC, ["clusterroles"], ["bind"])))).toMatch(/^fail/);
    expect(first(id, role("r", rule(RBAC, ["clusterroles"], ["escalate"])))).toBe("pass");
  });

  test("get on pods/exec runs commands before 1.35 and not from there on", () => {
    const at = (version: string) =>
      first(
        "rbac-no-exec-attach",
        role("r", rule("", ["pods/exec"], ["get"])),
        planned("aws:eks/cluster:Cluster", "prod", { version }),
      );
    expect(at("1.34")).toMatch(/^fail/);
    expect(at("1.35")).toBe("pass");
  });

  test("a RoleBinding gives nothing on objects without a namespace, unless the role goes into another", () => {
    const subjects = [{ kind: "Group", name: "ops" }];
    const bound = roleBinding({ kind: "ClusterRole", name: "r" }, subjects, "vote");
    const volumes = clusterRole("r", rule("", ["persistentvolumes"], ["create"]));
    expect(first("rbac-no-pv-create", volumes, bound)).toBe("notApplicable");
    expect(first("rbac-no-pv-create", volumes)).toMatch(/^fail/);
    const labels = { [`${RBAC}/aggregate-to-edit`]: "true" };
    const aggregated = { ...volumes, inputs: { ...volumes.inputs, metadata: { name: "r", labels } } };
    expect(first("rbac-no-pv-create", aggregated, bound)).toMatch(/^fail/);
  });

  test("our own personas are not flagged", () => {
    for (const { namespaceRules, clusterRules } of Object.values(PERSONAS))
      for (const id of [
        "rbac-no-bind-escalate-impersonate",
        "rbac-no-configmap-write",
        "rbac-no-csr-approval",
        "rbac-no-exec-attach",
        "rbac-no-log-event-delete",
        "rbac-no-node-proxy",
        "rbac-no-port-forward",
        "rbac-no-pv-create",
        "rbac-no-sa-token-create",
        "rbac-no-secret-read",
        "rbac-no-service-status-patch",
        "rbac-no-webhook-config",
        "rbac-no-wildcards",
      ]) {
        const rules = (list: unknown): ExampleValue => JSON.parse(JSON.stringify(list)) as ExampleValue;
        const found = said(id, role("r", rules(namespaceRules)), clusterRole("c", rules(clusterRules)));
        expect([id, found]).toEqual([id, [expect.stringMatching(/^(pass|notApplicable)$/)]]);
      }
  });
});
