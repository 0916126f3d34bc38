import type { AdmissionEngine, AdmissionRequest, RenderedPolicy } from "../engine.js";
import { checkExpression, excused, matchConstraints, namespaceSelector } from "./shared.js";

const API = "admissionregistration.k8s.io/v1";

/** `spec.validationActions` of a binding; a warning is no record, so it comes with one. */
const ACTIONS = { deny: ["Deny"], warn: ["Warn", "Audit"], audit: ["Audit"] } as const;

/**
 * The API server itself, by ValidatingAdmissionPolicy and its binding (v1 from Kubernetes 1.30 on): nothing to install, and
 * nothing that can be down.
 */
export const nativeEngine: AdmissionEngine = {
  name: "ValidatingAdmissionPolicy",
  check: (control) => checkExpression("ValidatingAdmissionPolicy", control),
  render: (request) => [policy(request), binding(request)],
};

function policy(request: AdmissionRequest): RenderedPolicy {
  const { variables, validations } = excused(request);
  return {
    apiVersion: API,
    kind: "ValidatingAdmissionPolicy",
    name: request.name,
    spec: {
      failurePolicy: "Fail",
      matchConstraints: matchConstraints(request),
      ...(variables.length === 0 ? {} : { variables }),
      validations,
    },
  };
}

function binding(request: AdmissionRequest): RenderedPolicy {
  return {
    apiVersion: API,
    kind: "ValidatingAdmissionPolicyBinding",
    name: request.name,
    spec: {
      policyName: request.name,
      validationActions: ACTIONS[request.enforcement.action],
      matchResources: { namespaceSelector: namespaceSelector(request) },
    },
  };
}
