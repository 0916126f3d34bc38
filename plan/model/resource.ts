import type { PlannedObject, Urn } from "./values.js";

/** Where an object stands in a file, counted from 1; `document` counts the YAML documents from 0. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly document: number;
}

/** What the deployment would do with a resource, when a previous plan tells. */
export type Operation = "create" | "update" | "replace" | "delete" | "same" | "read";

/** Resource options, as the engine receives them; what nobody set is left out. */
export interface PlannedOptions {
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly deletedWith?: Urn;
  readonly import?: string;
  readonly version?: string;
  readonly pluginDownloadUrl?: string;
  readonly customTimeouts?: { readonly create?: string; readonly update?: string; readonly delete?: string };
}

/** One thing the program intends to create. AWS and Kubernetes resources have the same shape. */
export interface PlannedResource {
  readonly urn: Urn;
  /** Wire token: `aws:eks/cluster:Cluster`, `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** The Pulumi name, the last part of the URN; for an object from a file, its own. */
  readonly name: string;
  /** False for a component, which groups others and exists nowhere. */
  readonly custom: boolean;
  readonly inputs: PlannedObject;
  /** What is known of the outputs beyond the inputs. For a component, what it registered. */
  readonly outputs: PlannedObject;
  readonly parent?: Urn;
  readonly dependencies: readonly Urn[];
  /** Which resources each top-level input is computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly Urn[]>>;
  /** URN of the explicit provider, when there is one. */
  readonly provider?: Urn;
  readonly aliases: readonly Urn[];
  readonly options: PlannedOptions;
  readonly operation?: Operation;
  /** Registered while an `apply` ran on symbolic values: the real first preview does not show it. */
  readonly insideApply?: boolean;
  readonly source?: SourceLocation;
}

/** Something that the reader of a plan saw and could not evaluate. */
export interface NotEvaluated {
  readonly urn?: Urn;
  readonly type: string;
  readonly name: string;
  readonly reason: string;
}

/** Everything a program intends to create, or a set of files describes. */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly PlannedResource[];
  /**
   * What the program looked up and rules judge, as the machine image that a name stands for: the type is the token of the
   * function, the inputs are its arguments. They are no resources and are counted nowhere.
   *
   * @default - nothing
   */
  readonly lookups?: readonly PlannedResource[];
  /** Exports of the program. */
  readonly stackOutputs: PlannedObject;
  readonly notEvaluated: readonly NotEvaluated[];
  /** Sentences for the reader of a report: an invoke that nobody could answer, a stack reference. */
  readonly warnings: readonly string[];
}
