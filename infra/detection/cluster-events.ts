import type { LogEvent } from "./log-alarm.js";

/** What decides the {@link clusterEvents}. */
export interface ClusterEventsSpec {
  readonly breakGlassRoleNames: readonly string[];
  /** Refused calls within five minutes. */
  readonly deniedCalls: number;
}

/** Controllers of the control plane that change RBAC by themselves: aggregation, garbage collection, a namespace's end. */
const RBAC_CONTROLLERS = [
  "clusterrole-aggregation-controller",
  "generic-garbage-collector",
  "namespace-controller",
].map((name) => `system:serviceaccount:kube-system:${name}`);

/**
 * What the audit log of a cluster raises an alarm on. The fields are those of `audit.k8s.io/v1` Event
 * (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/); EKS writes one as a JSON line, together with lines
 * of other components that have no `kind`. People are those whose user name does not begin with `system:` (Kubernetes'
 * components and service accounts) or `eks:` (the service).
 */
export function clusterEvents(spec: ClusterEventsSpec): readonly LogEvent[] {
  const person = [`$.user.username != "system:*"`, `$.user.username != "eks:*"`];
  const succeeded = "$.responseStatus.code < 400";
  const events: LogEvent[] = [
    {
      key: "anonymous",
      description: "somebody without credentials got an answer from the Kubernetes API, beyond health and version",
      pattern: all(
        `$.user.username = "system:anonymous"`,
        succeeded,
        ...["/healthz*", "/livez*", "/readyz*", "/version*"].map((uri) => `$.requestURI != "${uri}"`),
      ),
      threshold: 1,
    },
    {
      key: "secret-reads",
      description: "a person read Secrets of the cluster",
      pattern: all(
        `$.objectRef.resource = "secrets"`,
        any("$.verb", "get", "list", "watch"),
        ...person,
        "$.responseStatus.code = 200",
      ),
      threshold: 1,
    },
    {
      key: "exec",
      description: "somebody opened a shell in a pod, attached to one, forwarded a port, or added a debug container",
      pattern: all(
        `$.objectRef.resource = "pods"`,
        any("$.objectRef.subresource", "exec", "attach", "portforward", "ephemeralcontainers"),
        succeeded,
      ),
      threshold: 1,
    },
    {
      key: "rbac-change",
      description: "roles or bindings of the cluster were changed, by somebody other than the control plane",
      pattern: all(
        `$.objectRef.apiGroup = "rbac.authorization.k8s.io"`,
        any("$.verb", "create", "update", "patch", "delete", "deletecollection"),
        succeeded,
        ...["system:apiserver", "eks:*", ...RBAC_CONTROLLERS].map((user) => `$.user.username != "${user}"`),
      ),
      threshold: 1,
    },
    {
      key: "denied",
      description: "many calls were refused: somebody tries what they may do, or a role lost its rights",
      pattern: all(`$.kind = "Event"`, "$.responseStatus.code = 403"),
      threshold: spec.deniedCalls,
    },
  ];
  if (spec.breakGlassRoleNames.length > 0)
    events.push({
      key: "break-glass",
      description: "a break-glass role was used in the cluster",
      pattern: all(any("$.user.username", ...spec.breakGlassRoleNames.map((role) => `*:assumed-role/${role}/*`))),
      threshold: 1,
    });
  return events;
}

function all(...conditions: readonly string[]): string {
  return `{ ${conditions.map((one) => `(${one})`).join(" && ")} }`;
}

function any(field: string, ...values: readonly string[]): string {
  return values.map((value) => `(${field} = "${value}")`).join(" || ");
}
