import {
  approvedRegistries,
  imageDigests,
  imageOrigin,
  noDefaultNamespace,
  noExec,
  noExternalIp,
  noHostPath,
  noHostVolume,
  noLatestTag,
  noNodePort,
  noTokenSecret,
  noWildcardRbac,
  podSecurityLock,
  requiredLabels,
  resourceLimits,
  runtimeClass,
} from "../../../constructs/index.js";
import type { ExpressionControl } from "../../../constructs/index.js";
import {
  bad,
  container,
  deployment,
  DIGEST,
  entrance,
  EPHEMERAL,
  good,
  GOOD_IMAGE,
  NAMESPACE,
  namespace,
  pod,
  PSA,
  RESOURCES,
  role,
  secret,
  service,
  volume,
  withImage,
} from "./requests.js";
import type { AdmissionCase } from "./requests.js";

/** Every control of the catalogue that is an expression, and requests that it must judge so. */
export const ADMISSION_CASES: readonly {
  readonly control: ExpressionControl;
  readonly cases: readonly AdmissionCase[];
}[] = [
  {
    control: approvedRegistries(["ghcr.io/team", "registry.example.com"]),
    cases: [
      good("an approved registry", withImage("registry.example.com/app:1")),
      good("the beginning of a path", withImage(GOOD_IMAGE)),
      bad("another registry", withImage("docker.io/library/nginx:1")),
      bad("a registry that begins alike", withImage("registry.example.com.evil.io/app:1")),
      bad("a registry that is left out", withImage("nginx:1")),
      bad("an init container", pod({ initContainers: [container({ image: "quay.io/x/y:1" }, "init")] })),
      good("an old pod that loses a label", pod({ containers: [container({ image: "nginx:1" })] }, {}), {
        old: pod({ containers: [container({ image: "nginx:1" })] }),
      }),
      bad("an update to another image", withImage("nginx:1"), { old: withImage(GOOD_IMAGE) }),
      bad("an ephemeral container", pod(EPHEMERAL), { old: pod(), subResource: "ephemeralcontainers" }),
      good("system namespaces", pod({ containers: [container({ image: "nginx:1" })] }, {}, "kube-system")),
    ],
  },
  {
    control: imageDigests(),
    cases: [
      good("a digest", withImage(GOOD_IMAGE)),
      good("a tag and a digest", withImage(`nginx:1@${DIGEST}`)),
      bad("a tag", withImage("ghcr.io/team/app:1")),
      bad("a digest that is cut", withImage("ghcr.io/team/app@sha256:0a0a")),
    ],
  },
  {
    control: noLatestTag(),
    cases: [
      good("a tag", withImage("registry.example.com:5000/app:1.2")),
      good("a digest", withImage(GOOD_IMAGE)),
      bad("latest", withImage("registry.example.com/app:latest")),
      bad("no tag, at a port", withImage("registry.example.com:5000/app")),
      bad("no tag", withImage("nginx")),
    ],
  },
  {
    control: imageOrigin(["ghcr.io/team"]),
    cases: [
      good("pinned and approved", withImage(GOOD_IMAGE)),
      bad("pinned and not approved", withImage(`docker.io/library/nginx@${DIGEST}`)),
      bad("approved and not pinned", withImage("ghcr.io/team/app:1")),
    ],
  },
  {
    control: noDefaultNamespace(),
    cases: [
      good("a namespace of its own", deployment({})),
      bad("a Deployment in default", deployment({}, "default")),
      bad("a Pod in default", pod({}, {}, "default")),
      good("what lies there already", deployment({ a: "b" }, "default"), { old: deployment({}, "default") }),
    ],
  },
  {
    control: noExec(),
    cases: [
      bad("exec in a marked namespace", entrance("PodExecOptions", "vault"), { subResource: "exec" }),
      bad("attach in a marked namespace", entrance("PodAttachOptions", "vault"), { subResource: "attach" }),
      bad("an ephemeral container there", pod(EPHEMERAL, { app: "x" }, "vault"), {
        old: pod({}, { app: "x" }, "vault"),
        subResource: "ephemeralcontainers",
      }),
      good("a pod in a marked namespace", pod({}, { app: "x" }, "vault")),
      good("exec elsewhere", entrance("PodExecOptions", NAMESPACE), { subResource: "exec" }),
    ],
  },
  {
    control: noExternalIp(),
    cases: [
      good("no addresses", service({})),
      bad("an address", service({ externalIPs: ["203.0.113.7"] })),
      bad("an address that is added", service({ externalIPs: ["203.0.113.7"] }), { old: service({}) }),
    ],
  },
  {
    control: noHostPath(),
    cases: [
      good("no volumes", pod()),
      good("scratch space", pod({ volumes: [{ name: "tmp", emptyDir: {} }] })),
      bad("a directory of the node", pod({ volumes: [{ name: "etc", hostPath: { path: "/etc" } }] })),
    ],
  },
  {
    control: noHostVolume(),
    cases: [
      good("a disk", volume({ csi: { driver: "ebs.csi.aws.com", volumeHandle: "vol-0" } })),
      bad("a directory of the node", volume({ hostPath: { path: "/etc" } })),
    ],
  },
  {
    control: noNodePort(),
    cases: [
      good("inside the cluster", service({ type: "ClusterIP" })),
      good("the default type", service({})),
      bad("a node port", service({ type: "NodePort" })),
      bad("a load balancer with node ports", service({ type: "LoadBalancer" })),
      good("a load balancer without", service({ type: "LoadBalancer", allocateLoadBalancerNodePorts: false })),
      bad(
        "a load balancer with one named",
        service({
          type: "LoadBalancer",
          allocateLoadBalancerNodePorts: false,
          ports: [{ port: 80, nodePort: 30_080 }],
        }),
      ),
    ],
  },
  {
    control: noTokenSecret(),
    cases: [
      good("another type", secret("Opaque")),
      bad(
        "a token of a service account",
        secret("kubernetes.io/service-account-token", {
          annotations: { "kubernetes.io/service-account.name": "default" },
        }),
      ),
    ],
  },
  {
    control: noWildcardRbac(),
    cases: [
      good("all by name", role({})),
      good("all by name, in the cluster", role({}, "ClusterRole")),
      bad("all verbs", role({ verbs: ["*"] })),
      bad("all groups", role({ apiGroups: ["*"] })),
      bad("all resources, in the cluster", role({ resources: ["*"] }, "ClusterRole")),
      bad("a subresource of all", role({ resources: ["*/scale"] })),
      good("no rules", { ...role({}, "ClusterRole"), rules: null }),
      bad("all URLs", {
        ...role({}, "ClusterRole"),
        rules: [{ nonResourceURLs: ["*"], verbs: ["get"] }],
      }),
      good("a path", { ...role({}, "ClusterRole"), rules: [{ nonResourceURLs: ["/healthz/*"], verbs: ["get"] }] }),
      good("the API server itself", role({ verbs: ["*"] }, "ClusterRole"), { user: "system:apiserver" }),
      good(
        "a label of an old role",
        { ...role({ verbs: ["*"] }), metadata: { name: "reader", namespace: NAMESPACE, labels: { a: "b" } } },
        {
          old: role({ verbs: ["*"] }),
        },
      ),
    ],
  },
  {
    control: podSecurityLock({ agents: "baseline" }),
    cases: [
      good("restricted and pinned", namespace({ [PSA]: "restricted", [`${PSA}-version`]: "v1.36" })),
      bad("no level", namespace({})),
      bad("privileged", namespace({ [PSA]: "privileged", [`${PSA}-version`]: "v1.36" })),
      bad("latest", namespace({ [PSA]: "restricted", [`${PSA}-version`]: "latest" })),
      good("the level that was chosen", namespace({ [PSA]: "baseline", [`${PSA}-version`]: "v1.36" }, "agents")),
      bad("less than that", namespace({ [PSA]: "privileged", [`${PSA}-version`]: "v1.36" }, "agents")),
      bad("that level for another", namespace({ [PSA]: "baseline", [`${PSA}-version`]: "v1.36" })),
    ],
  },
  {
    control: requiredLabels({ labels: ["example.com/team"] }),
    cases: [
      good("the label", deployment({ "example.com/team": "shop" })),
      bad("no labels", deployment({})),
      bad("an empty label", deployment({ "example.com/team": "" })),
      bad("a label that is taken away", deployment({}), { old: deployment({ "example.com/team": "shop" }) }),
      good("an old object that keeps its labels", deployment({}), { old: deployment({}) }),
    ],
  },
  {
    control: resourceLimits(),
    cases: [
      good("requests and limits", pod({ containers: [container({ resources: RESOURCES })] })),
      bad("nothing", pod()),
      bad("no limit", pod({ containers: [container({ resources: { requests: RESOURCES.requests } })] })),
      bad(
        "an init container without",
        pod({ containers: [container({ resources: RESOURCES })], initContainers: [container({}, "init")] }),
      ),
    ],
  },
  {
    control: runtimeClass({ classes: ["gvisor"] }),
    cases: [
      bad("no class in a marked namespace", pod({}, {}, "vault")),
      good("the class in a marked namespace", pod({ runtimeClassName: "gvisor" }, {}, "vault")),
      bad("another class there", pod({ runtimeClassName: "runc" }, {}, "vault")),
      good("no class elsewhere", pod()),
    ],
  },
  {
    control: { ...runtimeClass({ classes: ["gvisor"], marked: "pods" }), id: "runtime-class-of-pods" },
    cases: [
      good("no mark", pod()),
      good("no labels", pod({}, {})),
      good("a mark that is not set", pod({}, { "ringfence.dev/sandbox": "false" })),
      bad("a marked pod without the class", pod({}, { "ringfence.dev/sandbox": "true" })),
      good("a marked pod with it", pod({ runtimeClassName: "gvisor" }, { "ringfence.dev/sandbox": "true" })),
    ],
  },
];
