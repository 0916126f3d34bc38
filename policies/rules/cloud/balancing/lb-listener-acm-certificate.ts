import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, Read, World } from "../../../../plan/world/index.js";
import type { PlannedResource } from "../../../../plan/model/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { LISTENERS, LOAD_BALANCERS, protocolOf } from "../../../lib/load-balancers.js";
import type { ExampleObject, ExampleResource, Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const LISTENER = LISTENERS[0];
const MORE = "aws:lb/listenerCertificate:ListenerCertificate";
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";
const OWN = "aws:iam/serverCertificate:ServerCertificate";

function listener(inputs: ExampleObject, ...others: readonly ExampleResource[]) {
  return [
    planned(LISTENER, "web", {
      loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123",
      protocol: "HTTPS",
      defaultActions: [{ type: "forward" }],
      ...inputs,
    }),
    ...others,
  ];
}

/**
 * A listener for TLS has a certificate of AWS Certificate Manager, which renews it. One that somebody uploaded to IAM stays as it
 * is until it expires (ELB user guide, "SSL certificates for your load balancer").
 */
export const lbListenerAcmCertificate = defineRule({
  id: "lb-listener-acm-certificate",
  title: "certificates of listeners renew themselves",
  ring: "cloud",
  severity: "medium",
  rationale:
    "An uploaded certificate ends on a day that nobody has in mind, its key lay on somebody's disk, and everybody who can read that disk can pose as the site.",
  remediation: "certificateArn: certificate.arn  // new aws.acm.Certificate(...)",
  references: references("catalogue/rules.csv: CKV_AWS_127, NAG ELBv2ACMCertificateRequired", {
    "aws-security-hub": ["ELB.2"],
    "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
    "nist-csf-2": ["PR.DS-02"],
    "nist-800-53": ["SC-23(5)", "SC-8(1)"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "none at all", resources: listener({}), path: "certificateArn" },
      {
        title: "one that was uploaded to IAM",
        resources: listener({ certificateArn: ref("old", "arn") }, planned(OWN, "old", {})),
        path: "certificateArn",
      },
      {
        title: "a load balancer of the first generation",
        resources: [
          planned(CLASSIC, "old", {
            listeners: [
              {
                instancePort: 80,
                instanceProtocol: "http",
                lbPort: 443,
                lbProtocol: "https",
                sslCertificateId: "arn:aws:iam::111122223333:server-certificate/old",
              },
            ],
          }),
        ],
        path: "listeners[0].sslCertificateId",
      },
    ],
    pass: [
      {
        title: "TCP, whose TLS ends elsewhere",
        resources: [
          ...listener({ certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0123" }),
          planned(LISTENER, "raw", { loadBalancerArn: "nlb", protocol: "TCP", defaultActions: [{ type: "forward" }] }),
        ],
      },
      {
        title: "one of Certificate Manager",
        resources: listener({ certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0123" }),
      },
      {
        title: "one of this plan",
        resources: listener(
          { certificateArn: ref("own", "arn") },
          planned("aws:acm/certificate:Certificate", "own", {}),
        ),
      },
    ],
    unknown: [
      {
        title: "the certificate is an output",
        resources: listener({ certificateArn: unresolved("string") }),
        path: "certificateArn",
      },
    ],
  },
  ...onResource([LISTENER, MORE, CLASSIC, ...LOAD_BALANCERS], ({ resource, inputs, world }) => {
    if (resource.type === MORE) return judge(world, resource, inputs.at("certificateArn"));
    if (resource.type === CLASSIC)
      return inputs
        .at("listeners")
        .items()
        .filter((at) => isTls(at.at("lbProtocol").string()))
        .map((at) => judge(world, resource, at.at("sslCertificateId")));
    if (resource.type !== LISTENER) return notApplicable("its listeners are judged");
    const protocol = protocolOf(world, resource);
    if (protocol === UNKNOWN)
      return unknown(
        inputs.at("protocol"),
        `whether listener '${resource.name}' needs a certificate is not known before the deployment`,
      );
    if (protocol !== "HTTPS" && protocol !== "TLS") return notApplicable("it does not end TLS");
    return judge(world, resource, inputs.at("certificateArn"));
  }),
});

function judge(world: World, resource: PlannedResource, at: Cursor): Verdict {
  const [target] = world.resolve(resource, at);
  const text = at.text();
  const undecided = `where the certificate of '${resource.name}' comes from is not known before the deployment`;
  if (at.isAbsent) return fail(at, `'${resource.name}' ends TLS and names no certificate, so AWS refuses it`);
  if (target?.type.startsWith("aws:acm/") === true) return pass();
  if (target?.type === OWN || (typeof text === "string" && /:iam:.*:server-certificate\//.test(text)))
    return fail(at, `the certificate of '${resource.name}' was uploaded to IAM, and nothing renews it`);
  return typeof text === "string" && text.includes(":acm:") ? pass() : unknown(at, undecided);
}

/** Whether a protocol of the first generation ends TLS; one that nobody knows yet may. */
function isTls(protocol: Read<string | undefined>): boolean {
  return protocol === UNKNOWN || /^(https|ssl)$/i.test(protocol ?? "");
}
