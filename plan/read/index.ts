/**
 * Reading of what already exists as files: Kubernetes objects as YAML or JSON, and the documents that Pulumi and Ringfence
 * write. Nothing here runs a program or needs an SDK.
 */
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
export { readInputs } from "./read-inputs.js";
