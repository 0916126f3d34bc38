import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { exposures } from "../../../lib/exposure.js";
import { service } from "../../../lib/service-examples.js";
import type { ExampleObject, ExampleValue } from "../../../model.js";
import { containersOf, labelOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const BALANCER = service({ type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 443 }] });
const PATH = "spec.template.spec.volumes";

function web(volumes: ExampleValue, fields: ExampleObject = {}) {
  return deployment("web", { volumes, containers: [], ...fields });
}

/** A workload that the internet reaches holds no Secret and no claim: an inventory of what an intruder finds first. */
export const workloadMountsSensitive = defineRule({
  id: "workload-mounts-sensitive",
  title: "what the internet reaches holds no secrets",
  ring: "container",
  severity: "info",
  rationale:
    "What the internet reaches is broken into first. The Secrets and the data that it mounts are what an intruder takes with him the same minute.",
  remediation: "Keep the credential in a workload behind it, which the internet does not reach",
  references: references("catalogue/rules.csv: C-0255, C-0257, C-0258", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a Secret",
        resources: [web([{ name: "db", secret: { secretName: "db" } }]), BALANCER],
        path: `${PATH}[0]`,
      },
      {
        title: "data",
        resources: [web([{ name: "data", persistentVolumeClaim: { claimName: "data" } }]), BALANCER],
        path: `${PATH}[0]`,
      },
    ],
    pass: [
      { title: "settings alone", resources: [web([{ name: "settings", configMap: { name: "settings" } }]), BALANCER] },
      {
        title: "the internet does not reach it",
        resources: [
          web([{ name: "db", secret: { secretName: "db" } }]),
          deployment("edge", { containers: [] }),
          service({ type: "LoadBalancer", selector: { app: "edge" }, ports: [{ port: 443 }] }),
        ],
      },
    ],
    unknown: [{ title: "its volumes are an output", resources: [web(unresolved("list")), BALANCER], path: PATH }],
  },
  ...onPods((pod) => {
    const found = exposures(pod.world).get(pod.workload);
    if (found === undefined) return notApplicable("the internet does not reach it by a load balancer of this plan");
    const volumes = pod.spec.at("volumes");
    if (volumes.isUnknown) return unknown(volumes, `what ${pod.label} mounts is not known before the deployment`);
    const mounted = volumes.items().filter((one) => HOLDS.some((field) => !one.at(field).isAbsent));
    const inEnvironment = containersOf(pod).flatMap(({ at }) => [
      ...at
        .at("env")
        .items()
        .map((one) => one.at("valueFrom", "secretKeyRef")),
      ...at
        .at("envFrom")
        .items()
        .map((one) => one.at("secretRef")),
    ]);
    const places = [...mounted, ...inEnvironment.filter((at) => !at.isAbsent)];
    if (places.length === 0) return pass();
    const way = `${pod.label}, which the internet reaches by ${labelOf(found.by)},`;
    return places.map((at) =>
      found.certain
        ? fail(at, `${way} holds a secret or data`)
        : unknown(
            at,
            `whether the internet reaches ${pod.label}, which holds a secret or data, is not known from this plan`,
          ),
    );
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:core/v1:Service", "kubernetes:networking.k8s.io/v1:Ingress"],
});

const HOLDS = ["secret", "persistentVolumeClaim"] as const;
