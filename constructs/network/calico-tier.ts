import { Chart } from "cdk8s";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { objectOf } from "../objects.js";
import { CALICO_TIER, CALICO_TIER_SPEC } from "./cluster-calico.js";

const BY_ROOT = new WeakMap<IConstruct, CalicoTier>();

/** The tier of Calico that holds the guard rails: one in an app, in the chart of the first guard rail. */
export class CalicoTier extends Construct {
  /** The tier of the app in which a construct stands; made when it is asked for the first time. */
  static of(construct: IConstruct): CalicoTier {
    const root = construct.node.root;
    const tier = BY_ROOT.get(root) ?? new CalicoTier(Chart.of(construct), "RingfenceCalicoTier");
    BY_ROOT.set(root, tier);
    return tier;
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    objectOf(this, "Resource", {
      apiVersion: "projectcalico.org/v3",
      kind: "Tier",
      name: CALICO_TIER,
      body: { spec: CALICO_TIER_SPEC },
    });
  }
}
