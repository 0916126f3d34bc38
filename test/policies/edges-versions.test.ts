/** Every version that Kubernetes has served a kind at is judged, with the names that its fields had there. */
import { manifest } from "../../policies/examples.js";
import type { ExampleObject } from "../../policies/index.js";
import { said } from "./said.js";

const TEMPLATE = {
  metadata: { labels: { app: "web" } },
  spec: { containers: [{ name: "web", image: "web", securityContext: { privileged: true } }] },
};
const WHERE = "spec.template.spec.containers[0].securityContext.privileged";

test.each([
  ["apps/v1", "Deployment"],
  ["apps/v1beta1", "Deployment"],
  ["apps/v1beta2", "DaemonSet"],
  ["apps/v1beta1", "StatefulSet"],
  ["extensions/v1beta1", "Deployment"],
  ["extensions/v1beta1", "DaemonSet"],
  ["extensions/v1beta1", "ReplicaSet"],
  ["batch/v1", "Job"],
])("pods of %s %s", (apiVersion, kind) => {
  const workload = manifest({
    apiVersion,
    kind,
    metadata: { name: "web", namespace: "vote" },
    spec: { template: TEMPLATE },
  });
  expect(said("pod-no-privileged", workload)).toEqual([`fail web ${WHERE}`]);
});

test.each(["batch/v2alpha1", "batch/v1beta1", "batch/v1"])("pods of %s CronJob", (apiVersion) => {
  const spec = { jobTemplate: { spec: { template: TEMPLATE } } };
  const job = manifest({ apiVersion, kind: "CronJob", metadata: { name: "web", namespace: "vote" }, spec });
  expect(said("pod-no-privileged", job)).toEqual([`fail web spec.jobTemplate.${WHERE}`]);
});

function ingress(apiVersion: string, spec: ExampleObject, annotations: ExampleObject = {}) {
  return manifest({
    apiVersion,
    kind: "Ingress",
    metadata: { name: "web", namespace: "vote", annotations },
    spec,
  });
}

describe.each(["extensions/v1beta1", "networking.k8s.io/v1beta1"])("an Ingress of %s", (apiVersion) => {
  test("is judged", () => {
    expect(said("ingress-tls", ingress(apiVersion, {}))).toEqual(["fail web spec.tls"]);
    expect(said("ingress-host-explicit", ingress(apiVersion, { rules: [{}] }))).toEqual([
      "fail web spec.rules[0].host",
    ]);
  });

  test("names its default backend by `backend`", () => {
    const backend = { serviceName: "web", servicePort: 80 };
    expect(said("ingress-no-default-backend", ingress(apiVersion, { backend }))).toEqual(["fail web spec.backend"]);
  });

  test("leads to the Service that it names by `serviceName`", () => {
    const backend = { serviceName: "svc", servicePort: 80 };
    const scheme = { "alb.ingress.kubernetes.io/scheme": "internet-facing" };
    const rules = [{ http: { paths: [{ path: "/", backend }] } }];
    const workload = manifest({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "app", namespace: "vote" },
      spec: { template: TEMPLATE },
    });
    const service = manifest({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "svc", namespace: "vote" },
      spec: { selector: { app: "web" } },
    });
    expect(said("workload-internet-exposed", workload, service, ingress(apiVersion, { rules }, scheme))).toEqual([
      "fail app spec.template.metadata.labels",
    ]);
  });
});

test("a NetworkPolicy of extensions/v1beta1 denies by default like one of networking.k8s.io", () => {
  const policy = (apiVersion: string) =>
    said(
      "namespace-default-deny",
      manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
      manifest({
        apiVersion,
        kind: "NetworkPolicy",
        metadata: { name: "deny", namespace: "vote" },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      }),
    );
  expect(policy("extensions/v1beta1")).toEqual(["pass"]);
  expect(policy("networking.k8s.io/v1")).toEqual(["pass"]);
});

test.each(["v1", "v1beta1", "v1alpha1"])("a role of rbac.authorization.k8s.io/%s", (version) => {
  const rules = [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }];
  const role = manifest({
    apiVersion: `rbac.authorization.k8s.io/${version}`,
    kind: "ClusterRole",
    metadata: { name: "ops" },
    rules,
  });
  expect(said("rbac-no-secret-read", role)).toEqual(["fail ops rules[0].resources[0]"]);
});
