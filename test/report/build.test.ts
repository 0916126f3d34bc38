import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findFragments, fragmentOf } from "../../core/symbolic.js";
import { JsonText, Ref, Secret, Unknown } from "../../plan/model/index.js";
import type { Urn } from "../../plan/model/index.js";
import { judge } from "../../policies/index.js";
import { keptOf } from "../../report/build.js";
import { renderJson } from "../../report/json.js";
import { deployment, finding, judgement, plan, report, resource, rule, text, urn } from "./support.js";

const packageVersion = (
  JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { readonly version: string }
).version;

describe("the report of a judged plan", () => {
  it("is the document of docs/report.schema.json, field by field", () => {
    const cluster = resource("aws:eks/cluster:Cluster", "prod", {
      inputs: { vpcConfig: { endpointPublicAccess: true } },
    });
    const network = resource("aws:ec2/vpc:Vpc", "prod");
    const judged = judge(plan([cluster]), {
      rules: ["eks-endpoint-public-access-disabled"],
      today: new Date("2026-11-21"),
    });
    const [rule] = judged.rules;

    expect(JSON.parse(renderJson(report(plan([cluster, network]), judged)))).toEqual({
      format: "ringfence.report/1",
      ringfence: packageVersion,
      kubernetesVersion: "1.36",
      environment: {
        project: "voting",
        stack: "dev",
        account: "111122223333",
        region: "eu-west-1",
        isolation: "namespace",
        date: "2026-11-21",
      },
      inputs: [{ path: "examples/voting-app", kind: "pulumi-program", resources: 2 }],
      summary: {
        resources: 2,
        rules: 1,
        pass: 0,
        fail: 1,
        unknown: 0,
        notApplicable: 0,
        exempted: 0,
        covered: 0,
        bySeverity: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
        theorems: { proved: 0, counterexample: 0, possible: 0, notModelled: 0 },
      },
      findings: [
        {
          rule: "eks-endpoint-public-access-disabled",
          title: rule?.title,
          verdict: "fail",
          severity: "high",
          ring: "cloud",
          resource: {
            id: "aws:eks/cluster:Cluster prod",
            type: "aws:eks/cluster:Cluster",
            name: "prod",
            urn: "urn:pulumi:dev::voting::aws:eks/cluster:Cluster::prod",
          },
          path: "vpcConfig.endpointPublicAccess",
          value: true,
          message: judged.findings[0]?.message,
          remediation: rule?.remediation,
          references: rule?.references.map(({ framework, id }) => ({ framework, id })),
          fix: [],
          covers: [],
          fingerprint: "6d5d064df70ccbbd1f3fa375747abdc1",
          exemption: null,
        },
      ],
      exemptionProblems: [],
      problems: [],
      skipped: [],
      theorems: [],
      relaxations: [],
      assumptions: [
        "Only what the program creates is judged. What the account and the clusters already hold is not part of the plan.",
        "Values are those of a preview. What AWS and Kubernetes decide later is a reference or unknown.",
        "A value that is left out is judged by what AWS or Kubernetes does then.",
        "Kubernetes objects are judged at version 1.36.",
        "The program ran in a network namespace without a network.",
        "The account 111122223333 stands in for the real one, which nobody named.",
      ],
      notEvaluated: [],
      typesNotRead: [{ type: "aws:ec2/vpc:Vpc", resources: 1 }],
      warnings: [],
      defects: [],
    });
  });

  it("leaves an absent value out, because AWS defaults it", () => {
    const cluster = resource("aws:eks/cluster:Cluster", "prod", { inputs: { vpcConfig: {} } });
    const judged = judge(plan([cluster]), { rules: ["eks-endpoint-public-access-disabled"] });
    expect(report(plan([cluster]), judged).findings[0]).not.toHaveProperty("value");
  });

  it("shows an undecided value as [unknown]", () => {
    const cluster = resource("aws:eks/cluster:Cluster", "prod", {
      inputs: { vpcConfig: { endpointPublicAccess: new Unknown("boolean") } },
    });
    const judged = judge(plan([cluster]), { rules: ["eks-endpoint-public-access-disabled"] });
    const built = report(plan([cluster]), judged);
    expect(built.findings[0]).toMatchObject({ verdict: "unknown", value: "[unknown]" });
    expect(built.summary).toMatchObject({ fail: 0, unknown: 1, bySeverity: { high: 0 } });
  });

  it("never holds the content of a secret, in a value or anywhere else", () => {
    const db = deployment("db", {
      inputs: { metadata: { name: "db", namespace: "vote" }, data: new Secret("hunter2") },
    });
    const value = { url: new Secret("hunter2"), list: [new Secret({ deep: "hunter2" })] };
    const json = renderJson(report(plan([db]), judgement([finding(rule("r"), db, { value })])));
    expect(json).not.toContain("hunter2");
    expect(JSON.parse(json)).toMatchObject({ findings: [{ value: { url: "[secret]", list: ["[secret]"] } }] });
  });

  it("shows references as text, in values and in keys of a path", () => {
    const key = new Ref(urn("aws:kms/key:Key", "secrets"), "arn");
    const encoded = "${ref:urn%3Apulumi%3Adev%3A%3Avoting%3A%3Aaws%3Aeks%2Fcluster%3ACluster%3A%3Aprod#issuer}:sub";
    const db = deployment("db");
    const built = report(
      plan([db]),
      judgement([finding(rule("r"), db, { value: new JsonText({ Resource: key }), path: `Condition["${encoded}"]` })]),
    );
    expect(built.findings[0]).toMatchObject({
      value: { Resource: "<arn of key secrets>" },
      path: 'Condition["<issuer of cluster prod>:sub"]',
    });
  });

  it("counts what would exist: no component, no provider, nothing that is deleted", () => {
    const resources = [
      resource("ringfence:infra:Network", "net", { custom: false }),
      resource("pulumi:providers:kubernetes", "k8s"),
      resource("aws:ec2/vpc:Vpc", "net", { operation: "same" }),
      resource("aws:ec2/subnet:Subnet", "a", { operation: "create" }),
      resource("aws:ec2/subnet:Subnet", "b", { operation: "delete" }),
      resource("aws:kms/key:Key", "k", { operation: "replace" }),
      resource("aws:kms/key:Key", "l", { operation: "update" }),
    ];
    const built = report(plan(resources), judgement([]));
    expect(built.inputs[0]?.resources).toBe(4);
    expect(built.changes).toEqual({ create: 1, update: 1, replace: 1, delete: 1, same: 1 });
    expect(keptOf(plan(resources)).resources.map((r) => r.name)).toEqual(["net", "k8s", "net", "a", "k", "l"]);
  });

  it("says nothing of changes without a previous plan", () => {
    const read = resource("aws:ec2/vpc:Vpc", "existing", { operation: "read" });
    expect(report(plan([read]), judgement([]))).not.toHaveProperty("changes");
  });

  it("lists passes only when asked to", () => {
    const db = deployment("db");
    const judged = judgement([], { passes: [{ rule: rule("r"), resource: db }] });
    expect(report(plan([db]), judged).findings).toEqual([]);
    expect(report(plan([db]), judged, true).findings).toMatchObject([
      {
        rule: "r",
        verdict: "pass",
        path: "",
        message: "r holds",
        resource: { id: "kubernetes:apps/v1:Deployment vote/db" },
      },
    ]);
  });

  it("names an object from a file by its place there and not by a URN", () => {
    const source = { file: "app.yaml", line: 14, column: 9, document: 0 };
    const db = deployment("db", { urn: "urn:ringfence:app.yaml#0" as Urn, source });
    const [found] = report(plan([db]), judgement([finding(rule("r"), db)])).findings;
    expect(found?.source).toEqual(source);
    expect(found?.resource).not.toHaveProperty("urn");
  });

  it("carries rules that broke as defects", () => {
    const broken = judgement([], { defects: [{ rule: rule("r"), resource: undefined, message: "rule 'r' broke: x" }] });
    expect(report(plan([]), broken).defects).toEqual(["rule 'r' broke: x"]);
  });
});

describe("symbols", () => {
  const vpc = urn("aws:ec2/vpc:Vpc", "main");
  const id = `vpc-00000${fragmentOf(vpc, "id")}`;
  const early = resource("aws:ec2/subnet:Subnet", `subnet-${id}`, { insideApply: true });
  const built = plan([early]);
  const judged = judgement([
    finding(rule("r"), early, {
      message: `subnet 'subnet-${id}' is open`,
      value: { [id]: [id] },
      path: `tags["${id}"]`,
    }),
  ]);

  it("are no part of the report, whatever name a program built from them", () => {
    const json = renderJson(report(built, judged));
    expect(findFragments(json)).toEqual([]);
    expect(JSON.parse(json)).toMatchObject({
      findings: [{ resource: { name: "subnet-vpc-[unknown]" }, message: "subnet 'subnet-vpc-[unknown]' is open" }],
    });
  });

  it("are no part of the text", () => {
    const printed = text(built, judged, { verbose: true });
    expect(findFragments(printed)).toEqual([]);
    expect(printed).toContain("aws:ec2/subnet:Subnet subnet-vpc-[unknown] (inside apply)");
  });

  it("are not confused with other hexadecimal text", () => {
    const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
    const found = report(built, judgement([finding(rule("r"), early, { value: digest })])).findings[0];
    expect(found?.value).toBe(digest);
  });
});

describe("what was not judged", () => {
  it("names what the engine could not evaluate and what stands for more than the plan holds", () => {
    const release = resource("kubernetes:helm.sh/v3:Release", "nginx");
    const remote = {
      urn: urn("other:index:Thing", "t"),
      type: "other:index:Thing",
      name: "t",
      reason: "a component of another language",
    };
    const built = report(plan([release], { notEvaluated: [remote] }), judgement([]));
    expect(built.notEvaluated.map(({ resource: { id }, reason }) => [id, reason])).toEqual([
      ["other:index:Thing t", "a component of another language"],
      ["kubernetes:helm.sh/v3:Release nginx", "what the chart of a Helm release creates is not in the plan"],
    ]);
  });

  it("names the types that no rule asked reads, any version of a kind being the same", () => {
    const resources = [
      resource("kubernetes:apps/v1beta2:Deployment", "old"),
      resource("aws:s3/bucket:Bucket", "a"),
      resource("aws:s3/bucket:Bucket", "b"),
      resource("aws:ec2/vpc:Vpc", "v"),
    ];
    const judged = judgement([], { rules: [rule("r")] });
    expect(report(plan(resources), judged).typesNotRead).toEqual([
      { type: "aws:ec2/vpc:Vpc", resources: 1 },
      { type: "aws:s3/bucket:Bucket", resources: 2 },
    ]);
  });

  it("warns of resources that the first real preview does not show", () => {
    const early = [
      resource("aws:ec2/vpc:Vpc", "a", { insideApply: true }),
      resource("aws:ec2/vpc:Vpc", "b", { insideApply: true }),
    ];
    expect(report(plan(early, { warnings: ["first"] }), judgement([])).warnings).toEqual([
      "first",
      "2 resources are registered inside apply: judged here, and not shown by Pulumi's own first preview",
    ]);
  });
});

describe("relaxations", () => {
  const loosened = { choice: "EndpointAccess.publicFrom", reason: "the partner's VPN ends there" };

  it("come from components and from annotations, and once when a parent repeats its child's", () => {
    const parent = resource("ringfence:blueprint:SecureCluster", "prod", {
      custom: false,
      outputs: { relaxations: [loosened, { choice: "ApiAccess.direct", reason: "run from the VPN" }] },
    });
    const child = resource("ringfence:infra:Cluster", "prod", {
      custom: false,
      parent: parent.urn,
      outputs: { relaxations: [loosened] },
    });
    const annotation = JSON.stringify([{ choice: "RootFilesystem.writable", reason: "it writes its cache" }]);
    const db = deployment("db", {
      inputs: { metadata: { name: "db", namespace: "vote", annotations: { "ringfence.dev/relaxations": annotation } } },
    });
    const { relaxations } = report(plan([parent, child, db]), judgement([]));
    expect(relaxations.map((r) => [r.resource.id, r.choice, r.reason])).toEqual([
      ["ringfence:blueprint:SecureCluster prod", "ApiAccess.direct", "run from the VPN"],
      ["ringfence:infra:Cluster prod", "EndpointAccess.publicFrom", "the partner's VPN ends there"],
      ["kubernetes:apps/v1:Deployment vote/db", "RootFilesystem.writable", "it writes its cache"],
    ]);
  });

  it("are read from nothing else, and a broken annotation is none", () => {
    const resources = [
      resource("ringfence:infra:Cluster", "a", { custom: false, outputs: { relaxations: "all of them" } }),
      resource("aws:ec2/vpc:Vpc", "b", { outputs: { relaxations: [loosened] } }),
      deployment("c", { inputs: { metadata: { annotations: { "ringfence.dev/relaxations": "[{" } } } }),
    ];
    expect(report(plan(resources), judgement([])).relaxations).toEqual([]);
  });
});
