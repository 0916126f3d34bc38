import type { SystemNamespace } from "../../system-namespace.js";
import { celOr, SPEC_UNCHANGED } from "../cel.js";
import type { ExpressionControl } from "../control.js";
import { PERSISTENT_VOLUMES, PODS } from "../resources.js";

/** Arguments of {@link noHostPath}. */
export interface NoHostPathOptions {
  /** Namespaces that hold their pods to the paths which were granted there. @default - none */
  readonly agents?: readonly SystemNamespace[];
}

/** Pods mount nothing of their node. Pod Security says so from `baseline` on; this holds where a namespace is `privileged`. */
export function noHostPath({ agents = [] }: NoHostPathOptions = {}): ExpressionControl {
  return {
    kind: "expression",
    id: "no-host-path",
    title: "pods mount no directory of their node",
    rationale: "a writable directory of the node, or the socket of its container runtime, gives root on the node",
    matches: PODS,
    ...(agents.length === 0 ? {} : { exceptNamespaces: agents.map(({ name }) => name) }),
    unchanged: SPEC_UNCHANGED,
    exemptions: "namespaced",
    validations: [
      {
        expression: `${celOr("object.spec.volumes", "[]")}.all(volume, !has(volume.hostPath))`,
        message: "no volume may be a hostPath",
      },
    ],
  };
}

/** Disks of the cluster are no directories of a node: Pod Security looks at pods only and lets a claim on one through. */
export function noHostVolume(): ExpressionControl {
  return {
    kind: "expression",
    id: "no-host-volume",
    title: "persistent volumes are no directory of a node",
    rationale: "a claim on such a volume passes Pod Security and mounts the node's files",
    matches: PERSISTENT_VOLUMES,
    unchanged: SPEC_UNCHANGED,
    exemptions: "any",
    validations: [
      {
        expression: "!has(object.spec.hostPath) && !has(object.spec.local)",
        message: "a persistent volume may not be a hostPath or local volume",
      },
    ],
  };
}
