import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { isPublicService, serviceFacing } from "../../../lib/exposure.js";
import { leadingTo } from "../../../lib/service-pods.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const SCHEME_PATH = 'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]';

/**
 * A load balancer is provably internal: by the scheme annotation, the older one, or a class of the AWS Load Balancer
 * Controller, whose default is internal. The controller built into Kubernetes defaults to internet-facing.
 */
export const serviceNoUnapprovedLoadbalancer = defineRule({
  id: "service-no-unapproved-loadbalancer",
  title: "a Service of type LoadBalancer is internal",
  ring: "cluster",
  severity: "medium",
  rationale:
    "One line in a manifest puts a pod on the internet, past everything that guards the ingress: no TLS policy, no firewall, no authentication at the edge.",
  remediation:
    'metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } }  // or type: ClusterIP behind the ingress',
  references: references(
    "catalogue/rules.csv: KY no-loadbalancer-service, GK block-loadbalancer-services, KL exposed-services, PCP disallow-load-balancer, KICS",
    { "owasp-k8s": ["K06"], attack: ["T1133"] },
  ),
  since: "0.1.0",
  covers: ["internet-to-pod-path"],
  examples: {
    fail: [
      {
        title: "no scheme, which is internet-facing",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: "vote", namespace: "vote" },
            spec: { type: "LoadBalancer" },
          }),
        ],
        path: SCHEME_PATH,
      },
      {
        title: "internet-facing by name",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Service",
            metadata: {
              name: "vote",
              namespace: "vote",
              annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
            },
            spec: { type: "LoadBalancer" },
          }),
        ],
        path: SCHEME_PATH,
      },
    ],
    pass: [
      {
        title: "internal by name",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Service",
            metadata: {
              name: "vote",
              namespace: "vote",
              annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
            },
            spec: { type: "LoadBalancer" },
          }),
        ],
      },
      {
        title: "no load balancer",
        resources: [
          manifest({ apiVersion: "v1", kind: "Service", metadata: { name: "vote", namespace: "vote" }, spec: {} }),
        ],
      },
      {
        title: "the AWS Load Balancer Controller's default is internal",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: "vote", namespace: "vote" },
            spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Service",
            metadata: {
              name: "vote",
              namespace: "vote",
              annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": unresolved("string") },
            },
            spec: { type: "LoadBalancer" },
          }),
        ],
        path: SCHEME_PATH,
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Service"], ({ object, root, world }) => {
    const type = root.at("spec", "type");
    if (type.string() === UNKNOWN)
      return unknown(type, `whether ${labelOf(object)} gets a load balancer is not known before the deployment`);
    if (type.string() !== "LoadBalancer") return pass();
    const { at, internet } = serviceFacing(object);
    if (internet === UNKNOWN)
      return unknown(
        at,
        `whether the load balancer of ${labelOf(object)} is internal is not known before the deployment`,
      );
    if (!internet) return pass();
    const whom = leadingTo(world, object);
    return isPublicService(object) === false
      ? fail(at, `${labelOf(object)} opens a load balancer to the addresses that it names${whom}`, { severity: "low" })
      : fail(at, `${labelOf(object)} opens a load balancer to the internet${whom}`);
  }),
});
