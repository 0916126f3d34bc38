import { RINGS } from "../../core/ring.js";
import { judge, SEVERITIES } from "../../policies/index.js";
import { EXEMPTION } from "./fixture.js";
import { deployment, finding, judgement, plan, resource, rule, text } from "./support.js";

/** A line that one rule has to itself: it names the ring. */
const ONE_RULE = /^ {2}(critical|high|medium|low|info) +(cloud|cluster|container|code) /;

describe("the text of findings", () => {
  const db = deployment("db");
  const web = deployment("web");

  it("names what a finding implies, with its place when verbose", () => {
    const covered = [
      finding(rule("no-escalation"), db, { path: "spec.a" }),
      finding(rule("no-escalation"), db, { path: "spec.b" }),
      finding(rule("proc-mount"), db, { path: "spec.c" }),
    ];
    const judged = judgement([finding(rule("pod-no-privileged"), db, { covered })]);
    expect(text(plan([db]), judged)).toContain("\n    implies no-escalation, proc-mount\n");
    expect(text(plan([db]), judged, { verbose: true })).toContain(
      "\n    implies no-escalation (spec.a), no-escalation (spec.b), proc-mount (spec.c)\n",
    );
  });

  it("lists what is exempted, and exemptions that need attention", () => {
    const exempted = [{ finding: finding(rule("image-pinned"), db, { path: "image" }), exemption: EXEMPTION }];
    const exemptionProblems = [{ kind: "unused" as const, said: "code", message: "it excuses nothing" }];
    const shown = text(plan([db]), judgement([], { exempted, exemptionProblems }));
    expect(shown).toContain("\nExempted: 1 finding\n  high      image-pinned\n    Deployment vote/db: image\n");
    expect(shown).toContain("\nExemptions that need attention\n  it excuses nothing\n");
    expect(shown).toContain("No finding of severity high or above. 1 exemption needs attention. Exit code 1.");
  });

  it("prints each with what, where, value and remedy, a rule once", () => {
    const privileged = rule("pod-no-privileged", { severity: "critical", remediation: "privileged: false" });
    const path = "spec.template.spec.containers[0].securityContext.privileged";
    const judged = judgement([
      finding(privileged, db, { path, value: true, message: "container 'db' of Deployment 'vote/db' is privileged" }),
      finding(privileged, web, {
        path,
        value: true,
        message: "container 'web' of Deployment 'vote/web' is privileged",
      }),
      finding(rule("image-digest-pinned", { severity: "low", ring: "code" }), db, { path: "image", value: undefined }),
      finding(rule("namespace-default-deny", { severity: "low" }), web, { path: "", value: undefined }),
    ]);
    const lines = text(plan([db, web]), judged).split("\n");
    const from = lines.findIndex((line) => line.startsWith("Findings"));
    expect(lines.slice(from - 3)).toEqual([
      "Verdicts  0 pass · 4 fail · 0 unknown · 0 not applicable · 3 rules asked",
      "          failed: 2 critical · 2 low",
      "",
      "Findings, the most important first: 3 rules, 4 places",
      " 1. critical · container · pod-no-privileged (2 places)",
      "    what    container 'db' of Deployment 'vote/db' is privileged",
      "    where   Deployment vote/db: spec.template.spec.containers[0].securityContext.privileged = true",
      "    also    Deployment vote/web",
      "    remedy  privileged: false",
      " 2. low · code · image-digest-pinned",
      "    what    db does not do what image-digest-pinned asks for",
      "    where   Deployment vote/db: image (not set)",
      "    remedy  fix: image-digest-pinned",
      " 3. low · container · namespace-default-deny",
      "    what    web does not do what namespace-default-deny asks for",
      "    where   Deployment vote/web",
      "    remedy  fix: namespace-default-deny",
      "",
      "2 findings of severity high or above, 2 below. Exit code 1.",
      "",
    ]);
  });

  const many = judgement(
    SEVERITIES.flatMap((severity) =>
      RINGS.flatMap((ring) =>
        [1, 2].flatMap((n) => [db, web].map((at) => finding(rule(`${severity}-${ring}-${n}`, { severity, ring }), at))),
      ),
    ),
  );

  it("names every rule of 80 findings in about a screen, the first three in full, eight more with a line each", () => {
    const printed = text(plan([db, web]), many);
    const lines = printed.trimEnd().split("\n");
    for (const { rule: r } of many.findings) expect(printed).toContain(r.id);
    expect(lines.filter((line) => line.startsWith("    remedy"))).toHaveLength(3);
    expect(lines.filter((line) => ONE_RULE.test(line))).toHaveLength(8);
    expect(lines).toContain("  high      cluster    high-cluster-1        Deployment vote/db, vote/web");
    expect(lines).toContain(
      "  high      high-cluster-2 (2), high-container-1 (2), high-container-2 (2), high-code-1 (2),",
    );
    expect(lines).toContain(
      "  medium    medium-cloud-1 (2), medium-cloud-2 (2), medium-cluster-1 (2), medium-cluster-2 (2),",
    );
    expect(lines.length).toBeLessThanOrEqual(50);
  });

  it("lets those that do not count share their lines before it gives up findings in full", () => {
    const findings = [
      ...["a", "b", "c", "d"].map((id) => finding(rule(`high-${id}`), db)),
      ...Array.from({ length: 24 }, (_, i) => finding(rule(`low-${i}`, { severity: "low" }), db)),
    ];
    const lines = text(plan([db]), judgement(findings))
      .trimEnd()
      .split("\n");
    expect(lines.filter((line) => line.startsWith("    remedy")).length).toBeGreaterThanOrEqual(4);
    expect(lines.filter((line) => /^ {2}low /.test(line))).toHaveLength(1);
    expect(lines.length).toBeLessThanOrEqual(40);
  });

  it("gives eight rules a line of their own where nothing counts for the exit code", () => {
    const lines = text(plan([db, web]), many, { gate: { failOn: "never", onUnknown: "warn" } }).split("\n");
    expect(lines.filter((line) => ONE_RULE.test(line))).toHaveLength(8);
    expect(lines.at(-2)).toBe("80 failed findings; --fail-on never lets all of them pass. Exit code 0.");
  });

  it("prints every place in full when verbose", () => {
    const lines = text(plan([db, web]), many, { verbose: true }).split("\n");
    expect(lines.filter((line) => line.startsWith("    where"))).toHaveLength(80);
    expect(lines.filter((line) => line.startsWith("    see     pss baseline/privileged"))).toHaveLength(40);
  });

  it("prints the failed findings alone when quiet, all in full", () => {
    const lines = text(plan([db, web]), many, { quiet: true }).split("\n");
    expect(lines[0]).toBe("Findings, the most important first: 40 rules, 80 places");
    expect(lines.filter((line) => line.startsWith("    remedy"))).toHaveLength(40);
    expect(lines.some((line) => line.startsWith("Verdicts"))).toBe(false);
  });

  it("stays within the width it is given", () => {
    for (const width of [80, 100, 140])
      for (const line of text(plan([db, web]), many, { width }).split("\n"))
        expect(line.length).toBeLessThanOrEqual(width);
  });

  it("shows what a plan holds and obeys none of it", () => {
    const nasty = deployment("\u001b[2Jx", { inputs: { metadata: { name: "\u001b[2Jx", namespace: "vote" } } });
    const judged = judgement([finding(rule("r"), nasty, { value: "a\nb\u001b]0;title\u0007" })]);
    const printed = text(plan([nasty]), judged, { verbose: true });
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(printed).toContain("= a\\nb\\u001b]0;title\\u0007");
  });

  it("cuts a long value to a line, and prints it whole when verbose", () => {
    const value = "x".repeat(300);
    const judged = judgement([finding(rule("r"), db, { value })]);
    expect(text(plan([db]), judged)).toContain(`    value   ${"x".repeat(87)}…\n`);
    expect(text(plan([db]), judged, { verbose: true }).replace(/\n {12}/g, "")).toContain(value);
  });

  it("is coloured when asked, and holds no escape when not", () => {
    const judged = judgement([finding(rule("r"), db)]);
    expect(text(plan([db]), judged, { colour: true })).toContain("\u001b[31mhigh\u001b[39m");
    expect(text(plan([db]), judged)).not.toContain("\u001b");
  });

  it("does not speak of things being secure, nor of proofs", () => {
    const real = plan([resource("aws:eks/cluster:Cluster", "open", { inputs: { vpcConfig: {} } })]);
    const printed = text(real, judge(real), { verbose: true, all: true });
    expect(printed).not.toMatch(/\bsecure\b|theorem|proof|prove/i);
  });
});
