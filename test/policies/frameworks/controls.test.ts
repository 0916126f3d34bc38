import { container, manifest, planned, planOfExample, unresolved } from "../../../policies/examples.js";
import { controlsWithRules } from "../../../policies/frameworks/mapping.js";
import type { ExampleResource, JudgeOptions, Rule } from "../../../policies/index.js";
import { controlsOf, exempt, FRAMEWORKS, judge, RULES, SETS } from "../../../policies/index.js";

const TODAY = new Date("2026-11-21");

function judged(resources: readonly ExampleResource[], options: JudgeOptions = { sets: ["cis-eks-1.8.0"] }) {
  return judge(planOfExample({ title: "a case", resources }), { today: TODAY, ...options });
}

const row = (id: string, resources: readonly ExampleResource[], options?: JudgeOptions) => {
  const found = controlsOf(judged(resources, options), "cis-eks-1.8.0").rows.find((r) => r.id === id);
  return found === undefined ? undefined : [found.state, found.because];
};

const NAMESPACE = manifest({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "vote", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
});
const PRIVILEGED = container("db", { securityContext: { privileged: true } });

describe("cis-eks-1.8.0", () => {
  test("has all 50 recommendations, in order, each in one of the states", () => {
    const { rows, counts, complete } = controlsOf(judged([NAMESPACE]), "cis-eks-1.8.0");
    const ids = rows.map(({ id }) => id);
    expect(ids).toHaveLength(50);
    expect([ids[0], ids[1], ids[14], ids[24], ids[49]]).toEqual(["2.1.1", "2.1.2", "3.2.9", "4.1.10", "5.5.1"]);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(50);
    expect(complete).toBe(true);
  });

  test("a plan shows all of 32 recommendations, a part of 14 and nothing of 4", () => {
    const controls = FRAMEWORKS.find(({ id }) => id === "cis-eks-1.8.0")?.controls ?? [];
    const of = (provable: string) => controls.filter((c) => c.provable === provable).map(({ id }) => id);
    expect(of("no")).toEqual(["3.1.1", "3.1.2", "3.1.3", "3.1.4"]);
    expect(of("partly").filter((id) => !id.startsWith("3.2."))).toEqual(["2.1.2", "4.4.2", "4.5.1", "5.1.2", "5.5.1"]);
    expect(of("yes")).toHaveLength(32);
  });

  test("a recommendation whose rules all hold passed", () => {
    expect(row("4.2.2", [NAMESPACE, container("db", {})])).toEqual(["passed", "2 resources checked, none fails"]);
  });

  test("a password in the environment is no secret that comes as a file", () => {
    const plain = container("db", { env: [{ name: "DB_PASSWORD", value: "hunter2" }] });
    expect(row("4.4.1", [NAMESPACE, plain])).toEqual(["failed", "1 failure of container-no-plaintext-secret-env"]);
  });

  test("one failure fails it, with rule, place and path as evidence", () => {
    expect(row("4.2.1", [NAMESPACE, PRIVILEGED])).toEqual(["failed", "1 failure of pod-no-privileged"]);
    const found = controlsOf(judged([NAMESPACE, PRIVILEGED]), "cis-eks-1.8.0").rows.find((r) => r.id === "4.2.1");
    const evidence = found?.evidence.find((e) => e.rule === "pod-no-privileged");
    expect(evidence?.findings).toEqual([
      {
        verdict: "fail",
        at: "kubernetes:apps/v1:Deployment vote/db",
        path: "spec.template.spec.containers[0].securityContext.privileged",
        severity: "critical",
        message: expect.stringContaining("privileged") as string,
        exempted: false,
      },
    ]);
  });

  test("what another finding implies fails its own recommendation", () => {
    expect(row("4.2.5", [NAMESPACE, PRIVILEGED])?.[0]).toBe("failed");
  });

  test("an exemption meets no recommendation", () => {
    const exemptions = [
      exempt("pod-no-privileged", {
        at: "kubernetes:apps/v1:Deployment vote/db",
        reason: "the driver needs it",
        owner: "platform",
        until: "2027-03-31",
      }),
    ];
    expect(row("4.2.1", [NAMESPACE, PRIVILEGED], { sets: ["cis-eks-1.8.0"], exemptions })).toEqual([
      "failed",
      "1 failure of pod-no-privileged, all of them exempted",
    ]);
  });

  test("a value that nobody knows yet leaves it not provable", () => {
    const late = container("db", { securityContext: { privileged: unresolved("boolean") } });
    expect(row("4.2.1", [NAMESPACE, late])).toEqual(["notProvable", "1 place cannot be told before the deployment"]);
  });

  test("files of a node's image show on the running node alone", () => {
    expect(row("3.1.1", [NAMESPACE])).toEqual([
      "notProvable",
      expect.stringMatching(
        /^no rule checks it, the running system alone shows it: files of the node's image/,
      ) as string,
    ]);
  });

  test("what a plan shows in part is never passed: a person has to judge the rest", () => {
    const group = planned("aws:cloudwatch/logGroup:LogGroup", "audit", { retentionInDays: 365 });
    expect(row("2.1.2", [group])).toEqual([
      "manual",
      expect.stringMatching(/^1 resource checked, none fails; a person has to judge the rest: retention/) as string,
    ]);
  });

  test("one rule about several settings fails the recommendation of the setting alone", () => {
    const userData = "/etc/eks/bootstrap.sh prod --kubelet-extra-args '--read-only-port=10255'";
    const template = planned("aws:ec2/launchTemplate:LaunchTemplate", "workers", { userData });
    const states = ["3.2.1", "3.2.2", "3.2.4", "3.2.5", "3.2.6", "3.2.8", "3.2.9"].map(
      (id) => row(id, [template])?.[0],
    );
    const others = Array<string>(4).fill("notProvable");
    expect(states).toEqual(["notProvable", "notProvable", "failed", ...others]);
    const every = [
      "--anonymous-auth=true --authorization-mode=AlwaysAllow --read-only-port=10255",
      "--streaming-connection-idle-timeout=0 --make-iptables-util-chains=false --rotate-certificates=false",
      "--feature-gates=RotateKubeletServerCertificate=false",
    ].join(" ");
    const undone = planned("aws:ec2/launchTemplate:LaunchTemplate", "workers", { userData: every });
    for (const id of ["3.2.1", "3.2.2", "3.2.4", "3.2.5", "3.2.6", "3.2.8", "3.2.9"])
      expect([id, row(id, [undone])?.[0]]).toEqual([id, "failed"]);
  });

  test("nothing of the kind is not applicable, a rule that was left out is not asked", () => {
    expect(row("5.3.1", [NAMESPACE])).toEqual(["notApplicable", "the plan holds nothing that its rules judge"]);
    expect(row("2.1.2", [NAMESPACE])?.[0]).toBe("manual");
    expect(row("5.3.1", [NAMESPACE], { rules: ["pod-no-privileged"] })).toEqual([
      "notAsked",
      "not asked: eks-secrets-kms-envelope-encryption",
    ]);
  });
});

describe("every framework", () => {
  const rules: readonly Rule[] = RULES;

  test.each(FRAMEWORKS.map((table) => [table.id, table] as const))("%s has a set of the same id", (id, table) => {
    const set = SETS.find((s) => s.id === id);
    const mapped = controlsWithRules(table, rules).flatMap((c) => c.rules.map(({ rule }) => rule.id));
    expect(set?.rules.length).toBeGreaterThan(3);
    expect(set?.rules).toEqual([...new Set(mapped)].sort());
    expect(table.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test("a table maps to rules that there are, and lists a control once", () => {
    const ids = new Set(rules.map((rule) => rule.id));
    for (const { controls } of FRAMEWORKS) {
      expect(controls.flatMap((control) => control.rules ?? []).filter((id) => !ids.has(id))).toEqual([]);
      expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    }
  });

  test("a control outside the standard is no row: Security Hub has more than the best practices", () => {
    const table = controlsOf(judged([NAMESPACE], { sets: ["aws-fsbp"] }), "aws-fsbp");
    const ids = table.rows.map(({ id }) => id);
    expect(ids).toContain("EC2.18");
    expect(ids).not.toContain("EC2.13");
  });

  test("a control that references name and no table lists has a row, in the order of numbers", () => {
    const ids = controlsOf(judged([NAMESPACE], { sets: ["pci-dss-4"] }), "pci-dss-4").rows.map(({ id }) => id);
    expect(ids.indexOf("7.2.1")).toBeLessThan(ids.indexOf("10.2.1.1"));
    expect(ids).toContain("1.2.5");
  });

  test("an unknown one is refused with the nearest", () => {
    expect(() => controlsOf(judged([NAMESPACE]), "cis-eks-1.7.0")).toThrow("Did you mean 'cis-eks-1.8.0'");
  });
});
