import { renderGithub } from "../../../report/formats/github.js";
import { contextOf, db, fullReport, JUDGEMENT, limits, privileged } from "../fixture.js";
import { finding, GATE } from "../support.js";

describe("annotations of GitHub", () => {
  const report = fullReport();
  const lines = renderGithub(report, contextOf(report)).trimEnd().split("\n");

  it("annotates what failed and what is undecided, the worst first, and says the outcome", () => {
    expect(lines.map((line) => line.slice(0, 60))).toEqual([
      "::error file=deploy/bad.yaml,line=3,col=1,title=Ringfence%3A",
      "::error file=gone.yaml,title=Ringfence%3A bad input::there i",
      "::error file=ringfence.exemptions.yaml,line=9,title=Ringfenc",
      "::error file=deploy/app 1.yaml,line=11,endLine=11,col=25,end",
      "::error file=deploy/app 1.yaml,line=13,endLine=13,col=49,end",
      "::warning file=deploy/app 1.yaml,line=7,endLine=7,col=7,endC",
      "::notice title=default-deny (high)::Namespace vote: spec.pod",
      "::notice title=odd-bucket (low)::Bucket logs 100%25 of \\u000",
      "::notice file=deploy/app 1.yaml,line=13,endLine=13,col=15,en",
      "ringfence: 2 problems with the inputs: not everything was ju",
    ]);
    expect(lines[3]).toBe(
      "::error file=deploy/app 1.yaml,line=11,endLine=11,col=25,endColumn=28,title=no-privileged (critical)::" +
        "Deployment vote/db: spec.template.spec.containers[0].securityContext.privileged: the container db runs privileged%0A" +
        "It implies: no-escalation%0A" +
        "Change: set spec.template.spec.containers[0].securityContext.privileged to false",
    );
  });

  it("escapes what the runner would read as a command, a property or an end of line", () => {
    expect(lines.filter((line) => /^::/.test(line))).toHaveLength(9);
    expect(lines[7]).toContain("100%25 of \\u0000\\u001b[31mred");
    expect(lines[7]).toContain("::error::%0Anext\\tline 漢字 \\ud800 {0}");
    const comma = { ...report, problems: [{ file: "a,b:c%.yaml", message: "m" }] };
    expect(renderGithub(comma, contextOf(report)).split("\n")[0]).toBe(
      "::error file=a%2Cb%3Ac%25.yaml,title=Ringfence%3A bad input::m",
    );
  });

  it("writes no more of a kind than GitHub shows, and counts the rest", () => {
    const findings = [
      ...Array.from({ length: 12 }, (_, i) => finding(privileged, db, { path: `a[${i}]` })),
      ...Array.from({ length: 15 }, (_, i) => finding(limits, db, { path: `b[${i}]` })),
    ];
    const long = fullReport({ judgement: { ...JUDGEMENT, findings } });
    const shown = renderGithub(long, contextOf(long)).trimEnd().split("\n");
    expect(shown.filter((line) => line.startsWith("::error "))).toHaveLength(10);
    expect(shown.filter((line) => line.startsWith("::warning "))).toHaveLength(10);
    expect(shown).toHaveLength(21);
    expect(shown.at(-1)).toMatch(/ 10 annotations more than GitHub shows\.$/);
  });

  it("leaves out what is exempted, known to the baseline, or undecided and ignored", () => {
    const fingerprints = report.findings.filter((f) => f.rule === "no-password").map((f) => f.fingerprint);
    const against = fullReport({ baseline: new Set(fingerprints) });
    const text = renderGithub(against, contextOf(against, { gate: { ...GATE, onUnknown: "ignore" } }));
    expect(text).toContain("title=no-privileged");
    for (const rule of ["image-pinned", "no-password", "default-deny", "holds"])
      expect(text).not.toContain(`title=${rule}`);
  });
});
