import type { Cursor, Read } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { service } from "../../../lib/service-examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectRead, notApplicable, unknown } from "../../../verdicts.js";

const CERTIFICATE = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";
const TLS_PORTS = "service.beta.kubernetes.io/aws-load-balancer-ssl-ports";
const HTTP = { type: "LoadBalancer", ports: [{ name: "http", port: 80 }] };
const ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/3f0c";

/**
 * Every TCP port of a load balancer carries TLS: the balancer ends it with a certificate, on all ports or those that
 * `aws-load-balancer-ssl-ports` names by number or name; or the port says that the pod does, by `appProtocol`, its name or
 * its number 443.
 */
export const serviceLbTls = defineRule({
  id: "service-lb-tls",
  title: "a load balancer of a Service carries TLS",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Without TLS whoever is on the way between client and load balancer reads passwords and changes answers, inside a company's network as well as on the internet.",
  remediation: `metadata: { annotations: { "${CERTIFICATE}": <ARN of the certificate> } }`,
  references: references("catalogue/rules.csv: KY require-encryption-aws-loadbalancers, C-0231†, HE, PPB", {
    "cis-eks-1.8.0": ["5.4.5"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no certificate", resources: [service(HTTP)], path: "spec.ports[0]" },
      {
        title: "a certificate for another port",
        resources: [
          service(
            {
              type: "LoadBalancer",
              ports: [
                { name: "https", port: 443 },
                { name: "admin", port: 8080 },
              ],
            },
            { [CERTIFICATE]: ARN, [TLS_PORTS]: "https" },
          ),
        ],
        path: "spec.ports[1]",
      },
    ],
    pass: [
      { title: "a certificate, which is for all ports", resources: [service(HTTP, { [CERTIFICATE]: ARN })] },
      {
        title: "the pod ends TLS",
        resources: [service({ type: "LoadBalancer", ports: [{ port: 8443, appProtocol: "https" }, { port: 443 }] })],
      },
      {
        title: "no TCP",
        resources: [service({ type: "LoadBalancer", ports: [{ port: 53, protocol: "UDP" }, { port: 443 }] })],
      },
      { title: "no load balancer", resources: [service({ ports: [{ port: 80 }] })] },
    ],
    unknown: [
      {
        title: "the ports with TLS are an output",
        resources: [service(HTTP, { [CERTIFICATE]: ARN, [TLS_PORTS]: unresolved("string") })],
        path: "spec.ports[0]",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Service"], ({ object, root }) => {
    const [type, ports] = [root.at("spec", "type"), root.at("spec", "ports")];
    const undecided = `whether the load balancer of ${labelOf(object)} carries TLS is not known before the deployment`;
    if (type.string() === UNKNOWN) return unknown(type, undecided);
    if (type.string() !== "LoadBalancer") return notApplicable("it has no load balancer");
    if (ports.isUnknown) return unknown(ports, undecided);
    return ports.items().map((port) =>
      expectRead(port, carriesTls(port, root.at("metadata", "annotations")), {
        absent: false,
        accept: (tls) => tls,
        message: `the load balancer of ${labelOf(object)} takes traffic without TLS`,
        undecided,
      }),
    );
  }),
});

function carriesTls(port: Cursor, annotations: Cursor): Read<boolean> {
  const protocol = port.at("protocol").string() ?? "TCP";
  if (protocol === "UDP" || protocol === "SCTP") return true;
  const [name, number, application] = [
    port.at("name").string(),
    port.at("port").number(),
    port.at("appProtocol").string(),
  ];
  if (number === 443 || /^(https|tls)\b/.test(text(name)) || /(^|\/)(https|tls|wss)$/.test(text(application)))
    return true;
  if (annotations.isUnknown) return UNKNOWN;
  const certificate = annotations.at(CERTIFICATE);
  const known = ![protocol, name, number, application].includes(UNKNOWN);
  // A reference is a certificate, whatever its ARN will be.
  if (certificate.isAbsent) return known ? false : UNKNOWN;
  const given = annotations.at(TLS_PORTS).string() ?? "*";
  if (given === UNKNOWN) return UNKNOWN;
  const listed = given.split(",").map((one) => one.trim());
  if (listed.includes("*") || listed.includes(text(name)) || listed.includes(String(number))) return true;
  return known ? false : UNKNOWN;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
