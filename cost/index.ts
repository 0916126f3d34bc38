/** What a plan costs a month at rest. */
export { amount, costLine } from "./line.js";
export type { CostPart, MonthlyCost, NotCounted, NotCountedReason } from "./model.js";
export { monthlyCost } from "./monthly-cost.js";
export type { CostOptions } from "./monthly-cost.js";
