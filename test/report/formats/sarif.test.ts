import type { PlannedResource } from "../../../plan/model/index.js";
import { SETS } from "../../../policies/index.js";
import { renderSarif } from "../../../report/formats/sarif.js";
import { artifactLocation } from "../../../report/formats/sarif-locations.js";
import type { Report } from "../../../report/model.js";
import { contextOf, db, FILES, fullReport, JUDGEMENT, privileged } from "../fixture.js";
import { finding, GATE, judgement, plan, report as programReport, rule } from "../support.js";
import { problemsBy } from "./schemas.js";

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation?: unknown }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
  readonly fixes?: readonly unknown[];
  readonly baselineState?: string;
}

interface Run {
  readonly tool: {
    readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: unknown }[] };
  };
  readonly invocations: readonly unknown[];
  readonly results: readonly Result[];
}

function sarifOf(report: Report, rest: Parameters<typeof contextOf>[1] = {}): Run {
  const document = JSON.parse(renderSarif(report, contextOf(report, rest))) as { readonly runs: readonly Run[] };
  expect(problemsBy("sarif", document)).toEqual([]);
  const [run] = document.runs;
  expect(run).toBeDefined();
  return run as Run;
}

const resultOf = (run: Run, rule: string): Result | undefined => run.results.find(({ ruleId }) => ruleId === rule);

describe("SARIF", () => {
  const run = sarifOf(fullReport());

  it("has a kind and a level for each verdict: undecided is open, and only what fails has a level", () => {
    expect(run.results.map(({ ruleId, kind, level }) => `${ruleId} ${kind} ${level}`)).toEqual([
      "no-privileged fail error",
      "no-password fail error",
      "default-deny open none",
      "cpu-limit fail warning",
      "odd-bucket fail note",
      "env-duplicate fail note",
      "image-pinned fail error",
      "holds pass none",
    ]);
    expect(run.results.every(({ ruleId, ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id === ruleId)).toBe(true);
  });

  it("points at the value, from the folder that the command ran in", () => {
    expect(resultOf(run, "no-privileged")?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "deploy/app%201.yaml", uriBaseId: "%SRCROOT%" },
          region: { startLine: 11, startColumn: 25, endLine: 11, endColumn: 29 },
        },
        logicalLocations: [
          {
            name: "db",
            fullyQualifiedName:
              "kubernetes:apps/v1:Deployment vote/db: spec.template.spec.containers[0].securityContext.privileged",
            kind: "resource",
          },
        ],
      },
    ]);
  });

  it("names the document where a finding has no place in a file, and the program's where it was previewed", () => {
    expect(resultOf(run, "odd-bucket")?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "infra/plan.json", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
    const preview = sarifOf(
      programReport(
        plan([db]),
        judgement([finding(privileged, { ...db, source: undefined } as unknown as PlannedResource)]),
      ),
    );
    expect(preview.results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "examples/voting-app/Pulumi.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
  });

  it("offers a fix where each change replaces text, and none where a line would have to be added", () => {
    expect(resultOf(run, "no-privileged")?.fixes).toEqual([
      {
        description: { text: "set spec.template.spec.containers[0].securityContext.privileged to false" },
        artifactChanges: [
          {
            artifactLocation: { uri: "deploy/app%201.yaml", uriBaseId: "%SRCROOT%" },
            replacements: [
              {
                deletedRegion: { startLine: 11, startColumn: 25, endLine: 11, endColumn: 29 },
                insertedContent: { text: "false" },
              },
            ],
          },
        ],
      },
    ]);
    expect(resultOf(run, "cpu-limit")?.fixes).toBeUndefined();
  });

  it("suppresses what is exempted, and says of every other result that nothing suppresses it", () => {
    expect(resultOf(run, "image-pinned")?.suppressions).toEqual([
      {
        kind: "external",
        status: "accepted",
        justification: expect.stringMatching(
          /^moves to a managed database .*\(owner team-data, until 2027-03-31; ringfence\.exemptions\.yaml:3\)$/s,
        ) as unknown,
      },
    ]);
    expect(run.results.filter(({ suppressions }) => suppressions?.length === 0)).toHaveLength(7);
    const without = sarifOf(fullReport({ judgement: { ...JUDGEMENT, exempted: [] } }));
    expect(without.results.some((result) => "suppressions" in result)).toBe(false);
  });

  it("carries the fingerprint that GitHub goes by, and says what is new against a baseline", () => {
    const { fingerprint } = fullReport().findings[0] ?? {};
    expect(resultOf(run, "no-privileged")?.partialFingerprints).toEqual({
      primaryLocationLineHash: `${String(fingerprint).slice(0, 16)}:1`,
      "ringfence/v1": fingerprint,
    });
    const against = sarifOf(fullReport({ baseline: new Set([String(fingerprint)]) }));
    expect(resultOf(against, "no-privileged")?.baselineState).toBe("unchanged");
    expect(resultOf(against, "no-password")?.baselineState).toBe("new");
    expect(resultOf(run, "no-password")?.baselineState).toBeUndefined();
  });

  it("tells of the run: its exit code, and what went wrong as notifications", () => {
    expect(run.invocations).toEqual([
      {
        executionSuccessful: false,
        exitCode: 2,
        endTimeUtc: "2026-11-21T18:00:00.000Z",
        toolExecutionNotifications: [
          {
            level: "error",
            message: { text: expect.stringMatching(/^'x' is given twice/) as unknown },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "deploy/bad.yaml", uriBaseId: "%SRCROOT%" },
                  region: { startLine: 3, startColumn: 1 },
                },
              },
            ],
          },
          {
            level: "error",
            message: { text: "there is no such file" },
            locations: [{ physicalLocation: { artifactLocation: { uri: "gone.yaml", uriBaseId: "%SRCROOT%" } } }],
          },
          {
            level: "warning",
            message: { text: "Deployment 'vote/db' is defined twice: deploy/app.yaml:1 and deploy/db.yaml:1" },
          },
        ],
        toolConfigurationNotifications: [
          {
            level: "error",
            message: { text: expect.stringMatching(/^ringfence\.exemptions\.yaml:9: its last day/) as unknown },
          },
        ],
      },
    ]);
  });

  it("explains each rule that was asked, with the score that code scanning sorts by", () => {
    expect(run.tool.driver.rules[0]).toEqual({
      id: "no-privileged",
      name: "NoPrivileged",
      shortDescription: { text: "No-privileged holds." },
      fullDescription: { text: "It matters because of this." },
      help: {
        text: expect.stringContaining("How to fix it: fix: no-privileged") as unknown,
        markdown: expect.stringContaining("```\nfix: no-privileged\n```") as unknown,
      },
      defaultConfiguration: { level: "error" },
      properties: {
        tags: ["security", "container", "pss/baseline/privileged"],
        precision: "high",
        "security-severity": "9.5",
      },
    });
    expect(run.tool.driver.rules.map(({ id }) => id)).toContain("holds");
    expect(run.tool.driver.rules.find(({ id }) => id === "env-duplicate")?.properties).not.toHaveProperty(
      "security-severity",
    );
  });

  it("tags rules about failures apart from security, without a score", () => {
    const [id = ""] = SETS.find((set) => set.id === "reliability")?.rules ?? [];
    const tagged = sarifOf(fullReport(), { rules: [rule(id)] });
    expect(tagged.tool.driver.rules[0]?.properties).toEqual({
      tags: ["reliability", "container", "pss/baseline/privileged"],
      precision: "high",
    });
  });

  it("leaves undecided findings out where they are ignored", () => {
    const ignoring = sarifOf(fullReport(), { gate: { ...GATE, onUnknown: "ignore" } });
    expect(resultOf(ignoring, "default-deny")).toBeUndefined();
  });

  it("does not let a message be taken for a link of SARIF", () => {
    expect(resultOf(run, "odd-bucket")?.message.text).toContain("\\[x](y)");
  });

  it("is valid where nothing was found and nothing was read", () => {
    const from = { ...FILES, inputs: [], problems: [] };
    const nothing = fullReport({ from, plan: plan([]), judgement: judgement([]), all: false });
    expect(sarifOf(nothing).results).toEqual([]);
  });
});

describe("a file in SARIF", () => {
  it.each([
    ["./deploy//app.yaml", { uri: "deploy/app.yaml", uriBaseId: "%SRCROOT%" }],
    ["a b/ü#?.yaml", { uri: "a%20b/%C3%BC%23%3F.yaml", uriBaseId: "%SRCROOT%" }],
    ["c:d.yaml", { uri: "c%3Ad.yaml", uriBaseId: "%SRCROOT%" }],
    ["-", { uri: "stdin", uriBaseId: "%SRCROOT%" }],
    ["/srv/x.yaml", { uri: "file:///srv/x.yaml" }],
    ["C:\\srv\\x.yaml", { uri: "file:///C:/srv/x.yaml" }],
    ["half \ud800.yaml", { uri: "half%20%EF%BF%BD.yaml", uriBaseId: "%SRCROOT%" }],
  ])("%j is a URI", (file, location) => {
    expect(artifactLocation(file)).toEqual(location);
  });
});
