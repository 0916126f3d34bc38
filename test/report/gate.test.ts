import type { Severity } from "../../policies/index.js";
import type { Gate } from "../../report/gate.js";
import { passGate } from "../../report/gate.js";
import { EXEMPTION, FILES, fullReport } from "./fixture.js";
import { deployment, finding, judgement, plan, report, rule } from "./support.js";

const db = deployment("db");
const QUIET = { ...FILES, problems: [] };

function exitCode(verdict: "fail" | "unknown", severity: Severity, gate: Gate): number {
  const judged = judgement([finding(rule("r", { severity }), db, { verdict, value: undefined })]);
  return passGate(report(plan([db]), judged), gate).exitCode;
}

describe("the gate", () => {
  it.each([
    ["critical", "high", 1],
    ["high", "high", 1],
    ["medium", "high", 0],
    ["low", "low", 1],
    ["info", "low", 0],
    ["info", "info", 1],
    ["critical", "never", 0],
  ] as const)("a failed %s finding under --fail-on %s ends with exit code %i", (severity, failOn, code) => {
    expect(exitCode("fail", severity, { failOn, onUnknown: "warn" })).toBe(code);
  });

  it.each([
    ["high", "fail", "high", 1],
    ["medium", "fail", "high", 0],
    ["critical", "warn", "high", 0],
    ["critical", "ignore", "high", 0],
    ["critical", "fail", "never", 0],
  ] as const)(
    "an undecided %s finding under --on-unknown %s, --fail-on %s ends with exit code %i",
    (severity, onUnknown, failOn, code) => {
      expect(exitCode("unknown", severity, { failOn, onUnknown })).toBe(code);
    },
  );

  it("ends with exit code 3 when a rule broke, whatever else was found", () => {
    const broken = { defects: [{ rule: rule("x"), resource: undefined, message: "rule 'x' broke" }] };
    const judged = judgement([finding(rule("r"), db)], broken);
    expect(passGate(report(plan([db]), judged), { failOn: "high", onUnknown: "warn" })).toEqual({
      failed: 1,
      undecided: 0,
      exemptions: 0,
      exitCode: 3,
    });
  });

  it("ends with exit code 2 when an input could not be read, and 1 when an exemption needs attention", () => {
    const clean = report(plan([db]), judgement([]));
    const gate: Gate = { failOn: "high", onUnknown: "warn" };
    const problems = [{ file: "app.yaml", message: "there is no such file" }];
    const exemptionProblems = [{ kind: "unused" as const, said: "code", message: "excuses nothing" }];
    expect(passGate({ ...clean, problems }, gate).exitCode).toBe(2);
    expect(passGate({ ...clean, exemptionProblems }, gate)).toMatchObject({ exemptions: 1, exitCode: 1 });
    expect(passGate({ ...clean, exemptionProblems }, { ...gate, failOn: "never" })).toMatchObject({
      exemptions: 1,
      exitCode: 1,
    });
    expect(passGate({ ...clean, exemptionProblems, problems }, gate).exitCode).toBe(2);
  });

  it("does not count what is exempted, nor what the baseline has", () => {
    const gate: Gate = { failOn: "info", onUnknown: "fail" };
    const found = finding(rule("r", { severity: "critical" }), db);
    expect(
      passGate(
        fullReport({ judgement: judgement([], { exempted: [{ finding: found, exemption: EXEMPTION }] }), from: QUIET }),
        gate,
      ).exitCode,
    ).toBe(0);
    const fresh = fullReport({ judgement: judgement([found]), from: QUIET });
    const known = fullReport({
      judgement: judgement([found]),
      from: QUIET,
      baseline: new Set(fresh.findings.map((f) => f.fingerprint)),
    });
    expect(passGate(fresh, gate).exitCode).toBe(1);
    expect(passGate(known, gate)).toEqual({ failed: 0, undecided: 0, exemptions: 0, exitCode: 0 });
    expect(known.summary).toMatchObject({ fail: 1, inBaseline: 1 });
  });

  it("does not count passes", () => {
    const judged = judgement([], { passes: [{ rule: rule("r", { severity: "critical" }), resource: db }] });
    expect(passGate(report(plan([db]), judged, true), { failOn: "info", onUnknown: "fail" }).exitCode).toBe(0);
  });
});
