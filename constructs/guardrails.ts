import { splitAtTokens } from "../core/token.js";
import type { PodSecurityLevel } from "./pod-security.js";
import { ENFORCE_LABEL } from "./pod-security.js";

/** A ValidatingAdmissionPolicy as data: what it looks at, and what must hold, in CEL. */
export interface GuardrailDefinition {
  /** Name of policy and binding. */
  readonly name: string;
  /** What is looked at (`spec.matchConstraints.resourceRules`). */
  readonly resources: readonly {
    readonly resources: readonly string[];
    readonly operations: readonly ("CREATE" | "UPDATE")[];
  }[];
  /** Expressions that the validations share (`spec.variables`). */
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
  /** What must hold. */
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
}

/**
 * Namespaces keep their Pod Security level, `restricted` unless `levels` names another for them, and its pin: nobody who may
 * edit a namespace can let more in. Stricter is always allowed.
 */
export function podSecurityLock(levels: Readonly<Record<string, PodSecurityLevel>>): GuardrailDefinition {
  return {
    name: "ringfence-pod-security",
    resources: [{ resources: ["namespaces"], operations: ["CREATE", "UPDATE"] }],
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

/**
 * Containers of every kind run images pinned by digest, from registries of this list only.
 *
 * @param registries Hosts, or hosts with the beginning of a path, without a slash at the end; may hold tokens.
 */
export function imageOrigin(registries: readonly string[]): GuardrailDefinition {
  return {
    name: "ringfence-images",
    resources: [
      { resources: ["pods"], operations: ["CREATE", "UPDATE"] },
      { resources: ["pods/ephemeralcontainers"], operations: ["UPDATE"] },
    ],
    variables: [
      {
        name: "images",
        expression: ["containers", "initContainers", "ephemeralContainers"].map(imagesOf).join(" + "),
      },
      { name: "registries", expression: `[${registries.map((registry) => celString(`${registry}/`)).join(", ")}]` },
    ],
    validations: [
      {
        expression: "variables.images.all(image, image.matches('@sha256:[0-9a-f]{64}$'))",
        message: "every image must be pinned by a sha256 digest",
      },
      {
        expression: "variables.images.all(image, variables.registries.exists(registry, image.startsWith(registry)))",
        message: "every image must come from an approved registry, written out in full",
      },
    ],
  };
}

function imagesOf(list: string): string {
  const path = `object.spec.${list}`;
  return list === "containers" ? `${path}.map(c, c.image)` : `(has(${path}) ? ${path}.map(c, c.image) : [])`;
}

function celMap(map: Readonly<Record<string, string>>): string {
  return `{${Object.entries(map)
    .map(([key, value]) => `${celString(key)}: ${celString(value)}`)
    .join(", ")}}`;
}

/** A string literal of CEL. Tokens stay whole, since the bridge looks for them. */
function celString(text: string): string {
  const inner = splitAtTokens(text)
    .map((part) =>
      "token" in part ? `\${ringfence:${part.token}}` : part.text.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
    )
    .join("");
  return `'${inner}'`;
}
