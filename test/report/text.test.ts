import type { PlannedResource } from "../../plan/model/index.js";
import { deployment, finding, judgement, plan, resource, rule, text } from "./support.js";

const passing = judgement([], {
  passes: [],
  counts: { rules: 60, pass: 812, fail: 0, unknown: 0, covered: 0, notApplicable: 40 },
  rules: [rule("r", { reads: ["aws:eks/cluster:Cluster"] })],
});

const bastion = resource("ringfence:infra:Bastion", "prod-bastion", { custom: false });

const voting: readonly PlannedResource[] = [
  resource("ringfence:blueprint:SecureCluster", "prod", {
    custom: false,
    outputs: { relaxations: [{ choice: "ApiAccess.direct", reason: "the run takes place inside the VPC" }] },
  }),
  resource("aws:ec2/vpc:Vpc", "prod-vpc"),
  resource("aws:kms/key:Key", "prod-secrets"),
  resource("aws:kms/key:Key", "prod-logs"),
  resource("aws:eks/cluster:Cluster", "prod", { options: { protect: true } }),
  resource("aws:eks/nodeGroup:NodeGroup", "prod-system"),
  bastion,
  resource("aws:ec2/instance:Instance", "prod-bastion", { parent: bastion.urn }),
  resource("pulumi:providers:kubernetes", "prod"),
  resource("kubernetes:core/v1:Namespace", "prod/vote", { inputs: { metadata: { name: "vote" } } }),
  resource("kubernetes:networking.k8s.io/v1:Ingress", "prod/vote/web", {
    inputs: { metadata: { name: "web", namespace: "vote" } },
  }),
  deployment("web"),
  deployment("worker"),
  resource("kubernetes:apps/v1:StatefulSet", "db", { inputs: { metadata: { name: "db", namespace: "vote" } } }),
];

describe("the text of a plan without findings", () => {
  it("says who, what by ring, what was loosened, the verdicts, what was not evaluated, and the outcome", () => {
    expect(text(plan(voting), passing).replace(/^ringfence \S+/, "ringfence 0.0.0")).toBe(
      `ringfence 0.0.0 · voting/dev · account 111122223333 · eu-west-1 · 2026-11-21 · Kubernetes 1.36 ·
program run without a network (a network namespace of its own)

Would create 11 resources
  cloud         6  cluster prod · node group prod-system · VPC prod-vpc · keys prod-logs,
                   prod-secrets · bastion prod-bastion
  cluster       2  namespace vote · ingress vote/web
  container     3  Deployment vote/web, vote/worker · StatefulSet vote/db

Defaults loosened by the program
  ApiAccess.direct (SecureCluster prod): the run takes place inside the VPC

Verdicts  812 pass · 0 fail · 0 unknown · 40 not applicable · 60 rules asked

Not evaluated
  10 resources of 8 types that no rule asked reads: Key 2, Deployment 2, Instance 1, Vpc 1,
  NodeGroup 1 +3

No finding of severity high or above. Exit code 0.
`,
    );
  });

  it("stays within the width it is given", () => {
    for (const width of [80, 100, 140])
      for (const line of text(plan(voting), passing, { width }).split("\n"))
        expect(line.length).toBeLessThanOrEqual(width);
  });

  it("is silent when quiet", () => {
    expect(text(plan(voting), passing, { quiet: true })).toBe("");
  });

  it("lists every resource below its parent when verbose, components included", () => {
    const lines = text(plan(voting), passing, { verbose: true }).split("\n");
    const from = lines.indexOf("Resources");
    expect(lines.slice(from + 1, from + 1 + voting.length)).toEqual([
      "  ringfence:blueprint:SecureCluster prod",
      "  aws:ec2/vpc:Vpc prod-vpc",
      "  aws:kms/key:Key prod-secrets",
      "  aws:kms/key:Key prod-logs",
      "  aws:eks/cluster:Cluster prod (protected)",
      "  aws:eks/nodeGroup:NodeGroup prod-system",
      "  ringfence:infra:Bastion prod-bastion",
      "    aws:ec2/instance:Instance prod-bastion",
      "  pulumi:providers:kubernetes prod",
      "  kubernetes:core/v1:Namespace prod/vote",
      "  kubernetes:networking.k8s.io/v1:Ingress prod/vote/web",
      "  kubernetes:apps/v1:Deployment web",
      "  kubernetes:apps/v1:Deployment worker",
      "  kubernetes:apps/v1:StatefulSet db",
    ]);
    expect(lines).toContain("What this rests on");
  });
});

describe("the text of what is undecided", () => {
  const db = deployment("db");
  const judged = judgement([
    finding(rule("pod-no-host-pid"), db, {
      verdict: "unknown",
      value: undefined,
      path: "spec.hostPID",
      message: "an output decides",
    }),
  ]);
  const undecided = (options: Parameters<typeof text>[2]): string =>
    text(plan([db]), judged, options)
      .split("\n\n")
      .slice(3, -1)
      .join("\n\n");

  it("lists it under --on-unknown warn", () => {
    expect(undecided({})).toBe(`Undecided: 1 value cannot be known before the deployment
  high      container  pod-no-host-pid  Deployment vote/db`);
  });

  it("tells place and message when verbose", () => {
    expect(text(plan([db]), judged, { verbose: true })).toContain(
      "pod-no-host-pid  Deployment vote/db\n      Deployment vote/db: spec.hostPID: an output decides\n",
    );
  });

  it("only counts it under --on-unknown ignore", () => {
    expect(undecided({ gate: { failOn: "high", onUnknown: "ignore" } })).toBe(
      "Undecided: 1 value cannot be known before the deployment (--on-unknown ignore)",
    );
  });

  it("says that it ends the run under --on-unknown fail", () => {
    const lines = text(plan([db]), judged, { gate: { failOn: "high", onUnknown: "fail" } })
      .trimEnd()
      .split("\n");
    expect(lines.slice(-2).join(" ")).toBe(
      "No finding of severity high or above. 1 value of severity high or above cannot be known yet, and --on-unknown fail counts them. Exit code 1.",
    );
  });
});

describe("the text of a change", () => {
  it("counts operations and names what would be lost", () => {
    const resources = [
      resource("aws:ec2/vpc:Vpc", "main", { operation: "replace" }),
      resource("aws:ec2/subnet:Subnet", "a", { operation: "same" }),
      resource("aws:ec2/subnet:Subnet", "b", { operation: "create" }),
      deployment("old", { operation: "delete" }),
    ];
    const printed = text(plan(resources), judgement([]), { verbose: true });
    expect(printed.split("\n").slice(3, 13)).toEqual([
      "Would create 1, replace 1, delete 1; 1 as before",
      "  cloud         3  VPC main",
      "  replace       1  Vpc main",
      "  delete        1  Deployment vote/old",
      "",
      "Resources  (+ create, ~ update, ± replace, - delete, > read)",
      "  ± aws:ec2/vpc:Vpc main",
      "    aws:ec2/subnet:Subnet a",
      "  + aws:ec2/subnet:Subnet b",
      "  - kubernetes:apps/v1:Deployment old",
    ]);
  });

  it("says when nothing changes, and what is only read", () => {
    const same = resource("aws:ec2/subnet:Subnet", "a", { operation: "same" });
    const read = resource("aws:ec2/vpc:Vpc", "main", { operation: "read" });
    expect(text(plan([same, read]), judgement([]))).toContain("\nWould change nothing: 1 resource as before, 1 read\n");
    expect(text(plan([read]), judgement([]))).toContain("\nWould create 0 resources, 1 read\n");
  });
});

describe("the rest of the text", () => {
  it("names a Service when it is a load balancer, and no other", () => {
    const service = (name: string, type: string): PlannedResource =>
      resource("kubernetes:core/v1:Service", name, {
        inputs: { metadata: { name, namespace: "vote" }, spec: { type } },
      });
    expect(text(plan([service("web", "LoadBalancer"), service("db", "ClusterIP")]), judgement([]))).toContain(
      "  cluster       2  load balancer vote/web\n",
    );
  });

  it("says what the bar was in words that fit it", () => {
    const gate = { failOn: "critical", onUnknown: "warn" } as const;
    expect(text(plan([]), judgement([]), { gate })).toContain("\nNo finding of severity critical. Exit code 0.\n");
  });

  it("says when a rule broke that the judgement is not whole", () => {
    const broken = judgement([], { defects: [{ rule: rule("r"), resource: undefined, message: "rule 'r' broke" }] });
    const printed = text(plan([]), broken);
    expect(printed.trimEnd().split("\n").at(-1)).toBe("1 rule broke: this judgement is not whole. Exit code 3.");
  });

  it("shortens long lists and tells how to see the rest", () => {
    const warnings = ["one", "two", "three", "four", "five", "six"];
    const short = text(plan([], { warnings }), judgement([]));
    expect(short).toContain("Warnings\n  one\n  two\n  three\n  four\n  and 2 more; --verbose lists them\n");
    expect(text(plan([], { warnings }), judgement([]), { verbose: true })).toContain("  five\n  six\n");
  });

  it("names resources of the same gap together", () => {
    const gaps = ["a", "b"].map((name) => resource("kubernetes:helm.sh/v3:Release", name));
    expect(text(plan(gaps), judgement([]))).toContain(
      "  Release a, Release b: what the chart of a Helm release creates is not in the plan\n",
    );
  });

  it("lists passes by rule when the report has them", () => {
    const db = deployment("db");
    const judged = judgement([], { passes: [{ rule: rule("pod-no-host-pid"), resource: db }] });
    expect(text(plan([db]), judged, { all: true })).toContain(
      "Passed\n  high      container  pod-no-host-pid  Deployment vote/db\n",
    );
  });
});
