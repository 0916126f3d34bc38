import type { Rule } from "../model.js";
import { CLOUD_RULES } from "./cloud/index.js";
import { CLUSTER_RULES } from "./cluster/index.js";
import { CODE_RULES } from "./code/index.js";
import { CONTAINER_RULES } from "./container/index.js";

/** Every rule of Ringfence, ring by ring from the outermost. */
export const RULES = [
  ...CLOUD_RULES,
  ...CLUSTER_RULES,
  ...CONTAINER_RULES,
  ...CODE_RULES,
] as const satisfies readonly Rule[];

/** The id of any rule, so that a renamed rule breaks what names it at compile time. */
export type AnyRuleId = (typeof RULES)[number]["id"];
