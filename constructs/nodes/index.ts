export type { NodeSettings } from "../../core/node-settings.js";
export { AUTO_MODE_NODE_DEFAULTS, AutoModeNetworkPolicy, AutoModeNodeClass } from "./auto-mode.js";
export type { AutoModeNodeClassProps } from "./auto-mode.js";
export { FargateLogging } from "./fargate-logging.js";
export type { FargateLoggingProps } from "./fargate-logging.js";
export { HardenedNodeClass, NODE_CLASS_DEFAULTS } from "./node-class.js";
export type { HardenedNodeClassProps } from "./node-class.js";
export type { NodeClassRef } from "./node-class-ref.js";
export { HardenedNodePool, NODE_POOL_DEFAULTS } from "./node-pool.js";
export type {
  HardenedNodePoolProps,
  NodeDisruptionBudget,
  NodePoolLimits,
  NodeRequirement,
  NodeTaint,
} from "./node-pool.js";
