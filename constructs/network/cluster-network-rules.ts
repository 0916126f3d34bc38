import { Construct } from "constructs";
import { checkName, validateWith } from "../checks.js";
import { objectOf } from "../objects.js";
import { CalicoTier } from "./calico-tier.js";
import { ClusterEngine } from "./cluster-engine.js";
import { checkGuardRail } from "./cluster-rules.js";
import type { ClusterDeny, ClusterGuardRail, Namespaces } from "./cluster-rules.js";

/** Arguments of {@link ClusterNetworkRules}. */
export interface ClusterNetworkRulesProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** Namespaces whose pods the rules are for. */
  readonly subject: Namespaces;
  /** What stays closed; at least one. */
  readonly rules: readonly ClusterDeny[];
  /** Whose policies are written. @default ClusterEngine.eks() */
  readonly engine?: ClusterEngine;
}

/**
 * Guard rails of the network: ways that no network policy of a namespace can open, such as that to the instance metadata
 * service or from one tenant to another. They are for pods with addresses of their own; a pod in the network of its node is
 * outside.
 *
 * @example new ClusterNetworkRules(chart, "no-imds", { subject: Namespaces.except("kube-system"), rules: [ClusterDeny.instanceMetadata()] });
 */
export class ClusterNetworkRules extends Construct {
  /** The rules as data. */
  readonly guardRail: ClusterGuardRail;

  constructor(scope: Construct, id: string, props: ClusterNetworkRulesProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.guardRail = { subject: props.subject, rules: props.rules };
    const { apiVersion, kind, tier, spec } = (props.engine ?? ClusterEngine.eks()).render(this.guardRail);
    const fullName = tier === undefined ? name : `${tier}.${name}`;
    const object = objectOf(this, "Resource", { apiVersion, kind, name: fullName, body: { spec } });
    if (tier !== undefined) object.addDependency(CalicoTier.of(this));
    validateWith(this, () => [...checkName("name", name), ...checkGuardRail(this.guardRail)]);
  }
}
