import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../../core/data/addon-versions.js";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import type { KeysRef } from "../encryption/reference.js";
import { refuse } from "../errors.js";
import { podIdentityTrust } from "../identity/pod-identity-trust.js";
import { createRole } from "../identity/role.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { CLUSTER_REF, keysRef, needs } from "../reference-shapes.js";
import { chosenAddonIssues } from "./addon-checks.js";
import { CHOSEN_ADDONS, DEFAULT_ADDONS } from "./addon-choices.js";
import type { AddonChoices } from "./addon-choices.js";
import { addonConfiguration, addonIdentities } from "./addon-rights.js";
import type { AddonIdentity } from "./addon-rights.js";
import { createAddon } from "./addon.js";
import type { AddonOptions } from "./addon.js";
import type { ClusterRef } from "./reference.js";
import { planAddons } from "./version.js";
import type { AddonVersions } from "./version.js";

/** Arguments of {@link ClusterAddons}. */
export interface ClusterAddonsArgs {
  /** The cluster; its minor version chooses the pinned add-on versions. */
  readonly cluster: ClusterRef;
  /** The key that encrypts the volumes of pods; its policy admits EC2, as that of {@link EncryptionKeys}. */
  readonly keys: Pick<KeysRef, "volumesKeyArn">;
  /**
   * What is installed beside CoreDNS.
   *
   * @default - `{ ebsCsi: {} }`, nothing with Auto Mode
   */
  readonly addons?: AddonChoices;
  /**
   * Settings of CoreDNS, which is there unless Auto Mode has it built in.
   *
   * @default - those of the add-on: two replicas
   */
  readonly coreDns?: AddonOptions;
  /**
   * Versions of add-ons instead of the pinned ones.
   *
   * @default - the pinned versions for the Kubernetes version
   */
  readonly addonVersions?: AddonVersions;
  /**
   * The boundary of the add-ons' roles.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * The add-ons that run on nodes and are not ready before there are some: CoreDNS and those of choice, each that calls AWS
 * with a role of its own. Pass `{ dependsOn: nodeGroup }`; created earlier, EKS reports them degraded until it gives up.
 */
export class ClusterAddons extends pulumi.ComponentResource {
  /** Roles of the add-ons that call AWS, by what {@link AddonIdentity} calls them: `ebs-csi`. */
  readonly roleArns: Readonly<Record<string, pulumi.Output<string>>>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ClusterAddons", name, {}, opts);
    needs(`ClusterAddons '${name}'`, args, { cluster: CLUSTER_REF, keys: keysRef("volumesKeyArn") });
    const isAuto = args.cluster.autoMode?.besideNodeGroups === false;
    const choices = args.addons ?? (isAuto ? {} : DEFAULT_ADDONS);
    const chosen = chosenKeys(choices);
    const addons: readonly AddonName[] = [
      ...(isAuto ? [] : (["coredns"] as const)),
      ...chosen.map((key) => CHOSEN_ADDONS[key]),
    ];
    const plan = planAddons(addons, args.cluster.kubernetesVersion, args.addonVersions);
    refuse(`ClusterAddons '${name}'`, [
      ...plan.issues,
      ...chosenAddonIssues(choices, args.coreDns, isAuto),
      ...keyArnIssues("keys.volumesKeyArn", args.keys.volumesKeyArn),
    ]);

    const { tags } = args;
    const clusterName = args.cluster.name;
    const make = (addon: AddonName, options: AddonOptions | undefined, more: Partial<MoreOfAddon>) =>
      createAddon(
        name,
        {
          addon,
          version: plan.versions[addon],
          clusterName,
          options,
          configuration: more.configuration,
          identity: more.identity,
          tags,
        },
        { parent: this, dependsOn: after(opts, ...(more.dependsOn ?? [])) },
      );
    if (!isAuto) make("coredns", args.coreDns, {});

    const account = accountOf(this);
    const identities = addonIdentities(account, choices, args.keys);
    const configurations = addonConfiguration(choices, args.cluster.clusterName);
    const made = new Map<keyof AddonChoices, eks.Addon>();
    const roleArns: Record<string, pulumi.Output<string>> = {};
    // The snapshot controller first: the EBS driver looks once whether snapshots exist.
    for (const key of [...chosen].sort((a, b) => rank(a) - rank(b))) {
      const roles = (identities[key] ?? []).map((identity) => this.createIdentity(account, name, args, identity));
      for (const { identity, roleArn } of roles) roleArns[identity.role] = roleArn;
      const owned = roles.find(({ identity }) => identity.ownedByAddon);
      const before = key === "ebsCsi" ? made.get("snapshotController") : undefined;
      const addon = make(CHOSEN_ADDONS[key], choices[key], {
        configuration: configurations[key],
        identity: owned && { serviceAccount: owned.identity.serviceAccount, roleArn: owned.roleArn },
        dependsOn: [...roles.flatMap(({ attachments }) => attachments), ...(before === undefined ? [] : [before])],
      });
      made.set(key, addon);
    }
    this.roleArns = roleArns;
    this.registerOutputs({ roleArns });
  }

  private createIdentity(
    account: Account,
    name: string,
    args: ClusterAddonsArgs,
    identity: AddonIdentity,
  ): MadeIdentity {
    const { cluster, tags, permissionsBoundaryArn } = args;
    const { namespace, serviceAccount, role: short } = identity;
    const { role, attachments } = createRole(this, account, `${name}-${short}-role`, {
      description: identity.description,
      trust: podIdentityTrust(account, { clusterArn: cluster.arn, namespace, serviceAccount }),
      awsPolicies: identity.awsPolicies ?? [],
      statements: identity.statements ?? [],
      permissionsBoundaryArn,
      tags,
    });
    if (identity.ownedByAddon) return { identity, roleArn: role.arn, attachments };
    const association = new eks.PodIdentityAssociation(
      `${name}-${short}`,
      {
        clusterName: cluster.name,
        namespace,
        serviceAccount,
        roleArn: role.arn,
        tags: named(`${name}-${short}`, tags),
      },
      { parent: this, dependsOn: [...attachments] },
    );
    return { identity, roleArn: role.arn, attachments: [...attachments, association] };
  }
}

interface MoreOfAddon {
  readonly configuration: Readonly<Record<string, unknown>> | undefined;
  readonly identity: { readonly serviceAccount: string; readonly roleArn: pulumi.Input<string> } | undefined;
  readonly dependsOn: readonly pulumi.Resource[];
}

interface MadeIdentity {
  readonly identity: AddonIdentity;
  readonly roleArn: pulumi.Output<string>;
  readonly attachments: readonly pulumi.Resource[];
}

function chosenKeys(choices: AddonChoices): readonly (keyof AddonChoices)[] {
  const keys = Object.keys(CHOSEN_ADDONS) as (keyof AddonChoices)[];
  return keys.filter((key) => choices[key] !== undefined);
}

function rank(key: keyof AddonChoices): number {
  return key === "snapshotController" ? 0 : 1;
}
