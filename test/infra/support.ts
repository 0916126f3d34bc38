import { planOf, toPlainJson } from "../../plan/index.js";
import type { Plan, PlannedResource } from "../../plan/index.js";

// A plan is made in a second or so, and in several when both cores are busy.
jest.setTimeout(60_000);

/** ARNs that stand for what somebody already has. */
export const SECRETS_KEY = "arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111";
export const LOGS_KEY = "arn:aws:kms:eu-west-1:111122223333:key/22222222-2222-2222-2222-222222222222";
export const VOLUMES_KEY = "arn:aws:kms:eu-west-1:111122223333:key/33333333-3333-3333-3333-333333333333";
export const REGISTRY_KEY = "arn:aws:kms:eu-west-1:111122223333:key/44444444-4444-4444-4444-444444444444";
export const CLUSTER_ARN = "arn:aws:eks:eu-west-1:111122223333:cluster/prod";

/** The plan of a program in Ireland. */
export function planIn(program: () => unknown, region = "eu-west-1"): Promise<Plan> {
  return planOf(program, { config: { "aws:region": region } });
}

/** The only resource of a type, or the one with this name. */
export function resource(plan: Plan, type: string, name?: string): PlannedResource {
  const found = plan.resources.filter((r) => r.type === type && (name === undefined || r.name === name));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources are ${type} ${name ?? ""}`);
  return only;
}

/** Inputs as plain JSON: references read as `<arn of key prod-keys-logs>`, documents as what they contain. */
export function inputs(plan: Plan, type: string, name?: string): Record<string, unknown> {
  return toPlainJson(resource(plan, type, name).inputs) as Record<string, unknown>;
}

/** Names of the resources of a type, sorted. */
export function namesOf(plan: Plan, type: string): string[] {
  return plan.resources
    .filter((r) => r.type === type)
    .map((r) => r.name)
    .sort();
}

/** A statement of a policy, as it stands in its document. */
export interface PlannedStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a policy document, whether it holds references or not. */
export function statements(document: unknown): PlannedStatement[] {
  const read: unknown = typeof document === "string" ? JSON.parse(document) : document;
  return (read as { readonly Statement: PlannedStatement[] }).Statement;
}

/** Names of the resources that one waits for. */
export function waitsFor(plan: Plan, type: string, name?: string): string[] {
  return resource(plan, type, name).dependencies.map((urn) => urn.split("::").at(-1) ?? "");
}
