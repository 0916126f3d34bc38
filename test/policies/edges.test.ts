/** What the examples of the rules do not show: exceptions, and platform semantics at their edges. */
import { container, cluster, deployment, manifest, planned, ref, unresolved } from "../../policies/examples.js";
import type { ExampleObject } from "../../policies/index.js";
import { said } from "./said.js";

const KEY = "aws:kms/key:Key";
const CLUSTER = "aws:eks/cluster:Cluster";
const NONE_TAKEN = { securityContext: { capabilities: { drop: ["ALL"] } } };

describe("cluster", () => {
  const service = (annotations: ExampleObject) =>
    said(
      "service-no-unapproved-loadbalancer",
      manifest({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "s", annotations },
        spec: { type: "LoadBalancer" },
      }),
    );
  const older = "service.beta.kubernetes.io/aws-load-balancer-internal";

  test("the older annotation makes a load balancer internal, unless it says false", () => {
    expect(service({ [older]: "0.0.0.0/0" })).toEqual(["pass"]);
    expect(service({ [older]: "true" })).toEqual(["pass"]);
    expect(service({ [older]: "false" })).toHaveLength(1);
    expect(service({ [older]: "false" })[0]).toMatch(/^fail/);
  });

  test("a patch of what exists already is judged by what it names", () => {
    const account = (fields: ExampleObject) =>
      manifest({
        apiVersion: "v1",
        kind: "ServiceAccountPatch",
        metadata: { name: "default", namespace: "vote" },
        ...fields,
      });
    const off = account({ automountServiceAccountToken: false });
    expect(said("sa-default-no-automount", account({}))).toEqual(["notApplicable"]);
    expect(said("sa-default-no-automount", off)).toEqual(["pass"]);
    expect(said("sa-default-no-automount", account({ automountServiceAccountToken: true }))).toHaveLength(1);
    expect(said("pod-no-automount-sa-token", off, container("web", {}))).toEqual(["pass"]);
    const namespace = (labels: ExampleObject) =>
      manifest({ apiVersion: "v1", kind: "NamespacePatch", metadata: { name: "vote", labels } });
    const level = "pod-security.kubernetes.io/enforce";
    expect(said("namespace-psa-enforce", namespace({}))).toEqual(["notApplicable"]);
    expect(said("namespace-psa-not-privileged", namespace({ [level]: "privileged" }))[0]).toMatch(/^fail vote/);
    expect(said("psa-admission-dry-run", namespace({ [level]: "restricted" }), container("web", {}))[0]).toMatch(
      /^fail web/,
    );
  });

  test("admission judges at the version that the label pins, never newer than the cluster", () => {
    const pod = (pinned: string, version: string) =>
      said(
        "psa-admission-dry-run",
        planned(CLUSTER, "prod", { version }),
        manifest(
          {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
              name: "vote",
              labels: {
                "pod-security.kubernetes.io/enforce": "baseline",
                "pod-security.kubernetes.io/enforce-version": pinned,
              },
            },
          },
          { as: "ns" },
        ),
        container("web", { livenessProbe: { httpGet: { host: "169.254.169.254", port: 80 } } }),
      );
    const refused = ["fail web spec.template.spec.containers[0].livenessProbe.httpGet.host"];
    // The check of probe hosts came with 1.34.
    expect([pod("v1.34", "1.36"), pod("latest", "1.36"), pod("v1.36", "1.33"), pod("v1.33", "1.36")]).toEqual([
      refused,
      refused,
      ["pass"],
      ["pass"],
    ]);
  });

  test("a pod on its node's network is on everybody's way, whatever it drops", () => {
    const namespace = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });
    const pod = (hostNetwork: ExampleObject[string]) =>
      deployment("proxy", { hostNetwork, containers: [{ name: "proxy", image: "p", ...NONE_TAKEN }] });
    const rule = "namespace-plaintext-traffic-interceptable";
    expect(said(rule, namespace, pod(true))).toEqual(["fail ns "]);
    expect(said(rule, namespace, pod(unresolved()))).toEqual(["unknown ns "]);
    expect(said(rule, namespace, pod(false))).toEqual(["pass"]);
    expect(said(rule, namespace)).toEqual(["notApplicable"]);
  });

  test("a namespace's own mesh policy decides over that of the whole mesh", () => {
    const mesh = (namespace: string, mode: string) =>
      manifest({
        apiVersion: "security.istio.io/v1beta1",
        kind: "PeerAuthentication",
        metadata: { name: namespace, namespace },
        spec: { mtls: { mode } },
      });
    const vote = [
      manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" }),
      container("web", {}),
    ];
    const rule = "namespace-plaintext-traffic-interceptable";
    expect(said(rule, ...vote, mesh("istio-system", "STRICT"), mesh("vote", "PERMISSIVE"))).toEqual(["fail ns "]);
    expect(said(rule, ...vote, mesh("istio-system", "PERMISSIVE"), mesh("vote", "STRICT"))).toEqual(["pass"]);
  });

  test("another engine enforces policies of a cluster that this plan does not make", () => {
    const policy = manifest({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "deny", namespace: "vote" },
      spec: {},
    });
    const calico = manifest({
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "calico-node", namespace: "kube-system" },
      spec: { template: { spec: { containers: [{ name: "n", image: "quay.io/calico/node:v3.30" }] } } },
    });
    expect(said("network-policy-actually-enforced", policy, calico)).toEqual(["pass"]);
    expect(said("network-policy-actually-enforced", policy)).toEqual(["notApplicable"]);
    expect(said("network-policy-actually-enforced")).toEqual(["notApplicable"]);
  });

  test("Auto Mode enforces network policies when its ConfigMap asks for it", () => {
    const map = (value: string) =>
      manifest(
        {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
          data: { "enable-network-policy-controller": value },
        },
        { provider: "k8s" },
      );
    const auto = cluster({ computeConfig: { enabled: true } });
    expect(said("eks-network-policy-engine-enabled", ...auto, map("true"))).toEqual(["pass"]);
    expect(said("eks-network-policy-engine-enabled", ...auto, map("false"))[0]).toMatch(/^fail amazon-vpc-cni/);
    expect(said("eks-network-policy-engine-enabled", ...auto)).toEqual(["fail prod computeConfig"]);
  });

  test("an access entry without groups is not asked, and a RoleBinding leads somewhere too", () => {
    const entry = (inputs: ExampleObject) =>
      planned("aws:eks/accessEntry:AccessEntry", "ops", { clusterName: ref("prod", "name"), ...inputs });
    const binding = manifest(
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: { name: "b", namespace: "vote" },
        roleRef: { kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ kind: "Group", name: "ops" }],
      },
      { provider: "k8s" },
    );
    expect(said("access-entry-rbac-closure", ...cluster(), entry({}), binding)).toEqual(["notApplicable"]);
    expect(said("access-entry-rbac-closure", ...cluster(), entry({ kubernetesGroups: ["ops"] }), binding)).toEqual([
      "pass",
    ]);
  });
});

describe("code", () => {
  const template = (inputs: ExampleObject) =>
    planned("aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "template", {
      prefix: "ecr-public",
      ...inputs,
    });
  const cache = planned("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", "cache", {
    ecrRepositoryPrefix: "ecr-public",
  });
  const image = { image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/docker/library/redis:7" };
  const rule = "image-from-hardened-planned-repository";

  test("an image of a pull-through cache is judged by the template of its repositories", () => {
    const guarded = template({
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: ref("key", "arn") }],
    });
    expect(said(rule, container("cache-web", image), cache, guarded, planned(KEY, "key", {}))).toEqual(["pass"]);
    expect(said(rule, container("cache-web", image), cache, template({}))).toEqual([
      "fail cache-web spec.template.spec.containers[0].image",
    ]);
    expect(said(rule, container("cache-web", image), cache)).toEqual([
      "unknown cache-web spec.template.spec.containers[0].image",
    ]);
  });

  test("images of other registries are not ours to guard", () => {
    expect(said(rule, container("web", { image: "quay.io/prometheus/prometheus:v3" }))).toEqual(["notApplicable"]);
  });
});
