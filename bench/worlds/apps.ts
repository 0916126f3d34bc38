import type { Data } from "./emit.js";
import type { Random } from "./random.js";

/** A Kubernetes object. */
export type KubernetesData = { readonly [key: string]: Data } & { readonly kind: string };

/** One application in a namespace. */
export interface App {
  readonly name: string;
  readonly namespace: string;
  readonly random: Random;
  /** Written by people who know what they do: most of its fields are as a rule would have them. */
  readonly careful: boolean;
}

/** The objects of an application; the pods come first, and others as often as charts bring them. */
export function objectsOf(app: App): KubernetesData[] {
  const { random } = app;
  const often = (share: number, object: (app: App) => KubernetesData): KubernetesData[] =>
    random.chance(share) ? [object(app)] : [];
  return [
    workload(app),
    service(app),
    configMap(app),
    serviceAccount(app),
    ...often(0.5, secret),
    ...often(0.5, role),
    ...often(0.5, roleBinding),
    ...often(0.6, networkPolicy),
    ...often(0.4, autoscaler),
    ...often(0.4, disruptionBudget),
    ...often(0.4, ingress),
    ...often(0.25, cronJob),
    ...often(0.3, serviceMonitor),
  ];
}

/** A namespace with the labels of Pod Security admission, where its owners are careful. */
export function namespace(name: string, careful: boolean): KubernetesData {
  const labels = careful ? { "pod-security.kubernetes.io/enforce": "restricted", team: name } : { team: name };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

function metadata({ name, namespace: place, random }: App, suffix = ""): { readonly [key: string]: Data } {
  return {
    name: `${name}${suffix}`,
    namespace: place,
    labels: labelsOf(name),
    annotations: {
      "meta.helm.sh/release-name": name,
      "meta.helm.sh/release-namespace": place,
      "example.com/commit": random.hex(40),
    },
  };
}

function labelsOf(name: string): { readonly [key: string]: Data } {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": `${name}-main`,
    "app.kubernetes.io/version": "1.17.3",
    "app.kubernetes.io/managed-by": "Helm",
    "helm.sh/chart": `${name}-4.2.0`,
  };
}

function workload(app: App): KubernetesData {
  const { name, random } = app;
  const kind = random.pick(["Deployment", "Deployment", "Deployment", "StatefulSet", "DaemonSet"]);
  const scaled = kind === "DaemonSet" ? {} : { replicas: random.int(1, 6) };
  const service = kind === "StatefulSet" ? { serviceName: name } : {};
  const template = { metadata: { labels: labelsOf(name) }, spec: podSpec(app) };
  const selector = { matchLabels: { "app.kubernetes.io/name": name } };
  return { apiVersion: "apps/v1", kind, metadata: metadata(app), spec: { ...scaled, ...service, selector, template } };
}

function podSpec(app: App): { readonly [key: string]: Data } {
  const { name, random, careful } = app;
  const sidecars = random.chance(0.3) ? [container(app, "metrics", 9102)] : [];
  const identity = careful
    ? { runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: { type: "RuntimeDefault" } }
    : { fsGroup: 2000 };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: !careful,
    securityContext: identity,
    ...(random.chance(0.03) ? { hostNetwork: true } : {}),
    containers: [container(app, "app", 8080), ...sidecars],
    volumes: [
      { name: "config", configMap: { name: `${name}-config` } },
      { name: "tmp", emptyDir: {} },
      ...(random.chance(0.05) ? [{ name: "logs", hostPath: { path: "/var/log" } }] : []),
    ],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": name } },
      },
    ],
  };
}

const SETTINGS = [
  "LOG_LEVEL",
  "LOG_FORMAT",
  "CACHE_SIZE",
  "CACHE_HOST",
  "WORKERS",
  "UPSTREAM_URL",
  "QUEUE_URL",
  "FEATURES",
  "REGION",
  "BUCKET",
  "TRACING_HOST",
  "TRACING_SAMPLES",
  "SHUTDOWN_GRACE",
  "DB_HOST",
  "DB_NAME",
  "DB_POOL",
];

function container(app: App, name: string, port: number): { readonly [key: string]: Data } {
  const { random, careful } = app;
  const image = `registry.example.com/${app.namespace}/${app.name}-${name}`;
  const settings = SETTINGS.map((key) => ({
    name: key,
    value: `${key.toLowerCase()}-${random.hex(12)}`,
  }));
  const hardened = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };
  return {
    name,
    image: careful ? `${image}@sha256:${random.hex(64)}` : `${image}:${random.pick(["latest", "1.4.2", "2025.3"])}`,
    imagePullPolicy: "IfNotPresent",
    securityContext: careful ? hardened : random.chance(0.05) ? { privileged: true } : {},
    ports: [{ name: "http", containerPort: port, protocol: "TCP" }],
    env: [
      ...settings,
      { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
      { name: "TOKEN", valueFrom: { secretKeyRef: { name: `${app.name}-credentials`, key: "token" } } },
    ],
    livenessProbe: { httpGet: { path: "/healthz", port: "http" }, initialDelaySeconds: 10, periodSeconds: 10 },
    startupProbe: { httpGet: { path: "/healthz", port: "http" }, failureThreshold: 30, periodSeconds: 2 },
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 },
    resources: { requests: { cpu: "100m", memory: "128Mi" }, ...(careful ? { limits: { memory: "256Mi" } } : {}) },
    volumeMounts: [
      { name: "config", mountPath: "/etc/app", readOnly: true },
      { name: "tmp", mountPath: "/tmp" },
    ],
  };
}

function service(app: App): KubernetesData {
  const open = !app.careful && app.random.chance(0.1);
  const ports = [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }];
  const selector = { "app.kubernetes.io/name": app.name };
  const spec = { type: open ? "LoadBalancer" : "ClusterIP", selector, ports };
  return { apiVersion: "v1", kind: "Service", metadata: metadata(app), spec };
}

function configMap(app: App): KubernetesData {
  const { random } = app;
  const lines = Array.from({ length: random.int(20, 110) }, (_, i) => `setting.${i}.value = ${random.hex(24)}`);
  const data = { "app.properties": `${lines.join("\n")}\n`, "log-level": "info", replicas: "3", debug: "false" };
  return { apiVersion: "v1", kind: "ConfigMap", metadata: metadata(app, "-config"), data };
}

function secret(app: App): KubernetesData {
  const token = Buffer.from(app.random.hex(48)).toString("base64");
  return { apiVersion: "v1", kind: "Secret", metadata: metadata(app, "-credentials"), type: "Opaque", data: { token } };
}

function serviceAccount(app: App): KubernetesData {
  const more = app.careful ? { automountServiceAccountToken: false } : {};
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: metadata(app), ...more };
}

const RBAC = "rbac.authorization.k8s.io";

function role(app: App): KubernetesData {
  const read = { apiGroups: [""], resources: ["configmaps", "pods"], verbs: ["get", "list", "watch"] };
  const wild = { apiGroups: ["*"], resources: ["*"], verbs: ["*"] };
  const rules = app.careful || app.random.chance(0.9) ? [read] : [read, wild];
  return { apiVersion: `${RBAC}/v1`, kind: "Role", metadata: metadata(app), rules };
}

function roleBinding(app: App): KubernetesData {
  const subjects = [{ kind: "ServiceAccount", name: app.name, namespace: app.namespace }];
  const roleRef = { apiGroup: RBAC, kind: "Role", name: app.name };
  return { apiVersion: `${RBAC}/v1`, kind: "RoleBinding", metadata: metadata(app), roleRef, subjects };
}

function networkPolicy(app: App): KubernetesData {
  const from = [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }];
  const spec = {
    podSelector: { matchLabels: { "app.kubernetes.io/name": app.name } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from, ports: [{ port: 8080, protocol: "TCP" }] }],
    egress: [{ to: [{ podSelector: {} }] }],
  };
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: metadata(app), spec };
}

function autoscaler(app: App): KubernetesData {
  const target = { type: "Utilization", averageUtilization: 75 };
  const spec = {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: app.name },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
  };
  return { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: metadata(app), spec };
}

function disruptionBudget(app: App): KubernetesData {
  const spec = { maxUnavailable: 1, selector: { matchLabels: { "app.kubernetes.io/name": app.name } } };
  return { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: metadata(app), spec };
}

function ingress(app: App): KubernetesData {
  const host = `${app.name}.example.com`;
  const backend = { service: { name: app.name, port: { name: "http" } } };
  const rules = [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  const tls = app.careful ? { tls: [{ hosts: [host], secretName: `${app.name}-tls` }] } : {};
  const spec = { ingressClassName: "internal", ...tls, rules };
  return { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: metadata(app), spec };
}

function cronJob(app: App): KubernetesData {
  const template = { metadata: { labels: labelsOf(app.name) }, spec: { ...podSpec(app), restartPolicy: "OnFailure" } };
  const spec = { schedule: "17 3 * * *", concurrencyPolicy: "Forbid", jobTemplate: { spec: { template } } };
  return { apiVersion: "batch/v1", kind: "CronJob", metadata: metadata(app, "-nightly"), spec };
}

function serviceMonitor(app: App): KubernetesData {
  const selector = { matchLabels: { "app.kubernetes.io/name": app.name } };
  const spec = { selector, endpoints: [{ port: "http", path: "/metrics", interval: "30s" }] };
  return { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor", metadata: metadata(app), spec };
}
