import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { exposures } from "../../../lib/exposure.js";
import { service } from "../../../lib/service-examples.js";
import { textList } from "../../../parameters.js";
import { labelOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const MEANT = textList(
  {
    name: "meant",
    about: "Workloads that are meant to be on the internet, each as 'namespace/name'.",
    fallback: [],
  },
  { pattern: /^[a-z0-9-]+\/[a-z0-9.-]+$/, rule: "a list of workloads, each as 'namespace/name'" },
);
const WEB = deployment("web", { containers: [] });
const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";

function balancer(scheme: Parameters<typeof service>[1], fields = {}) {
  return service({ type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 443 }], ...fields }, scheme);
}

/**
 * No workload is reached from the internet by a load balancer of a Service or ingress, but those that the parameter `meant`
 * names: an inventory, which nobody else keeps.
 */
export const workloadInternetExposed = defineRule({
  id: "workload-internet-exposed",
  title: "only workloads that are meant to be are on the internet",
  ring: "cluster",
  severity: "medium",
  rationale:
    "What the internet reaches is attacked within minutes. A label too few in a selector, or one annotation, puts a workload there; a list of those that are meant to be shows it.",
  remediation:
    "In ringfence.config.yaml: rules: { workload-internet-exposed: { meant: [vote/web] } }; or an internal load balancer",
  references: references("catalogue/rules.csv: C-0256, C-0266, C-0021, C-0274", {
    "owasp-k8s": ["K06"],
    attack: ["T1190"],
  }),
  since: "0.1.0",
  parameters: [MEANT],
  examples: {
    fail: [
      {
        title: "by a load balancer, which is public unless told",
        resources: [WEB, balancer({})],
        path: "spec.template.metadata.labels",
      },
      {
        title: "by an ingress",
        resources: [
          WEB,
          service({ selector: { app: "web" } }),
          manifest(
            {
              apiVersion: "networking.k8s.io/v1",
              kind: "Ingress",
              metadata: {
                name: "web",
                namespace: "vote",
                annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" },
              },
              spec: { ingressClassName: "alb", defaultBackend: { service: { name: "vote", port: { number: 80 } } } },
            },
            { as: "ingress" },
          ),
        ],
        path: "spec.template.metadata.labels",
      },
    ],
    pass: [
      { title: "an internal one", resources: [WEB, balancer({ [SCHEME]: "internal" })] },
      { title: "it is meant to be", resources: [WEB, balancer({})], parameters: { meant: ["vote/web"] } },
      {
        title: "the load balancer leads to other pods",
        resources: [WEB, balancer({}, { selector: { app: "other" } })],
      },
      {
        title: "it admits one organisation",
        resources: [WEB, balancer({}, { loadBalancerSourceRanges: ["203.0.113.0/24"] })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [WEB, balancer({ [SCHEME]: unresolved("string") })],
        path: "spec.template.metadata.labels",
      },
    ],
  },
  ...onPods(({ label, parameters, workload, world }) => {
    const found = exposures(world).get(workload);
    const { object, podMetadata } = workload;
    if (found === undefined || parameters.of(MEANT).includes(`${object.namespace ?? ""}/${object.name}`)) return pass();
    const at = podMetadata.at("labels");
    return found.certain
      ? fail(at, `the internet reaches ${label} by ${labelOf(found.by)}`)
      : unknown(at, `whether the internet reaches ${label} by ${labelOf(found.by)} is not known from this plan`);
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:core/v1:Service", "kubernetes:networking.k8s.io/v1:Ingress"],
});
