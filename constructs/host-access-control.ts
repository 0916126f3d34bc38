import { celList, celOr } from "./admission/cel.js";
import type { CelValidation, ExpressionControl } from "./admission/control.js";
import { PODS } from "./admission/resources.js";
import { NAMESPACE_NAME_LABEL } from "./connection.js";
import { accessOf } from "./host-access.js";
import type { HostAccess } from "./host-access.js";

/**
 * The control that holds the pods of one namespace to what of the host was granted: the Pod Security level that admits the
 * one admits much more. Pure.
 */
export function hostAccessControl(namespace: string, granted: readonly HostAccess[]): ExpressionControl {
  const has = (kind: "network" | "processes" | "privileged" | "rootUser"): boolean =>
    accessOf(granted, kind).length > 0;
  const names = accessOf(granted, "capabilities").flatMap((a) => a.names);
  const validations: readonly (CelValidation | undefined)[] = [
    has("network") ? undefined : NO_HOST_NETWORK,
    has("processes") ? undefined : NO_HOST_PROCESSES,
    NO_HOST_IPC,
    has("privileged") ? undefined : NO_PRIVILEGED,
    has("privileged") ? undefined : capabilitiesIn(names),
    has("rootUser") || has("privileged") ? undefined : NO_ROOT,
    ...pathsIn(granted),
  ];
  const [first = NO_HOST_IPC, ...rest] = validations.filter((v) => v !== undefined);
  return {
    kind: "expression",
    id: `host-access-${namespace}`,
    title: `pods of ${namespace} take of the host only what was granted`,
    rationale: "a pod with more of the host than its task needs is a way to take over the node",
    matches: PODS,
    namespaceLabels: { [NAMESPACE_NAME_LABEL]: namespace },
    variables: [{ name: "containers", expression: ALL_CONTAINERS }],
    validations: [first, ...rest],
    exemptions: "none",
  };
}

const ALL_CONTAINERS = [
  "object.spec.containers",
  celOr("object.spec.initContainers", "[]"),
  celOr("object.spec.ephemeralContainers", "[]"),
].join(" + ");

const NO_HOST_NETWORK: CelValidation = {
  expression: [
    "!(has(object.spec.hostNetwork) && object.spec.hostNetwork)",
    "variables.containers.all(c, !has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0))",
  ].join(" && "),
  message: "the network of the node is not granted: leave out hostNetwork and hostPort",
};

const NO_HOST_PROCESSES: CelValidation = {
  expression: "!(has(object.spec.hostPID) && object.spec.hostPID)",
  message: "the processes of the node are not granted: leave out hostPID",
};

const NO_HOST_IPC: CelValidation = {
  expression: "!(has(object.spec.hostIPC) && object.spec.hostIPC)",
  message: "shared memory of the node is never granted: leave out hostIPC",
};

const NO_PRIVILEGED: CelValidation = {
  expression:
    "variables.containers.all(c, !(has(c.securityContext) && has(c.securityContext.privileged) && c.securityContext.privileged))",
  message: "privileged containers are not granted",
};

const NO_ROOT: CelValidation = {
  expression: [
    "variables.containers.all(c,",
    "(has(c.securityContext) && has(c.securityContext.runAsNonRoot) ? c.securityContext.runAsNonRoot",
    ": has(object.spec.securityContext) && has(object.spec.securityContext.runAsNonRoot) && object.spec.securityContext.runAsNonRoot))",
  ].join(" "),
  message: "root is not granted: set runAsNonRoot",
};

function capabilitiesIn(names: readonly string[]): CelValidation {
  return {
    expression: [
      "variables.containers.all(c, !(has(c.securityContext) && has(c.securityContext.capabilities)",
      `&& has(c.securityContext.capabilities.add)) || c.securityContext.capabilities.add.all(name, name in ${celList(names)}))`,
    ].join(" "),
    message:
      names.length === 0 ? "capabilities are not granted" : `only these capabilities are granted: ${names.join(", ")}`,
  };
}

/** Paths that are there at all, and of them those that nobody may write. */
function pathsIn(granted: readonly HostAccess[]): readonly CelValidation[] {
  const paths = accessOf(granted, "path");
  const all = paths.map((p) => p.hostPath);
  const writable = paths.filter((p) => p.writable).map((p) => p.hostPath);
  const volumes = celOr("object.spec.volumes", "[]");
  const below = (list: readonly string[]): string =>
    `${celList(list)}.exists(p, v.hostPath.path == p || v.hostPath.path.startsWith(p + '/'))`;
  const mountedReadOnly =
    "variables.containers.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, m.name != v.name || (has(m.readOnly) && m.readOnly)))";
  return [
    {
      expression: `${volumes}.all(v, !has(v.hostPath) || ${below(all)})`,
      message:
        all.length === 0
          ? "paths of the host are not granted"
          : `only these paths of the host are granted: ${all.join(", ")}`,
    },
    ...(all.length === writable.length
      ? []
      : [
          {
            expression: `${volumes}.all(v, !has(v.hostPath) || ${below(writable)} || ${mountedReadOnly})`,
            message: "paths of the host that are granted for reading must be mounted with readOnly",
          },
        ]),
  ];
}
