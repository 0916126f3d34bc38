import { InputError } from "../../core/issue.js";
import type { Plan } from "../../plan/model/index.js";
import { World } from "../../plan/world/index.js";
import { askRule } from "../../policies/judge.js";
import { contextOf, TODAY } from "./said.js";
import { container, deployment, manifest, planned, planOfExample, ref, secret } from "../../policies/examples.js";
import type { ExampleResource, Rule } from "../../policies/index.js";
import { judge, selectRules, SETS } from "../../policies/index.js";
import { defineRule } from "../../policies/define.js";
import { editDistance, nearest } from "../../core/nearest.js";
import { onResource, onWorld } from "../../policies/shapes.js";
import { fail, notApplicable, pass } from "../../policies/verdicts.js";

function planOf(...resources: readonly ExampleResource[]): Plan {
  return planOfExample({ title: "a plan", resources });
}

function ruleWith(body: Pick<Rule, "reads" | "check">): Rule {
  return defineRule({
    id: "test-rule",
    title: "a rule of this test",
    ring: "cloud",
    severity: "low",
    rationale: "it is a test.",
    remediation: "nothing",
    references: [],
    since: "0.1.0",
    examples: { fail: [], pass: [], unknown: [] },
    ...body,
  });
}

const CLUSTER = "aws:eks/cluster:Cluster";

describe("the order of findings", () => {
  test("is severity, then ring from the outermost, then rule, then resource, then path", () => {
    const plan = planOf(
      manifest({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "b" },
        spec: { hostPID: true, hostNetwork: true, containers: [] },
      }),
      manifest({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { hostPID: true, containers: [] } }),
      planned(CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] } }),
    );
    const rules = [
      "pod-no-host-pid",
      "pod-no-host-network",
      "eks-endpoint-public-access-disabled",
      "eks-public-access-cidrs-restricted",
      "eks-deletion-protection",
    ];
    const said = judge(plan, { rules, today: TODAY }).findings.map(
      (f) => `${f.rule.severity} ${f.rule.id} ${f.resource.name}`,
    );
    expect(said).toEqual([
      "critical eks-public-access-cidrs-restricted prod",
      "high eks-endpoint-public-access-disabled prod",
      "high pod-no-host-network b",
      "high pod-no-host-pid a",
      "high pod-no-host-pid b",
      "low eks-deletion-protection prod",
    ]);
  });

  test("does not depend on the order of registration", () => {
    const resources = [container("web", {}), container("db", {}), planned(CLUSTER, "prod", {})];
    const said = (list: readonly ExampleResource[]) =>
      judge(planOf(...list), { today: TODAY }).findings.map((f) => `${f.rule.id} ${f.resource.urn} ${f.path}`);
    expect(said([...resources].reverse())).toEqual(said(resources));
  });
});

describe("what is counted", () => {
  const body = onResource([CLUSTER], ({ resource }) =>
    resource.name === "good"
      ? pass()
      : [
          fail(new World(planOf()).inputsOf(resource).at("a"), "first"),
          fail(new World(planOf()).inputsOf(resource).at("b"), "second"),
        ],
  );

  test("each finding, each resource that passes, and a rule that found nothing", () => {
    const counts = judge(planOf(planned(CLUSTER, "prod", { version: "1.37", deletionProtection: true })), {
      rules: [
        "eks-supported-kubernetes-version",
        "eks-deletion-protection",
        "eks-no-creator-admin",
        "kms-key-rotation-enabled",
      ],
      today: TODAY,
    }).counts;
    expect(counts).toEqual({ rules: 4, pass: 2, fail: 1, unknown: 0, covered: 0, notApplicable: 1 });
  });

  test("a resource with a finding does not pass as well", () => {
    const answer = askRule(
      ruleWith(body),
      contextOf(new World(planOf(planned(CLUSTER, "good", {}), planned(CLUSTER, "bad", {})))),
    );
    expect(answer.findings.map((f) => [f.resource.name, f.path])).toEqual([
      ["bad", "a"],
      ["bad", "b"],
    ]);
    expect(answer.passes.map((p) => p.resource.name)).toEqual(["good"]);
  });

  test("what does not apply is neither pass nor fail", () => {
    const none = ruleWith(onResource([CLUSTER], () => notApplicable("no reason")));
    const answer = askRule(none, contextOf(new World(planOf(planned(CLUSTER, "prod", {})))));
    expect([answer.findings.length, answer.passes.length, answer.notApplicable]).toEqual([0, 0, 1]);
  });
});

describe("a rule that breaks", () => {
  const breaks = (): never => {
    throw new TypeError("no such thing");
  };

  test("is a defect that names rule, resource and error, and the other resources are judged", () => {
    const rule = ruleWith(onResource([CLUSTER], ({ resource }) => (resource.name === "bad" ? breaks() : pass())));
    const answer = askRule(
      rule,
      contextOf(new World(planOf(planned(CLUSTER, "bad", {}), planned(CLUSTER, "good", {})))),
    );
    expect(answer.defects.map((d) => d.message)).toEqual([
      "your own rule 'test-rule' broke on aws:eks/cluster:Cluster bad: no such thing. Correct it; `ringfence rules test` runs its examples",
    ]);
    expect(answer.passes.map((p) => p.resource.name)).toEqual(["good"]);
  });

  test("on the plan as a whole, or before it reads anything, is one as well", () => {
    const rules = [ruleWith(onWorld([], breaks)), ruleWith({ reads: [], check: breaks })];
    for (const rule of rules)
      expect(askRule(rule, contextOf(new World(planOf()))).defects.map((d) => d.message)).toEqual([
        "your own rule 'test-rule' broke on the plan: no such thing. Correct it; `ringfence rules test` runs its examples",
      ]);
  });
});

describe("the choice of rules", () => {
  test("is the default set when nothing is said, and only what is named otherwise", () => {
    const [byDefault] = SETS;
    expect(selectRules().map((rule) => rule.id)).toEqual([...byDefault.rules].sort());
    expect(selectRules([], ["kms-key-rotation-enabled"]).map((rule) => rule.id)).toEqual(["kms-key-rotation-enabled"]);
    expect(selectRules(undefined, ["kms-key-rotation-enabled"]).map((rule) => rule.id)).toEqual([
      "kms-key-rotation-enabled",
    ]);
    expect(selectRules(["cross-ring"], ["kms-key-rotation-enabled"]).length).toBe(
      selectRules(["cross-ring"]).length + 1,
    );
  });

  test("refuses every id that does not exist at once, and names the nearest", () => {
    const choose = () => selectRules(["cros-ring"], ["pod-no-privilege", "zzzzzzzzzzzz"]);
    expect(choose).toThrow(InputError);
    expect(choose).toThrow("'set' must be the id of a set, got 'cros-ring'. Did you mean 'cross-ring'");
    expect(choose).toThrow("got 'pod-no-privilege'. Did you mean 'pod-no-privileged'");
    expect(choose).toThrow("got 'zzzzzzzzzzzz'. `ringfence rules` lists them");
  });

  test("distance counts letters to insert, delete or replace", () => {
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("", "abc")).toBe(3);
    expect(nearest("defalt", ["default", "cross-ring"])).toEqual(["default"]);
  });
});

describe("the version that objects are judged at", () => {
  const pod = manifest({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: { hostUsers: false, containers: [{ name: "web", image: "web" }] },
  });
  const verdicts = (kubernetesVersion?: string) => {
    const options = { rules: ["pod-run-as-non-root"], today: TODAY };
    const judgement = judge(
      planOf(pod, planned(CLUSTER, "prod", { version: "1.34" })),
      kubernetesVersion === undefined ? options : { ...options, kubernetesVersion },
    );
    return [judgement.kubernetesVersion, judgement.findings.length];
  };

  test("is the planned cluster's, unless another is asked for", () => {
    // From 1.35 on a user namespace of its own is as good as not running as root.
    expect(verdicts()).toEqual(["1.34", 1]);
    expect(verdicts("1.36")).toEqual(["1.36", 0]);
  });

  test("must be a minor version", () => {
    expect(() => verdicts("latest")).toThrow("'kubernetesVersion' must be a minor version of Kubernetes, got 'latest'");
  });
});

test("support of versions is read on the day that is given", () => {
  const on = (day: string) =>
    judge(planOf(planned(CLUSTER, "prod", { version: "1.34" })), {
      rules: ["eks-supported-kubernetes-version"],
      today: new Date(day),
    }).findings.length;
  expect([on("2026-12-02"), on("2026-12-03")]).toEqual([0, 1]);
});

test("a secret never leaves a finding: it is judged and stays wrapped", () => {
  const plan = planOf(
    deployment("db", {
      hostPID: secret(true),
      containers: [{ name: "db", image: "db", env: [{ name: "DB_PASSWORD", value: "hunter2" }] }],
    }),
  );
  const { findings } = judge(plan, { rules: ["pod-no-host-pid", "container-no-plaintext-secret-env"], today: TODAY });
  expect(findings.map((f) => f.path)).toEqual([
    "spec.template.spec.hostPID",
    "spec.template.spec.containers[0].env[0].value",
  ]);
  expect(JSON.stringify(findings.map((f) => [f.value, f.message]))).toBe(
    JSON.stringify([
      [
        { $secret: true },
        "Deployment 'vote/db' sees every process of its node, with their environments and open files",
      ],
      [
        { $secret: true },
        "the variable DB_PASSWORD of container 'db' of Deployment 'vote/db' holds a credential in plain text",
      ],
    ]),
  );
});

test("objects of two clusters are kept apart: one cluster's policies are nothing to the other", () => {
  const provider = (name: string, cluster: string) =>
    planned("pulumi:providers:kubernetes", name, { kubeconfig: ref(cluster, "endpoint") });
  const namespace = (as: string, of: string) =>
    manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as, provider: of });
  const policy = manifest(
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "deny", namespace: "vote" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
    { provider: "a" },
  );
  const plan = planOf(
    planned(CLUSTER, "one", {}),
    planned(CLUSTER, "two", {}),
    provider("a", "one"),
    provider("b", "two"),
    namespace("in-one", "a"),
    namespace("in-two", "b"),
    policy,
  );
  const { findings } = judge(plan, { rules: ["namespace-default-deny"], today: TODAY });
  expect(findings.map((f) => f.resource.name)).toEqual(["in-two"]);
});
