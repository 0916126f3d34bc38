/** What a deployment would do with each resource, given the plan of the previous one. */
import { isDeepStrictEqual } from "node:util";
import { UserError } from "../../core/issue.js";
import { encode } from "../model/plan-file.js";
import type { Operation, Plan, PlannedResource } from "../model/resource.js";

/**
 * Properties whose change makes AWS replace what cannot be had again: the data of a cluster, all that a key has encrypted, a
 * network with everything in it. Read 2026-11-21 from the `ForceNew` marks of terraform-provider-aws, which @pulumi/aws
 * 7.48.0 bridges. Other types are compared without this knowledge: their change counts as an update.
 */
const REPLACED_BY: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": [
    "name",
    "roleArn",
    "encryptionConfig",
    "kubernetesNetworkConfig",
    "outpostConfig",
    "bootstrapSelfManagedAddons",
  ],
  "aws:kms/key:Key": ["customerMasterKeySpec", "customKeyStoreId", "keyUsage", "multiRegion", "xksKeyId"],
  "aws:ec2/vpc:Vpc": ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId"],
};

/**
 * Adds operations to a plan. Resources are matched by URN and then by alias, as the engine does; what the new plan lacks is
 * added as `delete`.
 *
 * @throws UserError when a cluster, key or VPC would be replaced or deleted and `allowed` does not name it.
 */
export function compareWithPrevious(plan: Plan, previous: Plan | undefined, allowed: readonly string[]): Plan {
  if (previous === undefined) return plan;
  const old = new Map<string, PlannedResource>(previous.resources.map((r) => [r.urn, r]));
  const matched = new Set<string>();
  const resources = plan.resources.map((resource) => {
    const before = [resource.urn, ...resource.aliases].map((urn) => old.get(urn)).find((r) => r !== undefined);
    if (before !== undefined) matched.add(before.urn);
    return { ...resource, operation: resource.operation ?? operationOf(before, resource) };
  });
  const deleted = previous.resources
    .filter((r) => !matched.has(r.urn))
    .map((r) => ({ ...r, operation: "delete" as const }));
  refuseLoss([...resources, ...deleted], allowed);
  return { ...plan, resources: [...resources, ...deleted] };
}

function operationOf(before: PlannedResource | undefined, after: PlannedResource): Operation {
  if (before === undefined) return "create";
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  const changed = [...names].filter((name) => !isIgnored(name, after) && !same(before, after, name));
  if (changed.length === 0) return "same";
  const replacing = [...(REPLACED_BY[after.type] ?? []), ...(after.options.replaceOnChanges ?? [])];
  return changed.some((name) => replacing.includes(name) || replacing.includes("*")) ? "replace" : "update";
}

function same(before: PlannedResource, after: PlannedResource, name: string): boolean {
  // Compared as saved: a previous plan comes from a file, in which the content of secrets is not.
  const [a, b] = [before.inputs[name], after.inputs[name]].map((value) =>
    value === undefined ? undefined : encode(value),
  );
  return isDeepStrictEqual(a, b);
}

function isIgnored(name: string, { options }: PlannedResource): boolean {
  return (options.ignoreChanges ?? []).some((path) => path === name || path === "*");
}

function refuseLoss(resources: readonly PlannedResource[], allowed: readonly string[]): void {
  const lost = resources.filter(
    (r) => r.type in REPLACED_BY && (r.operation === "replace" || r.operation === "delete") && !allowed.includes(r.urn),
  );
  if (lost.length === 0) return;
  const lines = lost.map((r) => `  ${r.operation ?? ""} ${r.urn}`);
  throw new UserError(
    [
      "this change would lose what cannot be had again:",
      ...lines,
      "Change it back, or allow it by name: --allow-replace <urn>",
    ].join("\n"),
  );
}
