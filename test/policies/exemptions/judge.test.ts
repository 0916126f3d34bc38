import { container, manifest, planOfExample } from "../../../policies/examples.js";
import type { ExampleResource, Exemption, JudgeOptions } from "../../../policies/index.js";
import { exempt, judge } from "../../../policies/index.js";

const TODAY = new Date("2026-11-21T12:00:00Z");
const AT = "kubernetes:apps/v1:Deployment vote/db";
const PRIVILEGED_PATH = "spec.template.spec.containers[0].securityContext.privileged";
const PRIVILEGED = container("db", { securityContext: { privileged: true } });

function judged(resources: readonly ExampleResource[], options: JudgeOptions) {
  return judge(planOfExample({ title: "a case", resources }), { today: TODAY, ...options });
}

function privileged(rest: Partial<Exemption> = {}): Exemption {
  const text = { at: AT, reason: "the driver needs it", owner: "platform", until: "2027-03-31" };
  return { ...exempt("pod-no-privileged", text), ...rest };
}

/** A Deployment that exempts itself, privileged. */
function annotated(annotations: Readonly<Record<string, string>>): ExampleResource {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "db", namespace: "vote", annotations },
    spec: { template: { spec: { containers: [{ name: "db", securityContext: { privileged: true } }] } } },
  });
}

const said = (options: JudgeOptions, resource = PRIVILEGED) => {
  const { findings, exempted, exemptionProblems } = judged([resource], { rules: ["pod-no-privileged"], ...options });
  return {
    findings: findings.map((f) => f.rule.id),
    exempted: exempted.map((e) => `${e.finding.rule.id} by ${e.exemption.said}`),
    problems: exemptionProblems.map((p) => `${p.kind}: ${p.message}`),
  };
};

describe("an exemption in code", () => {
  test("takes the finding out, and keeps it among the exempted", () => {
    expect(said({ exemptions: [privileged()] })).toEqual({
      findings: [],
      exempted: ["pod-no-privileged by code"],
      problems: [],
    });
  });

  test("holds for one path when it names one", () => {
    expect(said({ exemptions: [privileged({ path: PRIVILEGED_PATH })] }).findings).toEqual([]);
    expect(said({ exemptions: [privileged({ path: "spec" })] })).toEqual({
      findings: ["pod-no-privileged"],
      exempted: [],
      problems: [
        `unused: code: exemption of 'pod-no-privileged' at '${AT}, spec' (platform): it excuses nothing. Take it out, or correct rule, place and path`,
      ],
    });
  });

  test("matches exactly: no prefix, no other letter case", () => {
    for (const at of ["kubernetes:apps/v1:Deployment vote", AT.toUpperCase(), `${AT}2`])
      expect([at, said({ exemptions: [privileged({ at })] }).findings]).toEqual([at, ["pod-no-privileged"]]);
  });

  test("holds on its last day and no longer, and then is a problem", () => {
    expect(said({ exemptions: [privileged({ until: "2026-11-21" })] }).findings).toEqual([]);
    expect(said({ exemptions: [privileged({ until: "2026-11-20" })] })).toEqual({
      findings: ["pod-no-privileged"],
      exempted: [],
      problems: [
        `expired: code: exemption of 'pod-no-privileged' at '${AT}' (platform): its last day was 2026-11-20. Mend the cause, or decide anew`,
      ],
    });
  });

  test("of a rule that was not asked is neither used nor a problem", () => {
    expect(said({ rules: ["pod-no-host-pid"], exemptions: [privileged()] }).problems).toEqual([]);
  });

  test("of a rule that there is not names the nearest ones", () => {
    const { problems } = said({ exemptions: [privileged({ rule: "pod-no-privilegd" })] });
    expect(problems).toEqual(
      [
        `malformed: code: exemption of 'pod-no-privilegd' at '${AT}' (platform): there is no such rule. Did you mean 'pod-no-privileged'`,
      ].map((line) => expect.stringContaining(line) as string),
    );
  });

  test("is refused without reason, owner or a real day, all at once", () => {
    const text = { at: AT, reason: "why not", owner: " ", until: "2027-02-30" };
    expect(() => exempt("pod-no-privileged", text)).toThrow(
      [
        "exemption of 'pod-no-privileged':",
        "  'reason' must say why, in at least ten characters, got 'why not'. Write what a reviewer needs to know",
        "  'owner' must name who answers for it, got ' '. Write a person or a team: 'platform@example.com'",
        "  'until' must be the last day on which it holds, got '2027-02-30'. Write it like '2027-03-31'",
      ].join("\n"),
    );
  });
});

describe("what a finding implies", () => {
  const both = { rules: ["pod-no-privileged", "container-no-privilege-escalation"] };

  test("goes with the finding that an exemption excuses", () => {
    const { findings, exempted, exemptionProblems } = judged([PRIVILEGED], { ...both, exemptions: [privileged()] });
    expect(findings).toEqual([]);
    expect(exempted.map((e) => e.finding.rule.id)).toEqual(["pod-no-privileged"]);
    expect(exemptionProblems).toEqual([]);
  });

  test("can be exempted alone, and then is no longer listed under it", () => {
    const exemption = privileged({ rule: "container-no-privilege-escalation" });
    const { findings, exempted } = judged([PRIVILEGED], { ...both, exemptions: [exemption] });
    expect(findings.map((f) => [f.rule.id, f.covered.length])).toEqual([["pod-no-privileged", 0]]);
    expect(exempted.map((e) => e.finding.rule.id)).toEqual(["container-no-privilege-escalation"]);
  });
});

describe("the annotation ringfence.dev/exempt", () => {
  const entry = "{ rule: pod-no-privileged, reason: the driver needs it, owner: platform, until: 2027-03-31 }";

  test("exempts the object that carries it, as YAML or JSON", () => {
    const json = JSON.stringify([
      { rule: "pod-no-privileged", reason: "the driver needs it", owner: "platform", until: "2027-03-31" },
    ]);
    for (const text of [`[${entry}]`, `- ${entry}`, json])
      expect(said({}, annotated({ "ringfence.dev/exempt": text }))).toEqual({
        findings: [],
        exempted: ["pod-no-privileged by annotation of Deployment 'vote/db'"],
        problems: [],
      });
  });

  test("excuses nothing when it lacks what it must say, and fails", () => {
    const text = "[{ rule: pod-no-privileged, reason: the driver needs it, until: soon, at: everywhere }]";
    const { findings, problems } = said({}, annotated({ "ringfence.dev/exempt": text }));
    const where = "'ringfence.dev/exempt' of Deployment 'vote/db' [0]";
    expect(findings).toEqual(["pod-no-privileged"]);
    expect(problems).toEqual([
      `malformed: '${where}.at' must be a field of an exemption. Leave it out: an annotation is about the object that carries it. It excuses nothing`,
      `malformed: '${where}.owner' must name who answers for it, got nothing. Write a person or a team: 'platform@example.com'. It excuses nothing`,
      `malformed: '${where}.until' must be the last day on which it holds, got 'soon'. Write it like '2027-03-31'. It excuses nothing`,
    ]);
  });

  test.each(["everything", "[", "{ rule: pod-no-privileged }"])("says what is wrong with '%s'", (text) => {
    const { problems } = said({}, annotated({ "ringfence.dev/exempt": text }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^malformed: 'ringfence.dev\/exempt' of Deployment 'vote\/db' must be a list/);
  });
});

describe("skip annotations of other tools", () => {
  const both = { rules: ["pod-no-privileged", "container-no-privilege-escalation"] };
  const skips = {
    "checkov.io/skip1": "CKV_K8S_16=the driver = special",
    "ignore-check.kube-linter.io/privilege-escalation-container": "as privileged",
    "checkov.io/skip2": "CKV_K8S_8=no probe",
  };

  test("are ignored and counted", () => {
    const { findings, warnings } = judged([annotated(skips)], both);
    expect(findings.map((f) => f.rule.id)).toEqual(["pod-no-privileged"]);
    expect(warnings).toEqual([
      "3 skip annotations of Checkov and kube-linter are ignored. --honour-foreign-skips honours what has a rule here",
    ]);
  });

  test("excuse, on request, what the rules' provenance maps them to, and say so", () => {
    const { findings, exempted, warnings, exemptionProblems } = judged([annotated(skips)], {
      ...both,
      honourForeignSkips: true,
    });
    expect(findings).toEqual([]);
    expect(exempted.map((e) => e.exemption)).toEqual([
      {
        rule: "pod-no-privileged",
        at: AT,
        reason: "the driver = special",
        owner: "not said",
        until: "not said",
        said: "Checkov's 'checkov.io/skip1' of Deployment 'vote/db'",
      },
    ]);
    expect(warnings).toEqual([
      "3 skip annotations of other tools honoured, without owner or last day",
      "Checkov's check 'CKV_K8S_8', skipped by 'checkov.io/skip2' of Deployment 'vote/db', has no rule among those asked here",
    ]);
    expect(exemptionProblems).toEqual([]);
  });

  test.each([
    ["kube-linter", { "kube-linter.io/ignore-all": "an operator's" }],
    ["Kubescape", { "kubescape.io/ignore": "true" }],
  ])("%s skips all of its checks at once", (tool, annotations) => {
    const { findings, exempted } = judged([annotated(annotations)], { ...both, honourForeignSkips: true });
    expect(findings).toEqual([]);
    expect(exempted.map((e) => e.exemption.said.split("'")[0])).toEqual([tool]);
  });
});
