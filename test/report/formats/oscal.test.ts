import { renderOscal } from "../../../report/formats/oscal.js";
import { uuidOf } from "../../../report/formats/uuid.js";
import type { Report } from "../../../report/model.js";
import { contextOf, FILES, fullReport } from "../fixture.js";
import { judgement, plan, rule } from "../support.js";
import { problemsBy } from "./schemas.js";

interface Result {
  readonly "local-definitions"?: {
    readonly "inventory-items": readonly { readonly uuid: string; readonly description: string }[];
  };
  readonly "reviewed-controls": { readonly "control-selections": readonly unknown[] };
  readonly observations?: readonly {
    readonly uuid: string;
    readonly subjects: readonly { readonly "subject-uuid": string }[];
  }[];
  readonly risks?: readonly unknown[];
  readonly findings?: readonly {
    readonly target: {
      readonly "target-id": string;
      readonly status: { readonly state: string; readonly reason: string };
    };
    readonly "related-observations": readonly { readonly "observation-uuid": string }[];
    readonly "related-risks"?: readonly unknown[];
  }[];
}

function resultOf(report: Report, rest: Parameters<typeof contextOf>[1] = {}): Result {
  const document = JSON.parse(renderOscal(report, contextOf(report, rest))) as {
    readonly "assessment-results": { readonly results: readonly Result[] };
  };
  expect(problemsBy("oscal", document)).toEqual([]);
  const [result] = document["assessment-results"].results;
  expect(result).toBeDefined();
  return result as Result;
}

describe("OSCAL assessment results", () => {
  const report = fullReport();
  const result = resultOf(report);

  it("has a finding for each rule, satisfied only where it holds everywhere", () => {
    expect(
      result.findings?.map(({ target }) => `${target["target-id"]} ${target.status.state} ${target.status.reason}`),
    ).toEqual([
      "no-privileged not-satisfied fail",
      "no-password not-satisfied fail",
      "default-deny not-satisfied other",
      "cpu-limit not-satisfied fail",
      "odd-bucket not-satisfied fail",
      "env-duplicate not-satisfied fail",
      "image-pinned not-satisfied other",
      "holds satisfied pass",
    ]);
  });

  it("refers to observations and items that are there", () => {
    const observations = new Set(result.observations?.map(({ uuid }) => uuid));
    const items = new Set(result["local-definitions"]?.["inventory-items"].map(({ uuid }) => uuid));
    expect(observations.size).toBe(8);
    expect(items.size).toBe(3);
    for (const finding of result.findings ?? [])
      for (const related of finding["related-observations"])
        expect(observations).toContain(related["observation-uuid"]);
    for (const { subjects } of result.observations ?? []) expect(items).toContain(subjects[0]?.["subject-uuid"]);
  });

  it("has a risk for what somebody accepted, with its last day", () => {
    expect(result.risks).toMatchObject([
      {
        title: "image-pinned: image-pinned holds",
        status: "deviation-approved",
        deadline: "2027-03-31T23:59:59Z",
        statement: expect.stringMatching(/^moves to a managed database/) as unknown,
      },
    ]);
    expect(
      result.findings?.filter((f) => f["related-risks"] !== undefined).map(({ target }) => target["target-id"]),
    ).toEqual(["image-pinned"]);
  });

  it("names the controls that the rules bear on, those of NIST as its catalogue does", () => {
    const rules = [
      rule("a", {
        references: [
          { framework: "nist-800-53", id: "AC-6(9)", source: "test" },
          { framework: "cis-eks-1.8.0", id: "4.2.1", source: "test" },
          { framework: "pci-dss-4", id: "1.2.1", source: "test" },
        ],
      }),
    ];
    expect(resultOf(report, { rules })["reviewed-controls"]["control-selections"]).toEqual([
      {
        "include-controls": [
          { "control-id": "ac-6.9" },
          { "control-id": "cis-eks-1.8.0_4.2.1" },
          { "control-id": "pci-dss-4_1.2.1" },
        ],
      },
    ]);
  });

  it("is valid where nothing was found", () => {
    const from = { ...FILES, inputs: [], problems: [] };
    const nothing = resultOf(fullReport({ from, plan: plan([]), judgement: judgement([]), all: false }), { rules: [] });
    expect(nothing.findings).toBeUndefined();
    expect(nothing["local-definitions"]).toBeUndefined();
  });

  it("gives a name the same UUID of version 5 every time", () => {
    expect(uuidOf("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf("a")).toBe(uuidOf("a"));
    expect(uuidOf("a")).not.toBe(uuidOf("b"));
  });
});
