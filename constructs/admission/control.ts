import type { Issue } from "../../core/issue.js";
import type { StringMap } from "../manifest.js";
import type { MatchedResource } from "./resources.js";

/** A named expression that later ones refer to as `variables.<name>`. */
export interface CelVariable {
  readonly name: string;
  /** In CEL. Earlier variables of the list may be used. */
  readonly expression: string;
}

/** What must hold, and what whoever is refused reads. */
export interface CelValidation {
  /** In CEL, a boolean; false or an error refuses the object. */
  readonly expression: string;
  readonly message: string;
}

/**
 * Which object an exemption can name. `namespaced`: one in a namespace, or all there. `namespace`: the Namespace itself.
 * `any`: one in a namespace or one of the cluster. `none`: nothing, since the request carries no object with a time.
 */
export type ExemptionScope = "namespaced" | "namespace" | "any" | "none";

/**
 * A control that looks at the object of a request, in CEL as the API server, Kyverno and Gatekeeper share it: `object`,
 * `oldObject`, `request` and `variables`, without `params`, `authorizer` and functions of one engine only
 * (https://kubernetes.io/docs/reference/using-api/cel/).
 */
export interface ExpressionControl {
  readonly kind: "expression";
  /** Kebab-case; policies are named `ringfence-<id>`. */
  readonly id: string;
  /** One clause for a list of controls. */
  readonly title: string;
  /** What an attacker gains where the control is missing. */
  readonly rationale: string;
  readonly matches: readonly MatchedResource[];
  /** Only in namespaces with all these labels. @default - in all namespaces */
  readonly namespaceLabels?: StringMap;
  /** Not in these namespaces, which another control holds to less. @default - none */
  readonly exceptNamespaces?: readonly string[];
  /** @default - none */
  readonly variables?: readonly CelVariable[];
  /** At least one; all must hold. */
  readonly validations: readonly [CelValidation, ...CelValidation[]];
  /**
   * When an update leaves what is judged as it was, in CEL. Such updates pass, so that an object older than the policy can
   * still lose a finalizer.
   *
   * @default - every update is judged
   */
  readonly unchanged?: string;
  /** Users who are not judged: parts of the control plane, by their exact names. @default - none */
  readonly trustedUsers?: readonly string[];
  readonly exemptions: ExemptionScope;
  /** What is wrong with the arguments that the control was made from; told at synthesis. @default - nothing */
  readonly issues?: readonly Issue[];
}

/**
 * A control that needs the image's signature, which no expression can see. It is data for an engine that verifies
 * signatures; the engines of this package refuse it.
 */
export interface SignatureControl {
  readonly kind: "signature";
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly matches: readonly MatchedResource[];
  /** Hosts, or hosts with the beginning of a path, whose images must be signed. */
  readonly registries: readonly string[];
  readonly signer: TrustedSigner;
  readonly exemptions: ExemptionScope;
  /** What is wrong with the arguments that the control was made from; told at synthesis. @default - nothing */
  readonly issues?: readonly Issue[];
}

/** Who must have signed an image, by identity and without a key, as Sigstore's certificates name it. */
export interface TrustedSigner {
  /** URL of the OIDC issuer that knows the signer: `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** The signer's exact name there, such as the workflow file at a branch. */
  readonly subject: string;
}

/** One thing that the API server refuses for everybody, as data. Engines turn it into objects. */
export type AdmissionControl = ExpressionControl | SignatureControl;
