import { issue } from "../../../core/issue.js";
import type { Issue } from "../../../core/issue.js";
import { checkHttps } from "../../checks.js";
import type { SignatureControl, TrustedSigner } from "../control.js";
import { PODS } from "../resources.js";
import { checkRegistries } from "./images.js";

/** Arguments of {@link trustedSigner}. */
export interface TrustedSignerOptions {
  /** Hosts, or hosts with the beginning of a path; may hold tokens. */
  readonly registries: readonly string[];
  readonly signer: TrustedSigner;
}

/**
 * Images of these registries carry the signature of one identity. Needs an engine that verifies signatures: an
 * `AdmissionEngine` of your own, until this package has one.
 */
export function trustedSigner({ registries, signer }: TrustedSignerOptions): SignatureControl {
  return {
    kind: "signature",
    id: "trusted-signer",
    title: "images are signed by the delivery pipeline",
    rationale: "whoever may push to the registry runs code that no pipeline has built",
    matches: PODS,
    registries,
    signer,
    exemptions: "namespaced",
    issues: [...checkRegistries(registries), ...checkSigner(signer)],
  };
}

function checkSigner({ issuer, subject }: TrustedSigner): readonly Issue[] {
  const issues = [...checkHttps("signer.issuer", issuer)];
  if (subject.trim() === "" || subject.includes("*")) {
    const advice = "Write out the one workflow or identity that signs";
    issues.push(issue("Malformed", "signer.subject", "must be one identity, without '*'", subject, advice));
  }
  return issues;
}
