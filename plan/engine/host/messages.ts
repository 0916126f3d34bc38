import type { Attempt } from "./guard.js";

/** What the host process is told, as JSON in `RINGFENCE_HOST`. */
export interface HostSettings {
  /** Folder of the program's SDK. */
  readonly sdk: string;
  /** Folder of the engine's socket. */
  readonly folder: string;
  /** Whether the network is closed. */
  readonly guard: boolean;
  /** Full keys of configuration secrets that could not be decrypted. */
  readonly unreadable: readonly string[];
}

/** What the host process tells. */
export type HostMessage =
  | ({ readonly kind: "attempt" } & Attempt)
  | { readonly kind: "insideApply"; readonly urn: string }
  | { readonly kind: "exit"; readonly code: number; readonly copies: readonly string[] };
