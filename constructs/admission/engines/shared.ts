import { DefectError, issue } from "../../../core/issue.js";
import type { Issue } from "../../../core/issue.js";
import { NAMESPACE_NAME_LABEL } from "../../connection.js";
import type { AdmissionControl } from "../control.js";
import type { AdmissionRequest } from "../engine.js";
import { excuse } from "../excuse.js";
import type { ExcusedControl } from "../excuse.js";

/** The issue of a control that is no expression. */
export function checkExpression(engine: string, control: AdmissionControl): readonly Issue[] {
  if (control.kind === "expression") return [];
  return [
    issue(
      "Unsupported",
      "control",
      `must be one that ${engine} can express`,
      control.id,
      "Signatures need an engine that verifies them: pass an AdmissionEngine of your own",
    ),
  ];
}

/**
 * The control with its exemptions.
 *
 * @param others What the engine itself lets pass, in CEL.
 * @throws DefectError for a control that {@link checkExpression} refuses.
 */
export function excused({ control, exemptions }: AdmissionRequest, others: readonly string[] = []): ExcusedControl {
  if (control.kind !== "expression") throw new DefectError(`no expression: ${control.id}`);
  return excuse(control, exemptions, others);
}

/** `matchConstraints` of the API server's policies, which Kyverno has taken over. */
export function matchConstraints({ control }: AdmissionRequest): object {
  return {
    resourceRules: control.matches.map(({ group, version, resource, operations }) => ({
      apiGroups: [group],
      apiVersions: [version],
      resources: [resource],
      operations,
    })),
  };
}

/** All namespaces but those of the system and those that the control leaves out, and of them the marked ones where the control wants a mark. */
export function namespaceSelector({ control, systemNamespaces }: AdmissionRequest): object {
  const marks = control.kind === "expression" ? control.namespaceLabels : undefined;
  const except = control.kind === "expression" ? (control.exceptNamespaces ?? []) : [];
  return {
    ...(marks === undefined ? {} : { matchLabels: marks }),
    matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: "NotIn", values: [...systemNamespaces, ...except] }],
  };
}
