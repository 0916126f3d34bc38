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
  "argocd-no-default-project",
  "backup-vault-cmk",
  "certificate-constrained",
  "cloudwatch-alarm-actions",
  "configmap-secret-ref-exists",
  "container-high-uid",
  "container-liveness-probe",
  "container-memory-request-equals-limit",
  "container-no-git-sync",
  "container-no-interactive",
  "container-no-privileged-ports",
  "container-no-sudo-entrypoint",
  "container-readiness-probe",
  "ebs-volume-cmk",
  "ec2-launch-template-ebs-cmk",
  "eks-deletion-protection",
  "eks-not-in-default-vpc",
  "eks-subnets-multi-az",
  "endpointslice-no-loopback",
  "env-no-duplicate",
  "flux-sources-verified",
  "hpa-valid",
  "iam-no-aws-managed-policy",
  "iam-no-inline-policy",
  "iam-no-unconstrained-write",
  "iam-no-wildcard-resource",
  "iam-role-no-policy-management-conflict",
  "image-blocked-registry",
  "image-pull-policy-always",
  "image-pull-secret-present",
  "ingress-backend-exists",
  "ingress-no-default-backend",
  "job-cronjob-hygiene",
  "kms-description",
  "kms-key-enabled",
  "kms-no-bypass-lockout",
  "kms-policy-defined",
  "nacl-not-all-ports",
  "netpol-peer-selects-something",
  "netpol-selects-something",
  "no-naked-pods",
  "pdb-allows-disruption",
  "pdb-exists",
  "pod-deprecated-sa-field",
  "pod-no-control-plane-scheduling",
  "pod-no-flexvolume",
  "pod-no-host-aliases",
  "pod-no-subpath-cve",
  "pod-sa-exists",
  "pod-sa-not-shared",
  "pod-spread",
  "priority-class-set",
  "private-cluster-endpoint-closure",
  "probe-exec-no-tools",
  "probes-distinct",
  "pvc-rwo",
  "pvc-storageclass-set",
  "required-labels-annotations",
  "resource-tagging-required",
  "rolling-update",
  "s3-policy-no-lockout",
  "sandbox-egress-policy",
  "selector-matches-template",
  "service-no-localhost-externalname",
  "service-targets-workload",
  "service-unique-selector",
  "sg-attached",
  "sg-description-present",
  "sg-no-mixed-rule-management",
  "sqs-encrypted",
  "sqs-policy-not-public",
  "sqs-tls-only",
  "ssm-session-logging-encrypted",
  "statefulset-headless-service",
  "storageclass-encrypted",
  "vpc-endpoint-policy-restrictive",
  "vpc-endpoint-service-manual-accept",
  "vpc-no-default-vpc",
  "workload-min-replicas",
  "workload-mounts-sensitive",
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
const OPT_IN: Readonly<Record<string, string>> = {
  "secretsmanager-rotation":
    "a rotation needs a function that knows the store; the voting app has none yet, and its databases read a password once",
  "image-signature-policy": "it needs an admission controller of the reader's choice, which few plans hold",
  "rbac-no-network-write": "the personas of this package trip it until they are reshaped",
  "rbac-no-pod-create": "the personas of this package trip it until they are reshaped",
  "workload-internet-exposed": "an inventory: most applications are meant to be reached",
};

test("every rule is in the default set or, of low and info severity, in an opt-in one; every set names rules once", () => {
  const members = (id: string): readonly string[] => SETS.find((set) => set.id === id)?.rules ?? [];
  expect([...members("default"), ...members("hygiene"), ...members("reliability")].sort()).toEqual([...ids].sort());
  const severe = rules.filter((rule) => !["low", "info"].includes(rule.severity)).map((rule) => rule.id);
  expect(severe.filter((id) => !members("default").includes(id)).sort()).toEqual(Object.keys(OPT_IN).sort());
  for (const set of SETS) expect(new Set<string>(set.rules).size).toBe(set.rules.length);
});

test("a rule covers rules that there are, never itself, and not in a circle", () => {
  const covers = new Map(rules.map((rule) => [rule.id, [...(rule.covers ?? []), ...(rule.coversAtPath ?? [])]]));
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
