import { ELB_TLS_POLICIES } from "../../../../core/data/elb-tls-policies.js";
import type { Cursor, KubernetesObject, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, planned, ref, unresolved } from "../../../examples.js";
import { isAlbIngress, isPublicIngress } from "../../../lib/exposure.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const PREFIX = "alb.ingress.kubernetes.io";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const path = (name: string) => `metadata.annotations["${PREFIX}/${name}"]`;
const COMPLETE = {
  "wafv2-acl-arn": ref("acl", "arn"),
  "certificate-arn": ref("certificate", "arn"),
  "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
};

function open(annotations: ExampleObject, host = "vote.example.com") {
  const named = { scheme: "internet-facing", ...annotations };
  const prefixed = Object.fromEntries(Object.entries(named).map(([key, value]) => [`${PREFIX}/${key}`, value]));
  return [
    manifest({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "web", namespace: "vote", annotations: prefixed },
      spec: { ingressClassName: "alb", rules: [{ host }] },
    }),
    planned("aws:wafv2/webAcl:WebAcl", "acl", {}),
    planned(CERTIFICATE, "certificate", {
      domainName: "example.com",
      subjectAlternativeNames: ["*.example.com"],
    }),
  ];
}

/**
 * An ingress by which an Application Load Balancer faces the internet has a web ACL, a TLS policy of today, and a certificate
 * that covers every host (AWS Load Balancer Controller, "Ingress annotations"). Without `ssl-policy` the load balancer takes
 * one that still speaks TLS 1.0.
 */
export const ingressEdgeComplete = defineRule({
  id: "ingress-edge-complete",
  title: "a public ingress has a web firewall, a TLS policy and certificates for its hosts",
  ring: "cluster",
  severity: "medium",
  rationale:
    "The edge is the one place that everybody in the world may talk to. What is missing there no pod makes up for: known attacks come through, old clients drag TLS down, and browsers refuse a certificate of another name.",
  remediation:
    'annotations: { "alb.ingress.kubernetes.io/wafv2-acl-arn": acl.arn, "alb.ingress.kubernetes.io/certificate-arn": certificate.arn, "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" }',
  references: references("catalogue/cross-ring-rules.csv: N16", { "cis-eks-1.8.0": ["5.4.5"], "owasp-k8s": ["K06"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no web firewall",
        resources: open({ "certificate-arn": ref("certificate", "arn"), "ssl-policy": COMPLETE["ssl-policy"] }),
        path: path("wafv2-acl-arn"),
      },
      {
        title: "a TLS policy of 2016",
        resources: open({ ...COMPLETE, "ssl-policy": "ELBSecurityPolicy-2016-08" }),
        path: path("ssl-policy"),
      },
      {
        title: "the certificate is for another name",
        resources: open(COMPLETE, "a.b.example.com"),
        path: "spec.rules[0].host",
      },
    ],
    pass: [
      { title: "all three", resources: open(COMPLETE) },
      { title: "it stays in the VPC", resources: open({ scheme: "internal" }) },
      { title: "open to an office only", resources: open({ "inbound-cidrs": "203.0.113.0/24" }) },
    ],
    unknown: [
      {
        title: "whether it is public is an output",
        resources: open({ scheme: unresolved("string") }),
        path: path("scheme"),
      },
      {
        title: "the TLS policy is an output",
        resources: open({ ...COMPLETE, "ssl-policy": unresolved("string") }),
        path: path("ssl-policy"),
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:Ingress"], ({ object, root, world }) => {
    const annotation = (name: string) => root.at("metadata", "annotations", `${PREFIX}/${name}`);
    if (!isAlbIngress(object)) return notApplicable("another controller than AWS' makes its edge");
    const open = isPublicIngress(object);
    if (open === false) return pass();
    if (open === UNKNOWN)
      return unknown(
        annotation("scheme"),
        `whether ${labelOf(object)} faces the internet is not known before the deployment`,
      );
    const undecided = `how ${labelOf(object)} guards its edge is not known before the deployment`;
    const firewall = ["wafv2-acl-arn", "waf-acl-id", "wafv2-acl-name"].map(annotation).find((at) => !at.isAbsent);
    return [
      firewall === undefined
        ? fail(annotation("wafv2-acl-arn"), `the internet reaches ${labelOf(object)} past no web firewall`)
        : pass(),
      expectString(annotation("ssl-policy"), {
        absent: "ELBSecurityPolicy-2016-08",
        accept: (name) => ELB_TLS_POLICIES.some((one) => one === name),
        message: `${labelOf(object)} lets clients from the internet speak versions and ciphers of TLS that are broken`,
        undecided,
      }),
      ...judgeHosts(world, object, annotation("certificate-arn")),
    ];
  }),
  reads: ["kubernetes:networking.k8s.io/v1:Ingress", CERTIFICATE],
});

/** Without a certificate named, the controller looks one up by the hosts, of which the plan knows nothing. */
function judgeHosts(world: World, ingress: KubernetesObject, arn: Cursor): readonly Verdict[] {
  const certificates = world.resolve(ingress.resource, arn).filter((r) => r.type === CERTIFICATE);
  if (certificates.length === 0) return [];
  const names = certificates.flatMap((certificate) => {
    const inputs = world.inputsOf(certificate);
    const others = inputs.at("subjectAlternativeNames");
    return [
      inputs.at("domainName").string(),
      ...(others.isUnknown ? [UNKNOWN] : others.items().map((name) => name.string())),
    ];
  });
  const hosts = ingress.root
    .at("spec", "rules")
    .items()
    .map((rule) => rule.at("host"));
  return hosts
    .filter((host) => !host.isAbsent)
    .map((host) => {
      const text = host.string();
      const undecided = unknown(
        host,
        `whether a certificate covers the hosts of ${labelOf(ingress)} is not known before the deployment`,
      );
      if (text === UNKNOWN || text === undefined) return undecided;
      if (names.some((name) => typeof name === "string" && covers(name, text))) return pass();
      return names.includes(UNKNOWN)
        ? undecided
        : fail(host, `the certificate that ${labelOf(ingress)} shows is not for ${text}, so that browsers refuse it`);
    });
}

/** A wildcard stands for one label, the first (RFC 6125). */
function covers(name: string, host: string): boolean {
  const [wanted, given] = [name.toLowerCase(), host.toLowerCase()];
  return wanted === given || (wanted.startsWith("*.") && wanted.slice(1) === given.replace(/^[^.]+/, ""));
}
