import type { CheckTextOptions } from "../../report/check.js";
import { columnsOf } from "../../report/columns.js";
import { renderCheckText } from "../../report/check.js";
import type { Report } from "../../report/model.js";
import { APP, contextOf, db, FILES, fullReport, JUDGEMENT, limits, privileged, VERSION, vote } from "./fixture.js";
import { deployment, finding, GATE, judgement, plan } from "./support.js";

const lineOf = (file: string, line: number): string | undefined =>
  file === "deploy/app 1.yaml" ? APP.split("\n")[line - 1] : undefined;

function text(report: Report, options: Partial<CheckTextOptions> = {}): string {
  const context = contextOf(report, options.gate === undefined ? {} : { gate: options.gate });
  return renderCheckText(report, {
    ...context,
    width: 100,
    colour: false,
    verbose: false,
    quiet: false,
    lineOf,
    ...options,
  });
}

const QUIET = { ...FILES, problems: [], skipped: [] };

describe("the text of ringfence check", () => {
  const found = text(fullReport({ all: false }));
  const sections = found.split(/\n\n(?=\S)/);

  it("groups findings by resource, the worst first: what counts in full, the rest in a line each", () => {
    expect(sections[1]).toBe(
      [
        "Deployment vote/db · deploy/app 1.yaml",
        "  critical no-privileged · container",
        "    the container db runs privileged",
        "    --> deploy/app 1.yaml:11:25 spec.template.spec.containers[0].securityContext.privileged",
        "    11 |             privileged: true",
        "       |                         ^^^^",
        "    implies  no-escalation",
        "    change   set spec.template.spec.containers[0].securityContext.privileged to false",
        "",
        "  high no-password · code",
        "    the variable POSTGRES_PASSWORD of the container db holds a credential in plain text",
        "    --> deploy/app 1.yaml:13:49 spec.template.spec.containers[0].env[0].value",
        "        value: [secret]",
        "    remedy   fix: no-password",
        "",
        "  medium   7:7    cpu-limit  the container db has no CPU limit",
        "  info     13:15  env-duplicate  POSTGRES_PASSWORD=[secret] is given twice",
      ].join("\n"),
    );
    expect(sections[2]).toMatch(/^Bucket logs .*\n {2}low {6}tags {2}odd-bucket {2}the bucket says .*…$/);
    expect(sections[3]).toBe("Namespace vote\n  high     undecided spec.podSelector  default-deny  nobody knows yet");
  });

  it("marks the nearest ancestor of what is not set, and says so", () => {
    expect(text(fullReport(), { gate: { ...GATE, failOn: "medium" } })).toContain(
      ["    7 |       containers:", "      |       ^^^^^^^^^^ not set", "    change   set spec"].join("\n"),
    );
  });

  it("lists what is exempted with reason, owner and last day, and all that went wrong", () => {
    const section = (title: string): string => sections.find((one) => one.startsWith(title)) ?? "";
    expect(section("Exempted: 1 finding")).toMatch(
      /^.*\n {2}high {6}image-pinned\n {4}Deployment vote\/db: spec\.template\.spec\.containers\[0\]\.image\n {4}moves to a managed database .*\(team-data, until 2027-03-31; ringfence\.exemptions\.yaml:3\)$/s,
    );
    expect(section("Exemptions that need attention")).toContain("  its last day was 2026-01-01");
    expect(section("Problems with the inputs")).toContain("  deploy/bad.yaml:3:1: 'x' is given twice");
    expect(section("Problems with the inputs")).toContain("\n  gone.yaml: there is no such file");
    expect(section("Not read")).toBe(
      "Not read\n  chart: a Helm chart: run `helm template chart | ringfence check -`\n  1 file without Kubernetes objects; --verbose lists them",
    );
  });

  it("ends with a table by ring and severity, and the outcome", () => {
    expect(sections.slice(-2)).toEqual([
      [
        "Findings by ring",
        "             critical   high  medium    low   info  undecided  exempted",
        "  cloud             0      0       0      1      0          0         0",
        "  cluster           0      0       0      0      0          1         0",
        "  container         1      0       1      0      1          0         0",
        "  code              0      1       0      0      0          0         1",
        "  all               1      1       1      1      1          1         1",
      ].join("\n"),
      "2 problems with the inputs: not everything was judged. 2 findings of severity high or above, 3\nbelow. 1 exemption needs attention. Exit code 2.\n",
    ]);
  });

  it("prints the remedy of a rule once", () => {
    const web = deployment("web", { inputs: { metadata: { name: "web", namespace: "vote" } } });
    const twice = judgement([finding(privileged, db), finding(privileged, web)]);
    const shown = text(fullReport({ plan: plan([db, web]), judgement: twice, from: QUIET }));
    expect(shown.match(/^ {2}critical no-privileged/gm)).toHaveLength(2);
    expect(shown.match(/fix: no-privileged/g)).toHaveLength(1);
  });

  it("prints everything in full, with frameworks, when verbose", () => {
    const all = text(fullReport(), { verbose: true });
    for (const line of [
      "    implies  no-escalation (spec.template.spec.containers[0].securityContext)",
      "    see      pss baseline/privileged",
      "  medium cpu-limit · container",
      "  high default-deny · cluster · undecided",
      "  No Kubernetes objects: ci.yml",
      "What this rests on",
    ])
      expect(all).toContain(line);
  });

  it("is the failed findings alone when quiet, and nothing without any", () => {
    const quiet = text(fullReport(), { quiet: true });
    expect(quiet.split("\n")[0]).toBe("Deployment vote/db · deploy/app 1.yaml");
    expect(quiet).not.toMatch(/undecided|Exempted|Findings by ring|Exit code/);
    const undecided = judgement([finding(limits, vote, { verdict: "unknown", value: undefined })]);
    expect(text(fullReport({ judgement: undecided }), { quiet: true })).toBe("");
  });

  it("is four lines when nothing was found", () => {
    const clean = fullReport({
      plan: plan([vote]),
      judgement: judgement([], { rules: [] }),
      all: false,
      from: { ...QUIET, inputs: FILES.inputs.slice(0, 1) },
    });
    expect(text(clean)).toBe(
      [
        `ringfence ${VERSION} · Kubernetes 1.36 · 1 resource of deploy/app 1.yaml, 0 rules`,
        "",
        "Not evaluated",
        "  1 resource of 1 type that no rule asked reads: Namespace 1",
        "",
        "No finding of severity high or above. Exit code 0.",
        "",
      ].join("\n"),
    );
  });

  it("hides what the baseline has, and says how many", () => {
    const [first] = fullReport().findings;
    const against = text(fullReport({ baseline: new Set([first?.fingerprint ?? ""]), from: QUIET }));
    expect(against).not.toContain("critical no-privileged");
    expect(against).toContain("1 new finding of severity high or above, 3 below, 1 in the baseline.");
    expect(against).toContain(
      [
        "             critical   high  medium    low   info  undecided  exempted  in baseline",
        "  cloud             0      0       0      1      0          0         0            0",
        "  cluster           0      0       0      0      0          1         0            0",
        "  container         0      0       1      0      1          0         0            1",
        "  code              0      1       0      0      0          0         1            0",
        "  all               0      1       1      1      1          1         1            1",
      ].join("\n"),
    );
  });

  it("keeps to the width, whatever the text", () => {
    for (const verbose of [false, true])
      for (const line of text(fullReport(), { width: 80, verbose }).split("\n"))
        expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });

  it("prints 200 resources and a line a rule for the others, all when verbose", () => {
    const many = Array.from({ length: 250 }, (_, i) =>
      deployment(`d${i}`, { inputs: { metadata: { name: `d${i}`, namespace: "n" } } }),
    );
    const judged = judgement(many.map((at) => finding(privileged, at)));
    const report = fullReport({ plan: plan(many), judgement: { ...JUDGEMENT, ...judged }, from: QUIET });
    const shown = text(report);
    expect(shown.match(/^Deployment n\/d\d+$/gm)).toHaveLength(200);
    expect(shown).toContain(
      "50 resources more with findings; --verbose prints all, as every other format does\n  critical no-privileged 50 places",
    );
    expect(text(report, { verbose: true }).match(/^Deployment n\/d\d+$/gm)).toHaveLength(250);
  });

  it("is coloured by severity when asked, and by no escape otherwise", () => {
    expect(found).not.toContain("\u001b");
    expect(text(fullReport(), { colour: true })).toContain("\u001b[31mcritical\u001b[39m");
  });
});
