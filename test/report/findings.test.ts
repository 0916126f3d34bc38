import { Secret } from "../../plan/model/index.js";
import type { Judgement } from "../../policies/index.js";
import type { ReportFinding } from "../../report/model.js";
import {
  db,
  EXEMPTION,
  FILES,
  fullReport,
  JUDGEMENT,
  PASSWORD,
  password,
  placeIn,
  privileged,
  vote,
} from "./fixture.js";
import { finding, judgement, plan, resource, rule } from "./support.js";

function findingsOf(judged: Judgement, rest: Parameters<typeof fullReport>[0] = {}): readonly ReportFinding[] {
  return fullReport({ judgement: judged, all: false, ...rest }).findings;
}

describe("the findings of a report", () => {
  const report = fullReport();
  const of = (rule: string): ReportFinding | undefined => report.findings.find((f) => f.rule === rule);

  it("say where the value stands, what they imply and what a machine can change", () => {
    const source = {
      file: "deploy/app 1.yaml",
      line: 11,
      column: 25,
      document: 0,
      endLine: 11,
      endColumn: 29,
      exact: true,
    };
    expect(of("no-privileged")).toEqual({
      rule: "no-privileged",
      title: "no-privileged holds",
      verdict: "fail",
      severity: "critical",
      ring: "container",
      resource: {
        id: "kubernetes:apps/v1:Deployment vote/db",
        type: "kubernetes:apps/v1:Deployment",
        namespace: "vote",
        name: "db",
      },
      source,
      path: "spec.template.spec.containers[0].securityContext.privileged",
      value: true,
      message: "the container db runs privileged",
      remediation: "fix: no-privileged",
      references: [{ framework: "pss", id: "baseline/privileged" }],
      fix: [{ path: "spec.template.spec.containers[0].securityContext.privileged", set: false, replaces: source }],
      covers: [
        {
          rule: "no-escalation",
          title: "no-escalation holds",
          verdict: "fail",
          severity: "medium",
          path: "spec.template.spec.containers[0].securityContext",
          value: { privileged: true },
          message: "db does not do what no-escalation asks for",
        },
      ],
      fingerprint: "8b696688baafe064a2a186051eff3bba",
      exemption: null,
    });
  });

  it("know no text to replace where nothing stands yet, nor for what goes", () => {
    expect(of("cpu-limit")?.fix).toEqual([
      { path: "spec.template.spec.containers[0].resources.limits.cpu", set: "500m" },
      { path: "spec.replicas", remove: true },
    ]);
    expect(of("cpu-limit")?.source?.exact).toBe(false);
  });

  it("know no text to replace where a value goes over several lines", () => {
    const path = "spec.template.spec.containers[0].securityContext.privileged";
    const judged = judgement([finding(privileged, db, { path, fix: [{ kind: "set", path, value: false }] })]);
    const place = placeIn("true");
    const fixOf = (endLine: number): unknown =>
      findingsOf(judged, { from: { ...FILES, locate: () => ({ ...place, endLine }) } })[0]?.fix[0];
    expect(fixOf(place.line)).toHaveProperty("replaces");
    expect(fixOf(place.line + 1)).toEqual({ path, set: false });
  });

  it("are listed with their exemption behind the open ones, in a verdict of their own", () => {
    expect(report.findings.map((f) => f.verdict)).toEqual([
      "fail",
      "fail",
      "unknown",
      "fail",
      "fail",
      "fail",
      "exempted",
      "pass",
    ]);
    expect(of("image-pinned")?.exemption).toEqual({
      reason: EXEMPTION.reason,
      owner: "team-data",
      until: "2027-03-31",
      said: "ringfence.exemptions.yaml:3",
      excuses: "fail",
    });
    expect(report.summary).toMatchObject({ fail: 5, unknown: 1, exempted: 1, covered: 1 });
    expect(report.summary.bySeverity).toEqual({ critical: 1, high: 1, medium: 1, low: 1, info: 1 });
  });

  it("name the resource of what they imply when it is another", () => {
    const [head] = findingsOf(judgement([finding(privileged, vote, { covered: [finding(rule("pod"), db)] })]));
    expect(head?.covers[0]?.resource?.id).toBe("kubernetes:apps/v1:Deployment vote/db");
  });

  it("carry the severity of the finding, not of its rule", () => {
    const [low] = findingsOf(judgement([finding(privileged, db, { severity: "low" })]));
    expect(low?.severity).toBe("low");
  });

  it("show no secret that another finding of the object knows, in values, changes, messages and what they imply", () => {
    const other = rule("other");
    const judged = judgement([
      finding(password, db, { value: new Secret(PASSWORD) }),
      finding(other, db, {
        value: { args: ["--user", PASSWORD], url: `db://app:${PASSWORD}@db` },
        message: `it runs with ${PASSWORD}`,
        fix: [{ kind: "set", path: "spec.args", value: [PASSWORD] }],
        covered: [finding(other, db, { value: PASSWORD, message: `and ${PASSWORD}` })],
      }),
    ]);
    const [, shown] = findingsOf(judged);
    expect(shown).toMatchObject({
      value: { args: ["--user", "[secret]"], url: "db://app:[secret]@db" },
      message: "it runs with [secret]",
      fix: [{ set: ["[secret]"] }],
      covers: [{ value: "[secret]", message: "and [secret]" }],
    });
  });

  it("show no secret that a finding knows which another implies, and name no text to replace where one stands", () => {
    const path = "spec.template.spec.containers[0].image";
    const covered = [finding(password, db, { value: new Secret(PASSWORD) })];
    const secretImage = {
      ...db,
      inputs: { spec: { template: { spec: { containers: [{ image: new Secret("registry/db") }] } } } },
    };
    const judged = judgement([
      finding(rule("other"), db, { message: `it runs with ${PASSWORD}`, covered }),
      finding(rule("image"), secretImage, { path, fix: [{ kind: "set", path, value: "db" }] }),
      finding(rule("image"), db, { path, fix: [{ kind: "set", path, value: "db" }] }),
    ]);
    const [head, hidden, plain] = findingsOf(judged);
    expect(head?.message).toBe("it runs with [secret]");
    expect(hidden?.fix).toEqual([{ path, set: "db" }]);
    expect(plain?.fix[0]?.replaces?.line).toBe(9);
  });

  it("take a short secret for one as a whole value alone, and touch no other object", () => {
    const twin = resource("kubernetes:core/v1:ConfigMap", "twin");
    const judged = judgement([
      finding(password, db, { value: new Secret("vote") }),
      finding(rule("other"), db, { value: ["vote", "a vote"], message: "in vote" }),
      finding(rule("other"), twin, { value: "vote" }),
    ]);
    const [, own, others] = findingsOf(judged, { plan: plan([db, twin]) });
    expect([own?.value, own?.message, others?.value]).toEqual([["[secret]", "a vote"], "in vote", "vote"]);
  });

  it("are told from those that the baseline has, where there is one", () => {
    expect(report.findings.some((f) => "inBaseline" in f)).toBe(false);
    const known = new Set([of("no-password")?.fingerprint ?? "", "0".repeat(32)]);
    const against = fullReport({ baseline: known });
    expect(against.findings.filter((f) => f.inBaseline === true).map((f) => f.rule)).toEqual(["no-password"]);
    expect(against.findings.find((f) => f.verdict === "exempted")).not.toHaveProperty("inBaseline");
    expect(against.summary.inBaseline).toBe(1);
    expect(against.summary.fail).toBe(5);
  });

  it("come with what was read, what was not, and what was wrong", () => {
    expect(report.inputs).toEqual(FILES.inputs);
    expect(report.problems).toEqual(FILES.problems);
    expect(report.skipped).toEqual(FILES.skipped);
    expect(report.exemptionProblems).toEqual(JUDGEMENT.exemptionProblems);
    expect(report.assumptions[0]).toMatch(/^Only what the files hold is judged\./);
    expect(report).not.toHaveProperty("environment");
  });
});
