import type { PodSecurityLevel } from "../../pod-security.js";
import { ENFORCE_LABEL } from "../../pod-security.js";
import { celMap } from "../cel.js";
import type { ExpressionControl } from "../control.js";
import { NAMESPACES } from "../resources.js";

/**
 * Namespaces keep their Pod Security level, `restricted` unless `levels` names another for them, and its pin: nobody who may
 * edit a namespace can let more in. Stricter is always allowed.
 *
 * @param levels Levels other than `restricted`, by name of the namespace. @default - none
 */
export function podSecurityLock(levels: Readonly<Record<string, PodSecurityLevel>> = {}): ExpressionControl {
  return {
    kind: "expression",
    id: "pod-security",
    title: "namespaces keep their Pod Security level",
    rationale: "whoever may edit a namespace takes its level away and runs a pod that owns the node",
    matches: NAMESPACES,
    exemptions: "namespace",
    variables: [
      { name: "labels", expression: "has(object.metadata.labels) ? object.metadata.labels : {}" },
      { name: "levels", expression: celMap(levels) },
      {
        name: "level",
        expression: "object.metadata.name in variables.levels ? variables.levels[object.metadata.name] : 'restricted'",
      },
    ],
    validations: [
      {
        expression: `'${ENFORCE_LABEL}' in variables.labels && (variables.labels['${ENFORCE_LABEL}'] == variables.level || variables.labels['${ENFORCE_LABEL}'] == 'restricted')`,
        message: `the namespace must have the label ${ENFORCE_LABEL} at the level that was chosen for it, 'restricted' by default`,
      },
      {
        expression: `'${ENFORCE_LABEL}-version' in variables.labels && variables.labels['${ENFORCE_LABEL}-version'] != 'latest'`,
        message: `the namespace must pin ${ENFORCE_LABEL}-version at a version of Kubernetes`,
      },
    ],
  };
}
