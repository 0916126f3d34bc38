import type { Rule, Severity } from "../model.js";
import { SEVERITIES } from "../model.js";
import type { OwnSet } from "../own.js";
import type { ParameterSettings } from "../parameters.js";
import type { AnyRuleId } from "../rules/index.js";
import type { SETS } from "../sets/index.js";

/** From which severity on a failed finding fails the run. */
export const FAIL_ON = [...SEVERITIES, "never"] as const;

/** What to do about values that nobody knows before the deployment. */
export const ON_UNKNOWN = ["fail", "warn", "ignore"] as const;

/** Any text, without hiding the known ones from the editor. */
type Other = string & Record<never, never>;

/** What a person writes in `ringfence.config.ts`, `.js`, `.yaml` or `.json`. An option of the command line overrides it. */
export interface RingfenceConfig {
  /**
   * Sets of rules: those of Ringfence, and those under `ownSets`.
   *
   * @default ["default"]
   */
  readonly sets?: readonly ((typeof SETS)[number]["id"] | Other)[];
  /**
   * Rules besides those of the sets.
   *
   * @default - none
   */
  readonly rules?: readonly (AnyRuleId | Other)[];
  /**
   * What is set of rules' parameters, by id of the rule and name of the parameter.
   *
   * @default - the defaults of all
   */
  readonly parameters?: ParameterSettings;
  /**
   * Severities instead of the rules' own, by id of the rule.
   *
   * @default - as the rules say
   */
  readonly severities?: Readonly<Partial<Record<AnyRuleId | Other, Severity>>>;
  /** @default "high" */
  readonly failOn?: (typeof FAIL_ON)[number];
  /** @default "warn" */
  readonly onUnknown?: (typeof ON_UNKNOWN)[number];
  /**
   * Minor version of Kubernetes, as text: "1.36".
   *
   * @default - the version of the plan's clusters, else 1.36
   */
  readonly kubernetesVersion?: string;
  /**
   * The file of exemptions, from the folder of this file.
   *
   * @default "ringfence.exemptions.yaml", when there is one
   */
  readonly exemptions?: string;
  /**
   * Whether skip annotations of Checkov, kube-linter and Kubescape excuse findings of the rules that check the same.
   *
   * @default false
   */
  readonly honourForeignSkips?: boolean;
  /**
   * Rules of one's own: files and folders, from the folder of this file, and in TypeScript the rules themselves.
   *
   * @default - none
   */
  readonly ownRules?: readonly (string | Rule)[];
  /**
   * Sets of one's own, by id.
   *
   * @default - none
   */
  readonly ownSets?: Readonly<Record<string, Omit<OwnSet, "id">>>;
}

/** Types a configuration: `export default defineConfig({ ... })` in `ringfence.config.ts`. */
export function defineConfig(config: RingfenceConfig): RingfenceConfig {
  return config;
}

/** The fields of {@link RingfenceConfig}. */
export const CONFIG_FIELDS = [
  "sets",
  "rules",
  "parameters",
  "severities",
  "failOn",
  "onUnknown",
  "kubernetesVersion",
  "exemptions",
  "honourForeignSkips",
  "ownRules",
  "ownSets",
] as const satisfies readonly (keyof RingfenceConfig)[];
