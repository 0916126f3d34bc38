import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { ruleMarkdown, rulesIndexMarkdown } from "../../policies/docs.js";
import type { Rule } from "../../policies/index.js";
import { RULES, SETS } from "../../policies/index.js";

const ROOT = join(__dirname, "..", "..");
const RULE_FOLDER = join(ROOT, "policies", "rules");
const PAGES = join(ROOT, "docs", "rules");
const rules: readonly Rule[] = RULES;
const ids = rules.map((rule) => rule.id);

/** Rules that no framework in the catalogue maps to. */
const UNMAPPED: readonly string[] = [
  "container-high-uid",
  "container-no-interactive",
  "container-no-privileged-ports",
  "container-no-sudo-entrypoint",
  "eks-deletion-protection",
  "eks-not-in-default-vpc",
  "env-no-duplicate",
  "flux-sources-verified",
  "iam-role-no-policy-management-conflict",
  "image-blocked-registry",
  "image-pull-policy-always",
  "ingress-no-default-backend",
  "kms-no-bypass-lockout",
  "pod-deprecated-sa-field",
  "pod-no-control-plane-scheduling",
  "pod-no-flexvolume",
  "pod-no-host-aliases",
  "private-cluster-endpoint-closure",
  "probe-exec-no-tools",
  "s3-policy-no-lockout",
  "service-no-localhost-externalname",
  "sg-no-mixed-rule-management",
  "sqs-encrypted",
  "sqs-policy-not-public",
  "storageclass-encrypted",
  "vpc-endpoint-service-manual-accept",
];

/** `<ring>/<area>/<id>.ts` of every file below the folder of rules. */
function ruleFiles(): string[][] {
  return readdirSync(RULE_FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && basename(file) !== "index.ts")
    .map((file) => file.split(sep));
}

test("every rule file is in the list, once, and nothing else is", () => {
  expect([...ids].sort()).toEqual([...ruleFiles().map(([, , file = ""]) => basename(file, ".ts"))].sort());
});

test("a rule's file lies in the folder of its ring", () => {
  for (const [ring, , file = ""] of ruleFiles())
    expect([file, rules.find((rule) => rule.id === basename(file, ".ts"))?.ring]).toEqual([file, ring]);
});

test("a rule file stays short enough to read at once", () => {
  for (const parts of ruleFiles()) {
    const lines = readFileSync(join(RULE_FOLDER, ...parts), "utf8").split("\n").length;
    expect([parts.join("/"), lines <= 190]).toEqual([parts.join("/"), true]);
  }
});

/** Rules of a severity that belongs in the default set, and why they are for whoever asks for them. */
const OPT_IN: Readonly<Record<string, string>> = {};

test("every rule is in the default set or, of low and info severity, in an opt-in one; every set names rules once", () => {
  const members = (id: string): readonly string[] => SETS.find((set) => set.id === id)?.rules ?? [];
  expect([...members("default"), ...members("hygiene"), ...members("reliability")].sort()).toEqual([...ids].sort());
  const severe = rules.filter((rule) => !["low", "info"].includes(rule.severity)).map((rule) => rule.id);
  expect(severe.filter((id) => !members("default").includes(id))).toEqual(Object.keys(OPT_IN).sort());
  for (const set of SETS) expect(new Set<string>(set.rules).size).toBe(set.rules.length);
});

test("a rule covers rules that there are, never itself, and not in a circle", () => {
  const covers = new Map(rules.map((rule) => [rule.id, rule.covers ?? []]));
  const below = (id: string, path: readonly string[]): readonly string[] =>
    path.includes(id) ? [...path, id] : (covers.get(id) ?? []).flatMap((next) => below(next, [...path, id]));
  for (const [id, list] of covers) {
    expect([id, list.filter((other) => !ids.includes(other))]).toEqual([id, []]);
    expect([id, below(id, [])]).toEqual([id, []]);
  }
});

test.each(rules.map((rule) => [rule.id, rule] as const))("%s says all that a reader needs", (id, rule) => {
  expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  expect(rule.title).toMatch(/^\S.{10,90}[^.]$/);
  expect(rule.rationale).toMatch(/^\S[^\n]{40,600}\.$/);
  expect(rule.remediation.length).toBeGreaterThan(10);
  expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
  expect(rule.reads.length).toBeGreaterThan(0);
  expect(rule.references.length).toBeGreaterThanOrEqual(UNMAPPED.includes(id) ? 0 : 1);
  expect(`${rule.title} ${rule.rationale} ${rule.remediation}`).not.toMatch(/\bsecure\b|\bTODO\b|#\d/i);
  for (const reference of rule.references) expect(reference.source.length).toBeGreaterThan(5);
});

describe("the pages under docs/rules", () => {
  const pages = new Map([
    ["README.md", rulesIndexMarkdown(rules)],
    ...rules.map((rule) => [`${rule.id}.md`, ruleMarkdown(rule)] as const),
  ]);

  if (process.env["UPDATE_DOCS"] === "1") {
    mkdirSync(PAGES, { recursive: true });
    for (const [file, text] of pages) writeFileSync(join(PAGES, file), text);
  }

  test("are exactly those of the rules", () => {
    expect(readdirSync(PAGES).sort()).toEqual([...pages.keys()].sort());
  });

  test.each([...pages])("%s says what the rule says (UPDATE_DOCS=1 writes it)", (file, text) => {
    const path = join(PAGES, file);
    expect([relative(ROOT, path), existsSync(path)]).toEqual([relative(ROOT, path), true]);
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});
