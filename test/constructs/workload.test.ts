import {
  HardenedDeployment,
  HardenedNamespace,
  ImageRef,
  RootFilesystem,
  RunAs,
  ServiceAccountToken,
  Volume,
} from "../../constructs/index.js";
import type { HardenedDeploymentProps } from "../../constructs/index.js";
import { CONTRACT, DIGEST, IMAGE, only, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

function deployment(props: HardenedDeploymentProps): readonly Manifest[] {
  return synth((chart) => new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", props));
}

function podSpecOf(manifest: Manifest): unknown {
  return (manifest["spec"] as { template: { spec: unknown } }).template.spec;
}

describe("HardenedDeployment", () => {
  const manifests = deployment({ image: IMAGE, ports: { http: 8080 } });

  test("writes a pod that Pod Security restricted admits, and more", () => {
    expect(podSpecOf(only(manifests, "Deployment", "api"))).toEqual({
      serviceAccountName: "api",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      hostUsers: false,
      terminationGracePeriodSeconds: 30,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": "api" } },
      })),
      containers: [
        {
          name: "api",
          image: IMAGE,
          imagePullPolicy: "IfNotPresent",
          ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
          resources: {
            requests: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "256Mi" },
            limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ["ALL"] },
          },
          readinessProbe: {
            tcpSocket: { port: 8080 },
            initialDelaySeconds: 0,
            periodSeconds: 5,
            timeoutSeconds: 2,
            failureThreshold: 3,
          },
          livenessProbe: {
            tcpSocket: { port: 8080 },
            initialDelaySeconds: 10,
            periodSeconds: 10,
            timeoutSeconds: 2,
            failureThreshold: 6,
          },
        },
      ],
    });
  });

  test("has a service account of its own, without a token", () => {
    expect(only(manifests, "ServiceAccount", "api")).toMatchObject({
      metadata: { namespace: "shop" },
      automountServiceAccountToken: false,
    });
  });

  test("keeps one replica while nodes are drained", () => {
    expect(only(manifests, "PodDisruptionBudget", "api")["spec"]).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { "app.kubernetes.io/name": "api" } },
    });
    expect(deployment({ image: IMAGE, replicas: 1 }).filter((m) => m.kind === "PodDisruptionBudget")).toEqual([]);
  });

  test("selects its pods by the label that it puts on them, whatever labels are asked for", () => {
    const object = only(
      deployment({ image: IMAGE, podLabels: { "app.kubernetes.io/name": "other", tier: "web" } }),
      "Deployment",
      "api",
    );
    expect(object["spec"]).toMatchObject({
      replicas: 2,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: { "app.kubernetes.io/name": "api" } },
      template: { metadata: { labels: { "app.kubernetes.io/name": "api", tier: "web" } } },
    });
  });

  test("waits for its service account, its policy and the guards of its namespace", () => {
    const order = manifests.map((m) => `${m.kind} ${m.metadata.name}`);
    const before = order.slice(0, order.indexOf("Deployment api"));
    expect(before).toEqual(
      expect.arrayContaining([
        "Namespace shop",
        "NetworkPolicy default-deny",
        "NetworkPolicy allow-dns",
        "LimitRange container-defaults",
        "NetworkPolicy api",
        "ServiceAccount api",
      ]),
    );
  });

  test("late values pass through images, variables and annotations", () => {
    const object = only(
      deployment({
        image: `${CONTRACT.registryHost}/api@${DIGEST}`,
        env: { DB_SECRET_ARN: "${ringfence:db}", POD: { podField: "metadata.name" } },
        podAnnotations: { key: "${ringfence:key}" },
      }),
      "Deployment",
      "api",
    );
    expect(object["spec"]).toMatchObject({
      template: {
        metadata: { annotations: { key: "${ringfence:key}" } },
        spec: {
          containers: [
            {
              image: `\${ringfence:registry}/api@${DIGEST}`,
              env: [
                { name: "DB_SECRET_ARN", value: "${ringfence:db}" },
                { name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
              ],
            },
          ],
        },
      },
    });
  });

  test("init containers and sidecars get the same core, and share volumes in memory", () => {
    const credentials = Volume.memory("credentials");
    const object = only(
      deployment({
        image: IMAGE,
        mounts: { "/run/credentials": credentials.readOnly(), "/tmp": Volume.scratch("tmp", { sizeLimitMiB: 16 }) },
        initContainers: [{ name: "fetch", image: IMAGE, mounts: { "/run/credentials": credentials } }],
        sidecars: [
          { name: "refresh", image: IMAGE, ports: { metrics: 9090 }, mounts: { "/run/credentials": credentials } },
        ],
      }),
      "Deployment",
      "api",
    );
    const core = {
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      volumeMounts: [{ name: "credentials", mountPath: "/run/credentials" }],
    };
    expect(podSpecOf(object)).toMatchObject({
      initContainers: [
        { name: "fetch", ...core },
        { name: "refresh", restartPolicy: "Always", ...core },
      ],
      containers: [
        {
          volumeMounts: [
            { name: "credentials", mountPath: "/run/credentials", readOnly: true },
            { name: "tmp", mountPath: "/tmp" },
          ],
        },
      ],
      volumes: [
        { name: "credentials", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
        { name: "tmp", emptyDir: { sizeLimit: "16Mi" } },
      ],
    });
    expect(podSpecOf(object)).not.toHaveProperty("initContainers.0.restartPolicy");
  });

  test("files of Secrets and ConfigMaps are readable by the pod's group only", () => {
    const object = only(
      deployment({
        image: IMAGE,
        runAs: RunAs.uid(999),
        mounts: {
          "/etc/tls": Volume.secret("tls", { secretName: "api-tls" }),
          "/etc/app": Volume.configMap("app", { configMapName: "api" }),
        },
      }),
      "Deployment",
      "api",
    );
    expect(podSpecOf(object)).toMatchObject({
      securityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
      volumes: [
        { name: "tls", secret: { secretName: "api-tls", defaultMode: 0o440 } },
        { name: "app", configMap: { name: "api", defaultMode: 0o440 } },
      ],
    });
  });

  test("what is loosened carries its reason on the object", () => {
    const reason = "the vendor's image writes beside its program";
    const object = only(
      deployment({
        image: ImageRef.unpinned("vendor.example.com/app:1", { reason }),
        rootFilesystem: RootFilesystem.writable({ reason }),
        serviceAccountToken: ServiceAccountToken.projected({
          audience: "vault",
          mountPath: "/run/vault",
          expirationSeconds: 600,
          reason,
        }),
      }),
      "Deployment",
      "api",
    );
    expect(JSON.parse(object.metadata.annotations?.["ringfence.dev/relaxations"] ?? "")).toEqual([
      { choice: "ImageRef.unpinned", reason },
      { choice: "RootFilesystem.writable", reason },
      { choice: "ServiceAccountToken.projected", reason },
    ]);
    expect(podSpecOf(object)).toMatchObject({
      automountServiceAccountToken: false,
      containers: [
        {
          image: "vendor.example.com/app:1",
          imagePullPolicy: "Always",
          securityContext: { readOnlyRootFilesystem: false },
          volumeMounts: [{ name: "service-account-token", mountPath: "/run/vault", readOnly: true }],
        },
      ],
      volumes: [
        {
          name: "service-account-token",
          projected: {
            defaultMode: 0o440,
            sources: [{ serviceAccountToken: { path: "token", expirationSeconds: 600, audience: "vault" } }],
          },
        },
      ],
    });
  });

  test("a token for the API server lies where clients look, with certificate and namespace", () => {
    const serviceAccountToken = ServiceAccountToken.apiServer({ reason: "the controller watches its own objects" });
    expect(podSpecOf(only(deployment({ image: IMAGE, serviceAccountToken }), "Deployment", "api"))).toMatchObject({
      containers: [{ volumeMounts: [{ mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true }] }],
      volumes: [
        {
          projected: {
            sources: [
              { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
              { configMap: { name: "kube-root-ca.crt" } },
              { downwardAPI: { items: [{ path: "namespace" }] } },
            ],
          },
        },
      ],
    });
  });
});
