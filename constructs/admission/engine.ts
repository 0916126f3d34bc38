import type { Issue } from "../../core/issue.js";
import type { AdmissionControl } from "./control.js";
import type { Enforcement } from "./enforcement.js";
import type { AdmissionExemption } from "./exemption.js";

/** A control as somebody wants it in force: what engines turn into objects. */
export interface AdmissionRequest {
  /** Name of the objects: `ringfence-images`. */
  readonly name: string;
  readonly control: AdmissionControl;
  readonly enforcement: Enforcement;
  /** All exemptions of the cluster; those of other controls too. */
  readonly exemptions: readonly AdmissionExemption[];
  /** Namespaces of Kubernetes itself, in which no control looks. */
  readonly systemNamespaces: readonly string[];
}

/** One object of an engine. All of them are objects of the cluster with a `spec`. */
export interface RenderedPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly spec: object;
}

/**
 * What keeps bad objects out. Three come with this package, and one that verifies signatures can be yours:
 * `nativeEngine`, `kyvernoEngine`, `gatekeeperEngine`.
 */
export interface AdmissionEngine {
  /** For messages: "ValidatingAdmissionPolicy". */
  readonly name: string;
  /** Why the engine cannot express a control; empty when it can. */
  check(control: AdmissionControl): readonly Issue[];
  /**
   * The objects in the order in which the cluster needs them, the policy first. How many there are, and their kinds and
   * names, depend on the request's name alone: `spec` is asked for at synthesis.
   */
  render(request: AdmissionRequest): readonly [RenderedPolicy, ...RenderedPolicy[]];
}
