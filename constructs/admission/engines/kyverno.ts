import type { AdmissionEngine } from "../engine.js";
import { checkExpression, excused, matchConstraints, namespaceSelector } from "./shared.js";

/** `spec.validationActions`. */
const ACTIONS = { deny: ["Deny"], warn: ["Warn", "Audit"], audit: ["Audit"] } as const;

/**
 * Kyverno from 1.17 on, by its ValidatingPolicy (https://kyverno.io/docs/policy-types/validating-policy), which reads the same
 * expressions as the API server. Policies for what makes pods are not generated, so that all engines answer alike. A
 * policy acts while Kyverno runs; `failurePolicy: Fail` refuses while it does not.
 */
export const kyvernoEngine: AdmissionEngine = {
  name: "Kyverno",
  check: (control) => checkExpression("Kyverno", control),
  render: (request) => {
    const { variables, validations } = excused(request);
    return [
      {
        apiVersion: "policies.kyverno.io/v1",
        kind: "ValidatingPolicy",
        name: request.name,
        spec: {
          failurePolicy: "Fail",
          validationActions: ACTIONS[request.enforcement.action],
          matchConstraints: { ...matchConstraints(request), namespaceSelector: namespaceSelector(request) },
          autogen: { podControllers: { controllers: [] } },
          ...(variables.length === 0 ? {} : { variables }),
          validations,
        },
      },
    ];
  },
};
