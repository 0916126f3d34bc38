import type { NetworkChoices, NodeChoices } from "./choices.js";

/** What a preset says of a cluster; spread among its arguments, and overridden by what follows. */
export interface ClusterPreset {
  readonly network: NetworkChoices;
  readonly nodes: NodeChoices;
}

/**
 * Two sizes of the same cluster. They differ in what they cost and in what they survive, and in nothing that protects:
 * keys, logs and their retention, endpoints' policies, deletion protection and everything in the cluster are the same.
 * docs/cost.md has what each costs.
 *
 * An argument that stands behind a preset takes its place as a whole: to change one setting of `network`, spread that too.
 *
 * @example
 * ```ts
 * new SecureCluster("dev", { admins, ...Preset.sandbox() });
 * ```
 */
export const Preset = {
  /**
   * The defaults, written down: three zones with everything in each, three on-demand nodes. It outlives the loss of a zone,
   * and a later change of defaults.
   */
  production(): ClusterPreset {
    return {
      network: { zones: 3 },
      nodes: { capacityType: "ON_DEMAND", scaling: { minSize: 2, desiredSize: 3, maxSize: 6 }, dataVolumeGiB: 50 },
    };
  },

  /**
   * For trying things out: two zones, as few as EKS takes; the interface endpoints in one of them, so that losing it loses the
   * way to AWS; two small spot nodes, which AWS may take away at two minutes' notice. The processor stays x86, since images
   * must run in both sizes.
   */
  sandbox(): ClusterPreset {
    return {
      network: { zones: 2, endpointZones: 1 },
      nodes: {
        capacityType: "SPOT",
        instanceTypes: ["t3.large", "m5.large", "m6i.large"],
        scaling: { minSize: 1, desiredSize: 2, maxSize: 3 },
        dataVolumeGiB: 30,
      },
    };
  },
} as const;
