import { CROSS_RING } from "./cross-ring.js";
import { DEFAULT } from "./default.js";
import { FRAMEWORK_SETS } from "./frameworks.js";
import { HYGIENE } from "./hygiene.js";
import { isInStandard, PSS_BASELINE, PSS_RESTRICTED } from "./pod-security.js";
import { RELIABILITY } from "./reliability.js";
import type { AnyRuleId } from "../rules/index.js";

/** A named, versioned list of rules. A rule that joins a set, or leaves it, raises the version. */
export interface RuleSet {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** All its rules, of every version of Kubernetes. */
  readonly rules: readonly AnyRuleId[];
  /**
   * Whether a rule belongs to it at a minor version of Kubernetes (36 for 1.36).
   *
   * @default - it does, at each
   */
  readonly appliesAt?: (rule: string, minor: number) => boolean;
}

/** The sets, the default first. */
export const SETS = [
  { id: "default", title: "what every program is judged by", version: "1", rules: DEFAULT },
  {
    id: "cross-ring",
    title: "what only shows when cloud and cluster are read in one plan",
    version: "1",
    rules: CROSS_RING,
  },
  { id: "hygiene", title: "what keeps a cluster tidy and running", version: "1", rules: HYGIENE },
  {
    id: "reliability",
    title: "what keeps an application running through failures and changes",
    version: "1",
    rules: RELIABILITY,
  },
  {
    id: "pss-baseline",
    title: "the Pod Security Standards, level baseline, as the Kubernetes version judged has them",
    version: "1",
    rules: PSS_BASELINE,
    appliesAt: (rule: string, minor: number) => isInStandard("baseline", rule, minor),
  },
  {
    id: "pss-restricted",
    title: "the Pod Security Standards, level restricted, as the Kubernetes version judged has them",
    version: "1",
    rules: PSS_RESTRICTED,
    appliesAt: (rule: string, minor: number) => isInStandard("restricted", rule, minor),
  },
  ...FRAMEWORK_SETS,
] as const satisfies readonly RuleSet[];
