import type { ControlEvidence, FrameworkResult } from "../../policies/frameworks/model.js";
import { controlsOf, judge } from "../../policies/index.js";
import type { ControlsOptions } from "../../report/controls.js";
import { renderControls } from "../../report/controls.js";
import { VERSION } from "./fixture.js";
import { plan, resource } from "./support.js";

const OPTIONS: ControlsOptions = { format: "text", width: 90, colour: false, verbose: false };

function evidence(rule: string, rest: Partial<ControlEvidence> = {}): ControlEvidence {
  return { rule, title: `${rule} holds`, asked: true, passed: [], findings: [], source: "test", ...rest };
}

const at = (name: string, exempted = false): ControlEvidence["findings"][number] => ({
  verdict: "fail",
  at: `kubernetes:apps/v1:Deployment vote/${name}`,
  path: "spec",
  severity: "high",
  message: "m",
  exempted,
});

const RESULT: FrameworkResult = {
  framework: "cis-eks-1.8.0",
  title: "CIS Amazon EKS Benchmark",
  version: "1.8.0",
  tableVersion: "1",
  source: "catalogue/cis-eks-1.8.0.csv",
  asOf: "2026-11-01",
  complete: true,
  rows: [
    {
      id: "4.2.1",
      title: "no privileged containers | at all",
      state: "failed",
      because: "a rule that checks it fails",
      evidence: [
        evidence("pod-no-privileged", { findings: [at("db"), at("db"), at("web", true)], passed: ["a", "b"] }),
        evidence("pod-other", { findings: [{ ...at("db"), verdict: "unknown" }] }),
        evidence("pod-left-out", { asked: false }),
        evidence("pod-nothing"),
      ],
    },
    {
      id: "5.4.2",
      title: "5.4.2",
      state: "passed",
      because: "every rule that checks it holds",
      evidence: [evidence("eks-x", { passed: ["c"] })],
    },
    { id: "2.1.1", title: "audit logs", state: "manual", because: "a person has to look", evidence: [] },
  ],
  counts: { failed: 1, passed: 1, notProvable: 0, manual: 1, notApplicable: 0, notAsked: 0 },
};

describe("a table of controls", () => {
  it("as text tells each control with its state, and of failed ones what said so", () => {
    expect(renderControls(RESULT, OPTIONS)).toBe(
      [
        "CIS Amazon EKS Benchmark 1.8.0 (cis-eks-1.8.0, table 1 of 2026-11-01)",
        "What was checked, and by what. No claim of compliance follows from it.",
        "",
        "  failed          4.2.1  no privileged containers | at all",
        "                         a rule that checks it fails",
        "                         pod-no-privileged fails at kubernetes:apps/v1:Deployment vote/db",
        "                                           +1; holds for 2 resources",
        "                         pod-other cannot be told at kubernetes:apps/v1:Deployment vote/db",
        "                         pod-left-out was not asked",
        "  passed          5.4.2  every rule that checks it holds",
        "  manual          2.1.1  audit logs",
        "                         a person has to look",
        "",
        "3 controls: 1 failed, 1 passed, 1 manual.",
        "Ids and mapping: catalogue/cis-eks-1.8.0.csv",
        "",
      ].join("\n"),
    );
  });

  it("as verbose text tells the evidence of all, every place of it, and which is exempted", () => {
    const text = renderControls(RESULT, { ...OPTIONS, verbose: true, width: 200 });
    expect(text).toContain(
      "pod-no-privileged fails at kubernetes:apps/v1:Deployment vote/db, kubernetes:apps/v1:Deployment vote/web (exempted); holds for 2 resources",
    );
    expect(text).toContain("  eks-x holds for 1 resource");
    expect(text).toContain("  pod-nothing found nothing of the kind");
  });

  it("as Markdown is a table whose cells keep their pipes", () => {
    expect(
      renderControls(RESULT, { ...OPTIONS, format: "markdown" })
        .split("\n")
        .slice(4, 9),
    ).toEqual([
      "3 controls: 1 failed, 1 passed, 1 manual.",
      "",
      "| control | what it is about | state | because | evidence |",
      "| --- | --- | --- | --- | --- |",
      "| 4.2.1 | no privileged containers \\| at all | failed | a rule that checks it fails | `pod-no-privileged` fails at kubernetes:apps/v1:Deployment vote/db +1; holds for 2 resources<br>`pod-other` cannot be told at kubernetes:apps/v1:Deployment vote/db<br>`pod-left-out` was not asked<br>`pod-nothing` found nothing of the kind |",
    ]);
  });

  it("as JSON is the result with a mark", () => {
    expect(JSON.parse(renderControls(RESULT, { ...OPTIONS, format: "json" }))).toEqual({
      format: "ringfence.controls/1",
      ringfence: VERSION,
      ...RESULT,
    });
  });

  it("says of an incomplete table that it is one, and colours states when asked", () => {
    expect(renderControls({ ...RESULT, complete: false }, OPTIONS)).toContain("3 controls that rules help to check: ");
    expect(renderControls(RESULT, { ...OPTIONS, colour: true })).toContain("\u001b[31m  failed");
    expect(renderControls(RESULT, OPTIONS)).not.toContain("\u001b");
  });

  it("holds all 50 recommendations of the CIS benchmark", () => {
    const namespace = resource("kubernetes:core/v1:Namespace", "vote", { inputs: { metadata: { name: "vote" } } });
    const judged = judge(plan([namespace]), { sets: ["cis-eks-1.8.0"] });
    const text = renderControls(controlsOf(judged, "cis-eks-1.8.0"), OPTIONS);
    expect(text).toMatch(/^50 controls: /m);
    expect(text.match(/^ {2}(failed|passed|not provable|manual|not applicable|not asked) /gm)).toHaveLength(50);
  });
});
