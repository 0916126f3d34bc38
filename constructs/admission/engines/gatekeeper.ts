import type { AdmissionEngine, AdmissionRequest, RenderedPolicy } from "../engine.js";
import { checkExpression, excused, namespaceSelector } from "./shared.js";

/** `spec.enforcementAction` of a constraint. */
const ACTIONS = { deny: "deny", warn: "warn", audit: "dryrun" } as const;

/** Gatekeeper matches kinds and not operations, and a request to delete carries no object to judge. */
const DELETION = "request.operation == 'DELETE'";

/**
 * OPA Gatekeeper from 3.18 on, by a ConstraintTemplate with the engine K8sNativeValidation, which reads the same expressions
 * as the API server, and a constraint. Gatekeeper's webhook decides what it is asked about: `no-exec` needs the Helm value
 * `enableConnectOperations: true`, and the chart fails open unless `validatingWebhookFailurePolicy: Fail` is set. The
 * constraint's kind exists once Gatekeeper has read the template: the first `kubectl apply` of both needs a second one.
 */
export const gatekeeperEngine: AdmissionEngine = {
  name: "Gatekeeper",
  check: (control) => checkExpression("Gatekeeper", control),
  render: (request) => [template(request), constraint(request)],
};

function template(request: AdmissionRequest): RenderedPolicy {
  const { variables, validations } = excused(request, [DELETION]);
  const kind = kindOf(request.name);
  return {
    apiVersion: "templates.gatekeeper.sh/v1",
    kind: "ConstraintTemplate",
    // Gatekeeper asks for the constraint's kind in lower case.
    name: kind.toLowerCase(),
    spec: {
      crd: { spec: { names: { kind } } },
      targets: [
        {
          target: "admission.k8s.gatekeeper.sh",
          code: [
            {
              engine: "K8sNativeValidation",
              source: {
                failurePolicy: "Fail",
                generateVAP: false,
                ...(variables.length === 0 ? {} : { variables }),
                validations,
              },
            },
          ],
        },
      ],
    },
  };
}

function constraint(request: AdmissionRequest): RenderedPolicy {
  const kinds = new Map<string, Set<string>>();
  for (const { group, kind } of request.control.matches) kinds.set(group, (kinds.get(group) ?? new Set()).add(kind));
  return {
    apiVersion: "constraints.gatekeeper.sh/v1beta1",
    kind: kindOf(request.name),
    name: request.name,
    spec: {
      enforcementAction: ACTIONS[request.enforcement.action],
      match: {
        kinds: [...kinds].map(([group, names]) => ({ apiGroups: [group], kinds: [...names] })),
        namespaceSelector: namespaceSelector(request),
      },
    },
  };
}

/** `ringfence-no-exec` as `RingfenceNoExec`. */
function kindOf(name: string): string {
  return name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}
