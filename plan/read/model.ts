import type { Plan, PlannedResource, SourceLocation } from "../model/index.js";

/** What an input turned out to be, by its content. */
export type InputKind =
  "kubernetes-yaml" | "kubernetes-json" | "pulumi-preview" | "pulumi-state" | "ringfence-plan" | "event-log";

/** A file that was read, or `-` for standard input. */
export interface ReadInput {
  /** As given, or the given folder joined with the way below it. */
  readonly path: string;
  readonly kind: InputKind;
  /** How many resources it holds, those counted too that a later input overrides. */
  readonly resources: number;
}

/** Something wrong with an input. Everything else is read all the same; the command line ends with exit code 2 on any. */
export interface InputProblem {
  /** The file, as in {@link ReadInput.path}. */
  readonly file: string;
  /** Counted from 1; left out when the file as a whole is meant. */
  readonly line?: number;
  /** In UTF-16 code units, counted from 1. */
  readonly column?: number;
  /** One line without the place: what is wrong, the value given, what to do. No content of a Secret stands in it. */
  readonly message: string;
}

/** Why something below a folder was not read. */
export type SkipReason = "kustomize" | "helm" | "not-kubernetes" | "same-file" | "configuration";

/** Something that was found and not read, without being wrong. */
export interface SkippedInput {
  /** A file or folder, as in {@link ReadInput.path}. */
  readonly path: string;
  /** `not-kubernetes` (a compose file, a pipeline) is what a report counts; the others it names. */
  readonly reason: SkipReason;
  /** One line: what it is, and for Kustomize and Helm the command to run. */
  readonly message: string;
}

/** How far reading is, for a terminal. */
export interface ReadProgress {
  readonly filesDone: number;
  readonly files: number;
  readonly resources: number;
}

/** How to read. */
export interface ReadOptions {
  /**
   * Where `-` reads from.
   *
   * @default - standard input of the process
   */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /**
   * Path of an event log of Pulumi (`pulumi preview --event-log`), read besides the paths.
   *
   * @default - none
   */
  readonly eventLog?: string;
  /**
   * Called after each file.
   *
   * @default - nobody is told
   */
  readonly onProgress?: (progress: ReadProgress) => void;
}

/** What each code unit of secret text is in a line that may be shown. It stands in no YAML and in no JSON. */
export const HIDDEN = "\0";

/** A stretch of a file's text, in UTF-16 code units: `text.slice(start, end)`. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a property stands. `line` and `column` are what a person should look at: of a scalar and of a flow collection its
 * first character, of a block map or list its key (or its first character where it has none, as an item of a list). For a
 * property that is absent, all of it is that of the nearest ancestor that is there, marked by its key.
 */
export interface SourcePlace extends SourceLocation {
  /** Line of the last character that is marked: the end of a scalar, or of the key. */
  readonly endLine: number;
  /** The column after the last character that is marked. */
  readonly endColumn: number;
  /** Whether the property itself stands here; false when an ancestor stands for it. */
  readonly exact: boolean;
  /** The value, quotes and block indicators included; without an anchor or tag before it. */
  readonly value: TextSpan;
  /** The key before it; left out for items of a list and for the document as a whole. */
  readonly key?: TextSpan;
}

/** What was read. */
export interface ReadInputs {
  /**
   * Everything of all inputs as one world, sorted by file and then by the order in it, so that the order of the paths
   * decides nothing but which of two definitions counts.
   */
  readonly plan: Plan;
  /** In the order of the paths, those of folders sorted. */
  readonly inputs: readonly ReadInput[];
  /** By path, line and column. */
  readonly problems: readonly InputProblem[];
  /** Sentences for the reader of a report: an object that is defined twice. Also in {@link Plan.warnings}. */
  readonly warnings: readonly string[];
  readonly skipped: readonly SkippedInput[];
  /**
   * Where a property of a resource stands in its file; `undefined` for a resource of a Pulumi document. Computed when asked,
   * from the text that was read.
   *
   * @param path A property path as findings carry it: `spec.template.spec.containers[0].image`; empty for the object.
   */
  locate(resource: Pick<PlannedResource, "urn">, path: string): SourcePlace | undefined;
  /** The text of a Kubernetes file as it was read (unpacked, without byte order mark); `undefined` for others. */
  textOf(file: string): string | undefined;
  /**
   * One line of a Kubernetes file, without its end, for an excerpt. Each code unit of a Secret's content is {@link HIDDEN},
   * so that columns are those of the file.
   */
  lineOf(file: string, line: number): string | undefined;
}
