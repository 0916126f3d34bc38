import * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../../core/data/addon-versions.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** What {@link createAddon} takes. */
export interface AddonSpec {
  readonly addon: AddonName;
  readonly version: string;
  readonly clusterName: pulumi.Input<string>;
  /** Settings as the add-on's schema has them. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Service account by the role that its pods get. */
  readonly identity?: { readonly serviceAccount: string; readonly roleArn: pulumi.Input<string> };
  readonly tags: Tags | undefined;
}

/** One EKS add-on at a pinned version. What somebody changed inside the cluster is set back. */
export function createAddon(
  name: string,
  spec: AddonSpec,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): eks.Addon {
  return new eks.Addon(
    `${name}-${spec.addon}`,
    {
      clusterName: spec.clusterName,
      addonName: spec.addon,
      addonVersion: spec.version,
      configurationValues: spec.configuration === undefined ? undefined : JSON.stringify(spec.configuration),
      podIdentityAssociations:
        spec.identity === undefined
          ? undefined
          : [{ roleArn: spec.identity.roleArn, serviceAccount: spec.identity.serviceAccount }],
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      tags: named(`${name}-${spec.addon}`, spec.tags),
    },
    opts,
  );
}
