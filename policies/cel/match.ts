import { issue } from "../../core/issue.js";
import type { Fields } from "../config/fields.js";
import { WORKLOAD_TYPES } from "../shapes.js";

/** Which resources a rule in CEL is about. */
export type CelMatch =
  /** Kubernetes objects of these kinds, at every version: wire tokens. */
  | { readonly kind: "objects"; readonly types: readonly string[]; readonly namespaces: readonly string[] | undefined }
  /** Everything that runs pods. */
  | { readonly kind: "workloads"; readonly namespaces: readonly string[] | undefined }
  /** Resources of these wire tokens, mostly of AWS. */
  | { readonly kind: "resources"; readonly types: readonly string[] };

const KIND = /^(?:([a-z0-9]([a-z0-9.-]*[a-z0-9])?)\/)?([A-Z][A-Za-z0-9]*)$/;
const WIRE_TOKEN = /^[a-z][\w.-]*:[^:]+:\w+$/;

/** Kinds that run pods, by their name without a group: whoever forgets the group means these. */
const GROUPED: ReadonlyMap<string, string> = new Map(
  WORKLOAD_TYPES.flatMap((type) => {
    const [, group = "", kind = ""] = /^kubernetes:([^/]+)\/[^:]+:(.+)$/.exec(type) ?? [];
    return group === "core" ? [] : [[kind, `${group}/${kind}`] as const];
  }),
);

/** The variables of an expression, by what the rule is about. */
export function variablesOf(match: CelMatch): readonly string[] {
  switch (match.kind) {
    case "objects":
      return ["object", "name", "namespace"];
    case "workloads":
      return ["object", "podSpec", "name", "namespace"];
    case "resources":
      return ["inputs", "name"];
  }
}

/** Reads the field `match` of a rule. */
export function readMatch(rule: Fields): CelMatch {
  const nothing: CelMatch = { kind: "workloads", namespaces: undefined };
  const advice =
    "Write 'match: { workloads: true }', '{ kinds: [apps/Deployment] }' or '{ types: [aws:s3/bucket:Bucket] }'";
  const fields = rule.map("match", ["kinds", "workloads", "types", "namespaces"]);
  if (!rule.has("match")) rule.issues.push(issue("Required", rule.at("match"), "must be there", undefined, advice));
  if (fields === undefined) return nothing;
  const workloads = fields.flag("workloads") ?? false;
  const kinds = fields.texts("kinds", "Write group and kind: apps/Deployment, Service");
  const types = fields.texts("types", "Write wire tokens, as reports print them: aws:s3/bucket:Bucket");
  const namespaces = fields.texts("namespaces", "Name namespaces, or leave it out to mean all");
  const given = [workloads ? "workloads" : undefined, kinds && "kinds", types && "types"].filter(
    (x) => x !== undefined,
  );
  if (given.length !== 1) {
    const got = given.length === 0 ? undefined : given.join(" and ");
    fields.issues.push(issue("Conflict", fields.at(), "must say one of kinds, workloads and types", got, advice));
    return nothing;
  }
  if (types !== undefined) {
    refuseOddTypes(fields, types);
    if (namespaces !== undefined)
      fields.issues.push(
        issue("NotAllowed", fields.at("namespaces"), "must stand with Kubernetes objects", namespaces, "Take it out"),
      );
    return { kind: "resources", types };
  }
  if (kinds === undefined) return { kind: "workloads", namespaces };
  return { kind: "objects", types: kinds.map((kind, i) => tokenOf(kind, i, fields)), namespaces };
}

function refuseOddTypes(fields: Fields, types: readonly string[]): void {
  for (const [i, type] of types.entries()) {
    if (WIRE_TOKEN.test(type) && !type.startsWith("kubernetes:")) continue;
    const advice = type.startsWith("kubernetes:")
      ? "Name Kubernetes objects under 'kinds': their expressions read 'object'"
      : "Copy it from a report: aws:s3/bucket:Bucket";
    fields.issues.push(issue("Malformed", fields.at("types", i), "must be a wire token", type, advice));
  }
}

function tokenOf(text: string, index: number, fields: Fields): string {
  const [, group = "core", , kind = ""] = KIND.exec(text) ?? [];
  const grouped = GROUPED.get(text);
  if (kind === "" || grouped !== undefined)
    fields.issues.push(
      issue(
        "Malformed",
        fields.at("kinds", index),
        "must be a kind with its API group",
        text,
        grouped === undefined
          ? "Write it like 'apps/Deployment'; kinds of the core group have none"
          : `Write '${grouped}'`,
      ),
    );
  return `kubernetes:${group}/v1:${kind}`;
}
