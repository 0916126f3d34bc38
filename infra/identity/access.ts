import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { accessIssues, planEntries } from "./access-plan.js";
import type { PersonaMembers, PlannedEntry } from "./access-plan.js";
import { knownPartition } from "../partition.js";
import { PRINCIPAL, clusterRef, needs } from "../reference-shapes.js";
import { list } from "../shape.js";

/** Arguments of {@link Access}. */
export interface AccessArgs extends PersonaMembers {
  /** The cluster that is entered. */
  readonly cluster: Pick<ClusterRef, "name" | "arn">;
  /**
   * Tags of the access entries.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * Who may enter a cluster, as what: one access entry per principal, and nobody by implication (CIS EKS 4.1.7, 5.5.1).
 * Another persona for somebody changes their entry in place. Deleting a role and making it anew leaves an entry that lets nobody in: EKS knows roles by their ids.
 */
export class Access extends pulumi.ComponentResource {
  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: AccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Access", name, {}, opts);
    needs(`Access '${name}'`, args, { cluster: clusterRef("name", "arn"), admins: list(PRINCIPAL) });
    const { cluster, tags } = args;
    refuse(`Access '${name}'`, accessIssues(args, knownPartition(this, cluster.arn)));

    const entries = planEntries(args);
    const account = accountOf(this);
    for (const entry of entries)
      createEntry(this, account, `${name}-${entry.principal.key ?? ""}`, {
        ...entry,
        cluster,
        tags,
        after: after(opts),
      });
    const relaxations = entries.flatMap(({ principal }) => principal.relaxation ?? []);
    this.registerOutputs(published({}, relaxations));
  }
}

/** What {@link createEntry} takes. */
export interface EntrySpec extends PlannedEntry {
  readonly cluster: Pick<ClusterRef, "name">;
  readonly tags: Tags | undefined;
  readonly after: ReturnType<typeof after>;
}

/** One access entry, with the access policy of its persona where that has one. */
export function createEntry(parent: pulumi.Resource, account: Account, name: string, spec: EntrySpec): void {
  const clusterName = spec.cluster.name;
  const { principal, groups } = spec;
  const entry = new eks.AccessEntry(
    name,
    {
      clusterName,
      principalArn: principal.arn,
      type: "STANDARD",
      kubernetesGroups: [...groups],
      userName: principal.userName,
      tags: named(name, spec.tags),
    },
    { parent, dependsOn: spec.after },
  );
  const { accessPolicy } = spec;
  if (accessPolicy === undefined) return;
  new eks.AccessPolicyAssociation(
    `${name}-policy`,
    {
      clusterName,
      principalArn: entry.principalArn,
      policyArn: pulumi.interpolate`arn:${account.partition}:eks::aws:cluster-access-policy/${accessPolicy}`,
      accessScope: { type: "cluster" },
    },
    { parent },
  );
}
