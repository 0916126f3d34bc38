import * as pulumi from "@pulumi/pulumi";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { refuse } from "../infra/errors.js";

/** Something that is there already and that a component shall take over instead of making its own. */
export interface Adopted {
  /** The type of the resource: `aws:eks/cluster:Cluster`. */
  readonly type: string;
  /**
   * The name that it has inside the component: `prod-keys-secrets`, as `ringfence preview` shows it.
   *
   * @default - the only one of its type
   */
  readonly name?: string;
  /** Where it is now. */
  readonly from: AdoptedFrom;
  /**
   * Properties that stay as they are, whatever the component says: those whose change would replace the resource.
   *
   * @default - what replaces a cluster, for a cluster; nothing otherwise
   */
  readonly keep?: readonly string[];
}

/** Where an {@link Adopted} resource is: in this stack under another URN, or in AWS alone. */
export type AdoptedFrom = { readonly urn: string } | { readonly id: string };

/**
 * What cannot be changed without making the cluster anew: the role of the control plane, the key of the Secrets, the
 * addresses of Services, what was installed at creation, and who became an administrator then. EKS adds a key to a cluster
 * that has none, but never takes one back: leave `encryptionConfig` out of `keep` to have that done.
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": [
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "bootstrapSelfManagedAddons",
    "encryptionConfig",
    "kubernetesNetworkConfig",
    "roleArn",
  ],
};

/**
 * Brings what is there already under a component, for its `transforms`:
 *
 * ```ts
 * new SecureCluster("prod", { admins, clusterName: "legacy" }, {
 *   transforms: [adopt([{ type: "aws:eks/cluster:Cluster", from: { id: "legacy" } }])],
 * });
 * ```
 *
 * A resource of this stack is found by its URN and keeps its state (Pulumi's `aliases`); one that Pulumi does not know is
 * read by its id (Pulumi's `import`), and the entry is removed after the first `pulumi up`.
 *
 * @returns A transform that changes the options of these resources alone.
 * @throws pulumi.RunError with every problem of the list.
 */
export function adopt(resources: readonly Adopted[]): pulumi.ResourceTransform {
  refuse("adopt", issuesOf(resources));
  return ({ type, name, props, opts }) => {
    const found = resources.find((one) => one.type === type && (one.name === undefined || one.name === name));
    if (found === undefined) return undefined;
    const ignoreChanges = [...(found.keep ?? KEPT[type] ?? [])];
    const own: pulumi.CustomResourceOptions =
      "urn" in found.from ? { aliases: [found.from.urn] } : { import: found.from.id };
    return { props, opts: pulumi.mergeOptions(opts, { ...own, ignoreChanges }) };
  };
}

function issuesOf(resources: readonly Adopted[]): Issue[] {
  const keys = resources.map(({ type, name }) => `${type} ${name ?? "*"}`);
  return resources.flatMap(({ type, from }, i) => {
    const at = `resources[${i}]`;
    const issues: Issue[] = [];
    if (!/^[a-z0-9-]+:[A-Za-z0-9/.-]+:[A-Za-z0-9]+$/.test(type))
      issues.push(
        issue("Malformed", `${at}.type`, "must be a type of Pulumi", type, "Write it like 'aws:eks/cluster:Cluster'"),
      );
    if ("urn" in from && !from.urn.startsWith("urn:pulumi:"))
      issues.push(
        issue("Malformed", `${at}.from.urn`, "must be a URN", from.urn, "`pulumi stack --show-urns` prints them"),
      );
    if ("id" in from && from.id === "")
      issues.push(issue("Required", `${at}.from.id`, "must be the id in AWS", from.id, "Write it like 'vpc-0abc'"));
    if (keys.indexOf(keys[i] ?? "") !== i)
      issues.push(issue("Duplicate", at, "must name each resource once", keys[i], "Remove the second one"));
    return issues;
  });
}
