/**
 * Reading of what already exists as files: Kubernetes objects as YAML or JSON, and the documents that Pulumi and Ringfence
 * write. Nothing here runs a program or needs an SDK.
 */
import type { ReadInputs, ReadOptions } from "./model.js";

export { HIDDEN } from "./model.js";
export type {
  InputKind,
  InputProblem,
  ReadInput,
  ReadInputs,
  ReadOptions,
  ReadProgress,
  SkippedInput,
  SkipReason,
  SourcePlace,
  TextSpan,
} from "./model.js";

/**
 * Reads files, folders and standard input (`-`) into one plan. What is wrong with one of them is a problem in the answer,
 * never an exception, and does not keep the others from being read.
 */
export function readInputs(paths: readonly string[], options: ReadOptions = {}): Promise<ReadInputs> {
  // The parser of YAML is loaded with the first file: most who import the plan read none.
  const { readAll } = require("./read-inputs.js") as typeof import("./read-inputs.js");
  return readAll(paths, options);
}
