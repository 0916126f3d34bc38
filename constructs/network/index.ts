export { ClusterEngine } from "./cluster-engine.js";
export type { RenderedGuardRail } from "./cluster-engine.js";
export { ClusterNetworkRules } from "./cluster-network-rules.js";
export type { ClusterNetworkRulesProps } from "./cluster-network-rules.js";
export { ClusterDeny, Namespaces } from "./cluster-rules.js";
export type { ClusterGuardRail, ClusterPeer, NamespaceCondition } from "./cluster-rules.js";
export { NetworkEngine } from "./engine.js";
export type { EngineAbilities, RenderedNetworkPolicy } from "./engine.js";
