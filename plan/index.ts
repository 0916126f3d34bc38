/**
 * `ringfence/plan`: how a plan is obtained and what it is. No declaration reachable from here names an SDK, so consumers
 * without Pulumi can import it.
 */
export { planOf } from "./engine/plan-of.js";
export type { PlanOptions } from "./engine/plan-of.js";
export { previewProgram } from "./engine/preview.js";
export type { Preview, PreviewOptions } from "./engine/preview.js";
export type { Isolation } from "./engine/isolation.js";
export * from "./read/index.js";
export * from "./model/index.js";
export * from "./world/index.js";
