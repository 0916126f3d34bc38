/**
 * What `aws.iam.getPolicyDocument` returns: the JSON of an IAM policy, put together from statements and other documents.
 * The provider does this without calling AWS, so a preview can do it as well
 * (https://www.pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument/).
 */
import type { WireObject, WireValue } from "./wire.js";
import { isWireObject } from "./wire.js";

interface Statement {
  readonly Sid?: string;
  readonly [element: string]: WireValue;
}

/**
 * The document, two-space JSON. Source documents come first, then the statements, then the overriding documents, whose
 * statements replace those of the same `Sid`.
 */
export function renderPolicyDocument(args: WireObject): string {
  const own = maps(args["statements"]).map(statement);
  const merged = [...texts(args["sourcePolicyDocuments"]).flatMap(statementsOf), ...own];
  for (const override of texts(args["overridePolicyDocuments"]).flatMap(statementsOf)) {
    const at = merged.findIndex((s) => s.Sid !== undefined && s.Sid !== "" && s.Sid === override.Sid);
    if (at >= 0) merged[at] = override;
    else merged.push(override);
  }
  const id = args["policyId"];
  const version = typeof args["version"] === "string" ? args["version"] : "2012-10-17";
  return JSON.stringify(
    { Version: version, ...(typeof id === "string" ? { Id: id } : {}), Statement: merged },
    null,
    2,
  );
}

function statement(args: WireObject): Statement {
  const rendered: Record<string, WireValue> = {};
  const set = (element: string, value: WireValue): void => {
    if (value !== undefined) rendered[element] = value;
  };
  set("Sid", args["sid"]);
  set("Effect", args["effect"] ?? "Allow");
  set("Action", oneOrMany(args["actions"]));
  set("NotAction", oneOrMany(args["notActions"]));
  set("Resource", oneOrMany(args["resources"]));
  set("NotResource", oneOrMany(args["notResources"]));
  set("Principal", principals(args["principals"]));
  set("NotPrincipal", principals(args["notPrincipals"]));
  set("Condition", conditions(args["conditions"]));
  return rendered;
}

function principals(value: WireValue): WireValue {
  const list = maps(value);
  if (list.length === 0) return undefined;
  const byType: Record<string, WireValue[]> = {};
  for (const { type, identifiers } of list as { type: string; identifiers: WireValue }[]) {
    const ids = Array.isArray(identifiers) ? (identifiers as WireValue[]) : [identifiers];
    if (type === "*" && ids.includes("*")) return "*";
    byType[type] = [...(byType[type] ?? []), ...ids];
  }
  return Object.fromEntries(Object.entries(byType).map(([type, ids]) => [type, oneOrMany(ids)]));
}

function conditions(value: WireValue): WireValue {
  const list = maps(value);
  if (list.length === 0) return undefined;
  const byTest: Record<string, Record<string, WireValue>> = {};
  for (const { test, variable, values } of list as { test: string; variable: string; values: WireValue }[])
    byTest[test] = { ...byTest[test], [variable]: oneOrMany(values) };
  return byTest;
}

function statementsOf(document: string): Statement[] {
  try {
    const { Statement: statements } = JSON.parse(document) as { Statement?: WireValue };
    return (Array.isArray(statements) ? statements : [statements]).filter(isWireObject);
  } catch {
    return [];
  }
}

function oneOrMany(value: WireValue): WireValue {
  if (!Array.isArray(value)) return value;
  const list = value as readonly WireValue[];
  if (list.length === 0) return undefined;
  return list.length === 1 ? list[0] : list;
}

function maps(value: WireValue): readonly WireObject[] {
  return Array.isArray(value) ? (value as readonly WireValue[]).filter(isWireObject) : [];
}

function texts(value: WireValue): readonly string[] {
  return Array.isArray(value) ? (value as readonly WireValue[]).filter((item) => typeof item === "string") : [];
}
