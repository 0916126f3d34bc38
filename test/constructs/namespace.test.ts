import { Deployment } from "cdk8s-plus-28";
import { HardenedNamespace, PodSecurity } from "../../constructs/index.js";
import { only, problems, synth } from "./synth.js";

const guarded = synth((chart) => new HardenedNamespace(chart, "vote"));

describe("HardenedNamespace", () => {
  test("pins Pod Security restricted for enforce, warn and audit", () => {
    expect(only(guarded, "Namespace", "vote").metadata.labels).toEqual({
      "app.kubernetes.io/managed-by": "ringfence",
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "v1.36",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/warn-version": "v1.36",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/audit-version": "v1.36",
    });
    expect(only(guarded, "Namespace", "vote").metadata.annotations).toBeUndefined();
  });

  test("pins at the version of the cluster", () => {
    const labels = only(
      synth((chart) => new HardenedNamespace(chart, "vote", { kubernetesVersion: "1.35" })),
      "Namespace",
      "vote",
    ).metadata.labels;
    expect(labels?.["pod-security.kubernetes.io/enforce-version"]).toBe("v1.35");
  });

  test("denies both directions by default", () => {
    const policy = only(guarded, "NetworkPolicy", "default-deny");
    expect(policy.metadata.namespace).toBe("vote");
    expect(policy["spec"]).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  test("opens DNS to CoreDNS over UDP and TCP, both selectors in one peer", () => {
    expect(only(guarded, "NetworkPolicy", "allow-dns")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { port: 53, protocol: "UDP" },
            { port: 53, protocol: "TCP" },
          ],
        },
      ],
    });
  });

  test("bounds the namespace and each container", () => {
    expect(only(guarded, "ResourceQuota", "namespace-quota")["spec"]).toEqual({
      hard: {
        "requests.cpu": "8",
        "limits.cpu": "16",
        "requests.memory": "16Gi",
        "limits.memory": "16Gi",
        pods: "50",
        persistentvolumeclaims: "10",
        "requests.storage": "100Gi",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    });
    expect(only(guarded, "LimitRange", "container-defaults")["spec"]).toEqual({
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "256Mi" },
          default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
        },
      ],
    });
  });

  test("an explicit undefined keeps a default", () => {
    const quota = { pods: 7, cpuLimitCores: undefined } as unknown as { pods: number };
    const spec = only(
      synth((chart) => new HardenedNamespace(chart, "vote", { quota })),
      "ResourceQuota",
      "namespace-quota",
    )["spec"];
    expect(spec).toMatchObject({ hard: { pods: "7", "limits.cpu": "16" } });
  });

  test("takes the token from the default service account", () => {
    expect(only(guarded, "ServiceAccount", "default")["automountServiceAccountToken"]).toBe(false);
  });

  test("comes before what lies in it", () => {
    expect(guarded.map((m) => m.kind)[0]).toBe("Namespace");
  });

  test("is an object of the cluster also in a chart with a namespace", () => {
    const manifests = synth((chart) => new HardenedNamespace(chart, "vote"), { namespace: "elsewhere" });
    expect(only(manifests, "Namespace", "vote").metadata.namespace).toBeUndefined();
    expect(only(manifests, "NetworkPolicy", "default-deny").metadata.namespace).toBe("vote");
  });

  test("a lower level needs a reason, which the namespace records; warn and audit stay", () => {
    const reason = "the log agent reads files of the node until the vendor ships a fix";
    const manifests = synth(
      (chart) => new HardenedNamespace(chart, "agents", { podSecurity: PodSecurity.privileged({ reason }) }),
    );
    const { labels, annotations } = only(manifests, "Namespace", "agents").metadata;
    expect(labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "privileged",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/audit": "restricted",
    });
    expect(annotations).toEqual({
      "ringfence.dev/relaxations": JSON.stringify([{ choice: "PodSecurity.privileged", reason }]),
    });
    expect(() => PodSecurity.baseline({ reason: "because" })).toThrow("'reason' must say why");
  });
});

describe("bad input of HardenedNamespace", () => {
  test("every problem is told at once", () => {
    const told = problems((chart) => {
      new HardenedNamespace(chart, "kube-system", {
        kubernetesVersion: "latest",
        quota: { pods: -1 },
        containerDefaults: { cpuRequestMillicores: 900 },
        approvedRegistries: ["https://ghcr.io/"],
        labels: { "pod-security.kubernetes.io/enforce": "privileged" },
      });
    });
    expect(told).toEqual([
      "'version' must be a minor version of Kubernetes, got 'latest'. Write it like '1.36'",
      "'approvedRegistries[0]' must be the host of a registry, got 'https://ghcr.io/'. Write it like '111122223333.dkr.ecr.eu-west-1.amazonaws.com' or 'ghcr.io/team'",
      "'containerDefaults.cpuLimitMillicores' must not be below the request of 900, got 500. Raise the limit or lower the request",
      "'name' must not be a namespace of the system, got 'kube-system'. Give the application a namespace of its own",
      "'labels' must not set Pod Security, got 'pod-security.kubernetes.io/enforce'. Use 'podSecurity'",
      "'quota.pods' must be a whole number from 0 to 1000000, got -1. Give a number in that range",
    ]);
  });

  test("a name that is known only at deployment gets one clear message", () => {
    expect(problems((chart) => new HardenedNamespace(chart, "vote", { name: "${ringfence:name}" }))[0]).toBe(
      "'name' must be known while the program is built, got '${ringfence:name}'. Write a literal: names, namespaces and address blocks cannot come from a deployment",
    );
  });

  test("an object of another library below it that lands elsewhere is an error", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "vote");
      new Deployment(ns, "web", { metadata: { name: "web" }, containers: [{ image: "web" }] });
      new Deployment(ns, "api", { metadata: { name: "api", namespace: ns.name }, containers: [{ image: "api" }] });
    });
    expect(told).toEqual([
      "'Deployment web' must have the namespace 'vote', got nothing. Give it metadata: { namespace: 'vote' }, or make it outside the HardenedNamespace",
    ]);
  });
});
