import { Secret, Unknown } from "../../plan/model/index.js";
import type { ExampleResource } from "../../policies/index.js";
import { ExampleRef, RULES } from "../../policies/index.js";
import { buildRules, renderRulesJson, renderRulesText } from "../../report/rules.js";
import { rule } from "./support.js";

const TEXT = { width: 100, colour: false, story: false };

const key = (inputs: ExampleResource["inputs"], options: ExampleResource["options"] = {}): ExampleResource => ({
  type: "aws:kms/key:Key",
  name: "k",
  inputs,
  options,
});

const sample = rule("kms-sample", {
  title: "a key rotates",
  ring: "cloud",
  severity: "medium",
  rationale: "A leaked key stays useful for as long as it lives.",
  remediation: "enableKeyRotation: true",
  references: [
    { framework: "cis-aws-7", id: "3.6", source: "catalogue" },
    { framework: "pci-dss-4", id: "3.7.4", source: "catalogue" },
    { framework: "pci-dss-4", id: "3.7.5", source: "catalogue" },
  ],
  reads: ["aws:kms/key:Key"],
  examples: {
    fail: [
      {
        title: "rotation is off",
        resources: [key({ enableKeyRotation: false, policy: new Secret("hunter2") })],
        path: "enableKeyRotation",
      },
    ],
    pass: [
      {
        title: "rotation is on",
        resources: [
          key({ enableKeyRotation: true }, { protect: true }),
          { type: "aws:kms/alias:Alias", name: "a", inputs: { targetKeyId: new ExampleRef("k", "keyId") } },
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [key({ enableKeyRotation: new Unknown("boolean") })],
        path: "enableKeyRotation",
      },
    ],
  },
});

describe("the document of the rules", () => {
  it("holds every rule with its whole story", () => {
    const document = buildRules(RULES);
    expect(document.format).toBe("ringfence.rules/1");
    expect(document.rules.map((r) => r.id).sort()).toEqual(RULES.map((r) => r.id).sort());
    for (const { id, sets, rationale, remediation, examples } of document.rules)
      expect([id, sets.length > 0, rationale !== "", remediation !== "", examples.fail.length > 0]).toEqual([
        id,
        true,
        true,
        true,
        true,
      ]);
  });

  it("orders rules by ring from the outermost, then severity, then id", () => {
    const rules = [
      rule("d", { ring: "code" }),
      rule("c", { ring: "cloud", severity: "low" }),
      rule("b", { ring: "cloud", severity: "high" }),
      rule("a", { ring: "cloud", severity: "low" }),
    ];
    expect(buildRules(rules).rules.map((r) => r.id)).toEqual(["b", "a", "c", "d"]);
  });

  it("shows examples as plain JSON, without a secret", () => {
    const json = renderRulesJson(buildRules([sample]));
    expect(json).not.toContain("hunter2");
    expect(JSON.parse(json)).toMatchObject({
      rules: [
        {
          examples: {
            fail: [
              {
                title: "rotation is off",
                path: "enableKeyRotation",
                resources: [{ type: "aws:kms/key:Key", inputs: { enableKeyRotation: false, policy: "[secret]" } }],
              },
            ],
            pass: [{ resources: [{ options: { protect: true } }, { inputs: { targetKeyId: "<keyId of key k>" } }] }],
            unknown: [{ resources: [{ inputs: { enableKeyRotation: "[unknown]" } }] }],
          },
        },
      ],
    });
  });

  it("shows what an example sets of the rule's parameters, and the plan before", () => {
    const example = {
      title: "it was on",
      resources: [key({ enableKeyRotation: false })],
      previous: [key({ enableKeyRotation: true })],
      parameters: { budget: 2 },
    };
    const document = buildRules([{ ...sample, examples: { fail: [], pass: [example], unknown: [] } }]);
    expect(document.rules[0]?.examples.pass).toEqual([
      {
        title: "it was on",
        parameters: { budget: 2 },
        previous: [{ type: "aws:kms/key:Key", name: "k", inputs: { enableKeyRotation: true } }],
        resources: [{ type: "aws:kms/key:Key", name: "k", inputs: { enableKeyRotation: false } }],
      },
    ]);
    expect(renderRulesText(document, { ...TEXT, story: true })).toContain(
      [
        "Passes: it was on",
        "  with the parameters",
        "    budget: 2",
        "  before",
        "  aws:kms/key:Key k",
        "    enableKeyRotation: true",
        "  now",
        "  aws:kms/key:Key k",
        "    enableKeyRotation: false",
      ].join("\n"),
    );
  });
});

describe("the text of the rules", () => {
  it("lists each with severity, title and frameworks, and the sets", () => {
    const document = { ...buildRules([sample]), sets: [{ id: "default", title: "all of it", version: "1", rules: 1 }] };
    expect(renderRulesText(document, TEXT)).toBe(`cloud: 1 rule
  medium   kms-sample
           a key rotates
           cis-aws-7 3.6 · pci-dss-4 3.7.4, 3.7.5

Sets
  default (version 1, 1 rule): all of it

\`ringfence rules <id>\` tells the whole story of a rule.
`);
  });

  it("tells the story of each: why, how to fix it, what it reads, and examples of every verdict", () => {
    const document = buildRules([sample]);
    const [first] = document.rules;
    const inSet = { ...document, rules: first === undefined ? [] : [{ ...first, sets: ["default"] }] };
    expect(renderRulesText(inSet, { ...TEXT, story: true }))
      .toBe(`kms-sample (medium · cloud · since 0.1.0 · sets: default)
Must hold: a key rotates.

Why
  A leaked key stays useful for as long as it lives.

How to fix it
  enableKeyRotation: true

Frameworks
  cis-aws-7 3.6
  pci-dss-4 3.7.4, 3.7.5

Reads
  aws:kms/key:Key

Fails: rotation is off
  aws:kms/key:Key k
    enableKeyRotation: false
    policy: '[secret]'
  at enableKeyRotation

Passes: rotation is on
  aws:kms/key:Key k
    inputs:
      enableKeyRotation: true
    options:
      protect: true
  aws:kms/alias:Alias a
    targetKeyId: <keyId of key k>

Undecided: an output decides
  aws:kms/key:Key k
    enableKeyRotation: '[unknown]'
  at enableKeyRotation
`);
  });

  it("tells the story of every rule there is within the width", () => {
    const text = renderRulesText(buildRules(RULES), { ...TEXT, story: true });
    const flat = text.replace(/\s+/g, " ");
    for (const { title } of RULES) expect(flat).toContain(title);
    expect(text).not.toMatch(/\u001b|undefined|\[object/);
  });
});
