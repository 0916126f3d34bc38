import * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../../core/data/addon-versions.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** Settings that every add-on takes. */
export interface AddonOptions {
  /**
   * Settings as the add-on's schema has them, over those that Ringfence sets: scheduling, resources, replicas. Read the schema
   * with `aws eks describe-addon-configuration`; EKS refuses what it does not hold.
   *
   * @default - those of the add-on
   */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /**
   * What happens to fields that somebody changed inside the cluster: `overwrite` sets them back, `preserve` leaves them at
   * updates, `none` lets the update fail.
   *
   * @default - `overwrite`
   */
  readonly conflicts?: "overwrite" | "preserve" | "none";
  /**
   * Whether what the add-on made in the cluster stays when the add-on goes.
   *
   * @default - it goes too
   */
  readonly preserve?: boolean;
}

/** What {@link createAddon} takes. */
export interface AddonSpec {
  readonly addon: AddonName;
  readonly version: string;
  readonly clusterName: pulumi.Input<string>;
  /** Settings that Ringfence sets. */
  readonly configuration?: Readonly<Record<string, unknown>> | undefined;
  readonly options?: AddonOptions | undefined;
  /** Service account by the role that its pods get. */
  readonly identity?: { readonly serviceAccount: string; readonly roleArn: pulumi.Input<string> } | undefined;
  readonly tags: Tags | undefined;
}

/** One EKS add-on at a pinned version. What somebody changed inside the cluster is set back, unless told otherwise. */
export function createAddon(
  name: string,
  spec: AddonSpec,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): eks.Addon {
  const { configuration: given, conflicts = "overwrite", preserve } = spec.options ?? {};
  const configuration = merged(spec.configuration ?? {}, given ?? {});
  return new eks.Addon(
    `${name}-${spec.addon}`,
    {
      clusterName: spec.clusterName,
      addonName: spec.addon,
      addonVersion: spec.version,
      configurationValues: Object.keys(configuration).length === 0 ? undefined : JSON.stringify(configuration),
      podIdentityAssociations:
        spec.identity === undefined
          ? undefined
          : [{ roleArn: spec.identity.roleArn, serviceAccount: spec.identity.serviceAccount }],
      // At creation there is nothing to preserve: EKS knows the two others only.
      resolveConflictsOnCreate: conflicts === "none" ? "NONE" : "OVERWRITE",
      resolveConflictsOnUpdate: conflicts.toUpperCase(),
      preserve,
      tags: named(`${name}-${spec.addon}`, spec.tags),
    },
    opts,
  );
}

type Settings = Readonly<Record<string, unknown>>;

/** Objects merged key by key; of anything else, what was given. */
function merged(own: Settings, given: Settings): Settings {
  const both = Object.entries(given).map(([key, value]) => {
    const before = own[key];
    return [key, isSettings(before) && isSettings(value) ? merged(before, value) : value] as const;
  });
  return { ...own, ...Object.fromEntries(both) };
}

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
