import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, KubernetesObject } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { isAlbIngress } from "../../../lib/exposure.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const LISTEN_PATH = 'metadata.annotations["alb.ingress.kubernetes.io/listen-ports"]';

/**
 * An ingress has a certificate, and plain HTTP is redirected or not served. For the class `alb` its annotations decide:
 * without a certificate the controller listens on plain port 80 (AWS Load Balancer Controller, "Ingress annotations").
 */
export const ingressTls = defineRule({
  id: "ingress-tls",
  title: "an ingress speaks TLS only",
  ring: "cluster",
  severity: "medium",
  rationale: "Over plain HTTP everybody on the way reads votes, passwords and session cookies, and changes them.",
  remediation:
    'spec: { ingressClassName: "alb" }, metadata: { annotations: { "alb.ingress.kubernetes.io/certificate-arn": certificateArn, "alb.ingress.kubernetes.io/listen-ports": \'[{"HTTPS":443}]\' } }',
  references: references(
    "catalogue/rules.csv: C-0263, KY require-ingress-https, ingress-host-match-tls, GK httpsonly, PO tlsSettingsMissing, AC_K8S_0002",
    { "cis-eks-1.8.0": ["5.4.5"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no certificate",
        resources: [
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: { name: "vote", namespace: "vote" },
            spec: { ingressClassName: "nginx", rules: [{ host: "vote.example.com" }] },
          }),
        ],
        path: "spec.tls",
      },
      {
        title: "an ALB without a certificate listens on port 80",
        resources: [
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: { name: "vote", namespace: "vote" },
            spec: { ingressClassName: "alb", tls: [{ hosts: ["vote.example.com"] }] },
          }),
        ],
        path: LISTEN_PATH,
      },
      {
        title: "an ALB that serves HTTP too, with no redirect",
        resources: [
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: {
              name: "vote",
              namespace: "vote",
              annotations: {
                "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:111122223333:certificate/1",
                "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
              },
            },
            spec: { ingressClassName: "alb" },
          }),
        ],
        path: LISTEN_PATH,
      },
    ],
    pass: [
      {
        title: "a certificate",
        resources: [
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: { name: "vote", namespace: "vote" },
            spec: { ingressClassName: "nginx", tls: [{ hosts: ["vote.example.com"], secretName: "vote-tls" }] },
          }),
        ],
      },
      {
        title: "an ALB with a certificate, which then listens on 443 only",
        resources: [
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: {
              name: "vote",
              namespace: "vote",
              annotations: {
                "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:111122223333:certificate/1",
              },
            },
            spec: { ingressClassName: "alb" },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the ports are an output",
        resources: [
          manifest({
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: {
              name: "vote",
              namespace: "vote",
              annotations: { "alb.ingress.kubernetes.io/listen-ports": unresolved("string") },
            },
            spec: { ingressClassName: "alb" },
          }),
        ],
        path: LISTEN_PATH,
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:Ingress"], ({ object, root }) => {
    const annotations = root.at("metadata", "annotations");
    if (isAlbIngress(object)) return judgeAlb(object, annotations);
    const redirect = annotations.at("nginx.ingress.kubernetes.io/ssl-redirect");
    if (redirect.boolean() === false) return fail(redirect, `${labelOf(object)} serves plain HTTP beside TLS`);
    const tls = root.at("spec", "tls");
    if (tls.isUnknown)
      return unknown(tls, `whether ${labelOf(object)} has a certificate is not known before the deployment`);
    return tls.items().length > 0 ? pass() : fail(tls, `${labelOf(object)} serves plain HTTP`);
  }),
});

function judgeAlb(object: KubernetesObject, annotations: Cursor): Verdict {
  const listen = annotations.at("alb.ingress.kubernetes.io/listen-ports");
  const hasCertificate = !annotations.at("alb.ingress.kubernetes.io/certificate-arn").isAbsent;
  const redirects = !annotations.at("alb.ingress.kubernetes.io/ssl-redirect").isAbsent;
  const undecided = `what ${labelOf(object)} listens on is not known before the deployment`;
  if (listen.isUnknown || listen.string() === UNKNOWN) return unknown(listen, undecided);
  const listeners = listen.json().items();
  const protocols = listen.isAbsent
    ? [hasCertificate ? "HTTPS" : "HTTP"]
    : listeners.flatMap((l) => l.entries().map(([key]) => key));
  if (!protocols.includes("HTTPS")) return fail(listen, `${labelOf(object)} serves plain HTTP`);
  return protocols.includes("HTTP") && !redirects
    ? fail(listen, `${labelOf(object)} serves plain HTTP beside TLS`)
    : pass();
}
