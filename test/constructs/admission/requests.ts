import { NO_EXEC_LABEL, SANDBOX_LABEL } from "../../../constructs/index.js";

/** A manifest as somebody sends it. */
export interface Sent {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly [field: string]: unknown;
}

/** One request to the API server, and whether it may pass. */
export interface AdmissionCase {
  readonly why: string;
  readonly admitted: boolean;
  readonly object: Sent;
  /** What is there before; makes the request an update. */
  readonly old?: Sent;
  readonly subResource?: "exec" | "attach" | "ephemeralcontainers";
  /** @default "kubernetes-admin" */
  readonly user?: string;
}

/** The namespace of most cases. */
export const NAMESPACE = "shop";

export const DIGEST = `sha256:${"0a".repeat(32)}`;
export const GOOD_IMAGE = `ghcr.io/team/app@${DIGEST}`;

export function container(change: object = {}, name = "app"): object {
  return { name, image: GOOD_IMAGE, ...change };
}

export function pod(spec: object = {}, labels: Record<string, string> = { app: "x" }, namespace = NAMESPACE): Sent {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace, labels },
    spec: { containers: [container()], ...spec },
  };
}

export const withImage = (image: string): Sent => pod({ containers: [container({ image })] });
export const good = (why: string, object: Sent, more: Partial<AdmissionCase> = {}): AdmissionCase => ({
  ...{ why, object, admitted: true },
  ...more,
});
export const bad = (why: string, object: Sent, more: Partial<AdmissionCase> = {}): AdmissionCase => ({
  ...{ why, object, admitted: false },
  ...more,
});

export function namespace(labels: Record<string, string>, name = "team-a"): Sent {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

export const PSA = "pod-security.kubernetes.io/enforce";

export function service(spec: object): Sent {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: NAMESPACE },
    spec: { selector: { app: "x" }, ports: [{ port: 80 }], ...spec },
  };
}

export function volume(source: object): Sent {
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "disk" },
    spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], ...source },
  };
}

export function role(rule: object, kind: "Role" | "ClusterRole" = "Role"): Sent {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: "reader", ...(kind === "Role" ? { namespace: NAMESPACE } : {}) },
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"], ...rule }],
  };
}

export function deployment(labels: Record<string, string>, inNamespace = NAMESPACE): Sent {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: inNamespace, labels },
    spec: {
      selector: { matchLabels: { app: "x" } },
      template: { metadata: { labels: { app: "x" } }, spec: { containers: [container()] } },
    },
  };
}

export const secret = (type: string, more: object = {}): Sent => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "s", namespace: NAMESPACE, ...more },
  type,
});

export const entrance = (kind: "PodExecOptions" | "PodAttachOptions", inNamespace: string): Sent => ({
  apiVersion: "v1",
  kind,
  metadata: { name: "web", namespace: inNamespace },
  ...(kind === "PodExecOptions" ? { command: ["sh"] } : {}),
  stdout: true,
});

export const RESOURCES = { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "64Mi" } };
export const EPHEMERAL = { ephemeralContainers: [container({ image: "busybox:1.36" }, "debug")] };

/** A namespace that carries the marks of `no-exec` and `runtime-class`. */
export const MARKED_NAMESPACE: Sent = namespace(
  { [NO_EXEC_LABEL]: "true", [SANDBOX_LABEL]: "true", "kubernetes.io/metadata.name": "vault" },
  "vault",
);
