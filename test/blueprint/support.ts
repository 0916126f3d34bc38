import { Principal, SecureCluster } from "../../index.js";
import type { SecureClusterArgs } from "../../index.js";
import { planOf, toPlainJson } from "../../plan/index.js";
import type { Plan, PlannedResource } from "../../plan/index.js";

// A cluster is planned in a second or so, and in several when both cores are busy.
jest.setTimeout(60_000);

export const ADMIN = Principal.role("arn:aws:iam::111122223333:role/platform");
export const DIGEST = `sha256:${"a1b2c3d4".repeat(8)}`;

/** The plan of a program in Ireland. */
export function planIn(program: () => unknown): Promise<Plan> {
  return planOf(program, { config: { "aws:region": "eu-west-1" } });
}

/** The plan of a cluster called `prod`, and of what a program does with it. */
export function clusterPlan(
  use: (cluster: SecureCluster) => unknown = () => undefined,
  args: Partial<SecureClusterArgs> = {},
): Promise<Plan> {
  return planIn(() => use(new SecureCluster("prod", { admins: [ADMIN], today: new Date("2026-11-21"), ...args })));
}

/** The only resource of a type, or the one with this name. */
export function resource(plan: Plan, type: string, name?: string): PlannedResource {
  const found = plan.resources.filter((r) => r.type === type && (name === undefined || r.name === name));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources are ${type} ${name ?? ""}`);
  return only;
}

/** Resources of a type, in order of registration. */
export function all(plan: Plan, type: string): readonly PlannedResource[] {
  return plan.resources.filter((r) => r.type === type);
}

/** Inputs as plain JSON: references read as `<arn of key prod-keys-logs>`, documents as what they contain. */
export function inputs(plan: Plan, type: string, name?: string): Record<string, unknown> {
  return plainInputs(resource(plan, type, name));
}

/** Inputs of one resource as plain JSON. */
export function plainInputs({ inputs: given }: PlannedResource): Record<string, unknown> {
  return toPlainJson(given) as Record<string, unknown>;
}

/** What the components of a plan say was relaxed, by type and name: choices with their reasons. */
export function relaxationsIn(plan: Plan): Record<string, unknown> {
  return Object.fromEntries(
    plan.resources.flatMap(({ name, type, outputs }) =>
      outputs["relaxations"] === undefined ? [] : [[`${type} ${name}`, outputs["relaxations"]]],
    ),
  );
}

/** Names of the Kubernetes objects in a plan, in order of registration. */
export function objectNames(plan: Plan): string[] {
  return plan.resources.filter(({ type }) => type.startsWith("kubernetes:")).map(({ name }) => name);
}

/** Names of the resources that one waits for, sorted. */
export function waitsFor(plan: Plan, name: string): string[] {
  const found = plan.resources.filter((r) => r.name === name && r.custom);
  return found.flatMap(({ dependencies }) => dependencies.map((urn) => urn.split("::").at(-1) ?? "")).sort();
}

/** What a call throws, as its lines; fails when it does not throw. */
export function refusal(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    return (error as Error).message.split("\n");
  }
  throw new Error("nothing was refused");
}
