import { issue } from "../../../core/issue.js";
import type { Issue } from "../../../core/issue.js";
import { checkSubdomain } from "../../checks.js";
import type { StringMap } from "../../manifest.js";
import { celList, celString, CONTAINERS, LABELS, SPEC_UNCHANGED } from "../cel.js";
import type { ExpressionControl } from "../control.js";
import { POD_ENTRANCES, PODS } from "../resources.js";

/** The label, with the value "true", that marks pods or namespaces for a sandboxed runtime. */
export const SANDBOX_LABEL = "ringfence.dev/sandbox";

/** The label, with the value "true", that marks namespaces in whose pods nobody runs commands. */
export const NO_EXEC_LABEL = "ringfence.dev/no-exec";

/** A resource that a container asks for or is limited to. */
export type LimitedResource = "cpu" | "memory" | "ephemeral-storage";

/** Arguments of {@link resourceLimits}. */
export interface ResourceLimitsOptions {
  /** @default ["cpu", "memory"] */
  readonly requests?: readonly LimitedResource[];
  /** @default ["memory"] */
  readonly limits?: readonly LimitedResource[];
}

/** The defaults of {@link resourceLimits}: processor time gives way, memory kills. */
export const RESOURCE_LIMITS_DEFAULTS = {
  requests: ["cpu", "memory"],
  limits: ["memory"],
} as const satisfies Required<ResourceLimitsOptions>;

/**
 * Containers ask for resources and are limited. Limit ranges of the namespace have been applied before; ephemeral
 * containers cannot have resources and are not asked.
 */
export function resourceLimits(options: ResourceLimitsOptions = {}): ExpressionControl {
  const { requests = RESOURCE_LIMITS_DEFAULTS.requests, limits = RESOURCE_LIMITS_DEFAULTS.limits } = options;
  return {
    kind: "expression",
    id: "resource-limits",
    title: "containers have requests and limits",
    rationale: "one pod takes what the others of its node need",
    matches: PODS,
    unchanged: SPEC_UNCHANGED,
    exemptions: "namespaced",
    variables: [{ name: "containers", expression: CONTAINERS }],
    validations: [
      {
        expression: allContainersHave("requests", requests),
        message: `every container must have resources.requests of ${requests.join(", ")}`,
      },
      {
        expression: allContainersHave("limits", limits),
        message: `every container must have resources.limits of ${limits.join(", ")}`,
      },
    ],
  };
}

function allContainersHave(field: "requests" | "limits", names: readonly LimitedResource[]): string {
  const has = `has(c.resources) && has(c.resources.${field})`;
  return `variables.containers.all(c, ${has} && ${celList(names)}.all(name, name in c.resources.${field}))`;
}

/** Arguments of {@link runtimeClass}. */
export interface RuntimeClassOptions {
  /** Names of RuntimeClasses, at least one: those of gVisor or Kata. */
  readonly classes: readonly string[];
  /**
   * What carries {@link SANDBOX_LABEL}. Whoever writes a pod can leave its label out: mark namespaces where the authors are
   * not trusted.
   *
   * @default "namespaces"
   */
  readonly marked?: "namespaces" | "pods";
}

/** Pods that are marked run in a sandbox. */
export function runtimeClass({ classes, marked = "namespaces" }: RuntimeClassOptions): ExpressionControl {
  const inClass = `has(object.spec.runtimeClassName) && object.spec.runtimeClassName in ${celList(classes)}`;
  const isMarked = `${celString(SANDBOX_LABEL)} in ${LABELS} && object.metadata.labels[${celString(SANDBOX_LABEL)}] == 'true'`;
  return {
    kind: "expression",
    id: "runtime-class",
    title: "marked pods run in a sandbox",
    rationale: "a fault in the kernel lets untrusted code out of its container",
    matches: PODS,
    ...(marked === "namespaces" ? { namespaceLabels: mark(SANDBOX_LABEL) } : {}),
    unchanged: SPEC_UNCHANGED,
    exemptions: "namespaced",
    validations: [
      {
        expression: marked === "namespaces" ? inClass : `!(${isMarked}) || (${inClass})`,
        message: `the pod must have one of the runtime classes ${classes.join(", ")}`,
      },
    ],
    issues: checkClasses(classes),
  };
}

function checkClasses(classes: readonly string[]): readonly Issue[] {
  if (classes.length > 0) return classes.flatMap((name, i) => checkSubdomain(`classes[${i}]`, name));
  const advice = "Name a RuntimeClass of the cluster, such as 'gvisor'";
  return [issue("Required", "classes", "must name at least one runtime class", classes, advice)];
}

/**
 * Nobody runs commands in pods of namespaces that carry {@link NO_EXEC_LABEL}: no exec, attach and ephemeral containers. A
 * request for exec holds the pod's name and not its labels, hence the namespace is marked. Nothing can be exempt, since such
 * a request holds no time either: take the label away.
 */
export function noExec(): ExpressionControl {
  return {
    kind: "expression",
    id: "no-exec",
    title: "nobody runs commands in pods of marked namespaces",
    rationale: "whoever may exec acts as the pod: its secrets, its identity, its network",
    matches: POD_ENTRANCES,
    namespaceLabels: mark(NO_EXEC_LABEL),
    exemptions: "none",
    validations: [
      {
        // Gatekeeper asks about pods as a whole, too, and then names no subresource.
        expression: "!(has(request.subResource) && request.subResource in ['attach', 'exec', 'ephemeralcontainers'])",
        message: `nobody may exec, attach or add a container in a namespace with the label ${NO_EXEC_LABEL}`,
      },
    ],
  };
}

function mark(label: string): StringMap {
  return { [label]: "true" };
}
