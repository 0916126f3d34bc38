import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import { refuse } from "../errors.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { PERSONAS } from "./personas.js";
import type { PersonaName } from "./personas.js";
import { principalIssues } from "./principal.js";
import type { Principal } from "./principal.js";

/** Arguments of {@link Access}. */
export interface AccessArgs {
  /** An output of the cluster rather than a text, so that the entries wait for it. */
  readonly clusterName: pulumi.Input<string>;
  /** Cluster administrators, at least one: nobody else can get in to name another. */
  readonly admins: readonly [Principal, ...Principal[]];
  /**
   * Members of the group `ringfence:operator`.
   *
   * @default - none
   */
  readonly operators?: readonly Principal[];
  /**
   * Members of the group `ringfence:developer`.
   *
   * @default - none
   */
  readonly developers?: readonly Principal[];
  /**
   * Members of the group `ringfence:viewer`.
   *
   * @default - none
   */
  readonly viewers?: readonly Principal[];
  /**
   * Tags of the access entries.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/** Who may enter a cluster, as what: one access entry per principal, and nobody by implication (CIS EKS 4.1.7, 5.5.1). */
export class Access extends pulumi.ComponentResource {
  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: AccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Access", name, {}, opts);
    const members = membersOf(args);
    refuse(`Access '${name}'`, accessIssues(members));

    const account = accountOf(this);
    for (const [persona, principals] of members)
      for (const principal of principals) this.admit(name, args, account, persona, principal, opts);
    const relaxations = members.flatMap(([, principals]) => principals.flatMap((p) => p.relaxation ?? []));
    this.registerOutputs(published({}, relaxations));
  }

  private admit(
    name: string,
    args: AccessArgs,
    account: Account,
    persona: PersonaName,
    principal: Principal,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): void {
    const child = `${name}-${persona}-${principal.key ?? ""}`;
    const { clusterName } = args;
    const entry = new eks.AccessEntry(
      child,
      {
        clusterName,
        principalArn: principal.arn,
        type: "STANDARD",
        kubernetesGroups: [...PERSONAS[persona].kubernetesGroups],
        tags: named(child, args.tags),
      },
      { parent: this, dependsOn: after(opts) },
    );
    const spec = PERSONAS[persona];
    if ("accessPolicy" in spec)
      new eks.AccessPolicyAssociation(
        `${child}-policy`,
        {
          clusterName,
          principalArn: entry.principalArn,
          policyArn: pulumi.interpolate`arn:${account.partition}:eks::aws:cluster-access-policy/${spec.accessPolicy}`,
          accessScope: { type: "cluster" },
        },
        { parent: this },
      );
  }
}

type Members = readonly (readonly [PersonaName, readonly Principal[]])[];

function membersOf(args: AccessArgs): Members {
  return [
    ["admin", args.admins],
    ["operator", args.operators ?? []],
    ["developer", args.developers ?? []],
    ["viewer", args.viewers ?? []],
  ];
}

/** EKS has one entry per principal, so nobody can be two personas. */
function accessIssues(members: Members): Issue[] {
  const seen = new Map<string, string>();
  return members.flatMap(([persona, principals]) => [
    ...principalIssues(`${persona}s`, principals),
    ...principals.flatMap(({ arn }, i) => {
      if (typeof arn !== "string") return [];
      const path = `${persona}s[${i}]`;
      const earlier = seen.get(arn);
      if (earlier === undefined || earlier.startsWith(`${persona}s[`)) {
        seen.set(arn, path);
        return [];
      }
      const advice = "EKS has one access entry per principal: choose one persona for it";
      return [issue("Duplicate", path, `must not be a principal that '${earlier}' has already`, arn, advice)];
    }),
  ]);
}
