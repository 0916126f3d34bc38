import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { LISTENERS, LISTENER_RULES, LOAD_BALANCERS, protocolOf } from "../../../lib/load-balancers.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectString, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const LISTENER = LISTENERS[0];
const BALANCER = LOAD_BALANCERS[0];

function listener(inputs: ExampleObject) {
  return [
    planned(LISTENER, "web", {
      loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123",
      ...inputs,
    }),
  ];
}

/**
 * A listener for plain HTTP sends callers to HTTPS, or answers by itself. A listener of an application load balancer without a
 * protocol is one for HTTP. What a network load balancer passes on over TCP may be TLS, so it is not judged.
 */
export const lbListenerTlsOrRedirect = defineRule({
  id: "lb-listener-tls-or-redirect",
  title: "no listener forwards plain HTTP",
  ring: "cloud",
  severity: "high",
  rationale:
    "Passwords, sessions and pages travel in the clear between the caller and the load balancer, and anybody on the way reads and changes them.",
  remediation:
    'defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }]',
  references: references(
    "catalogue/rules.csv: CKV_AWS_2, CKV2_AWS_20, CKV_AWS_376, CKV_AWS_378, AWS-0054, NAG ALBHttpToHttpsRedirection, PCP ×3, AG",
    {
      "cis-eks-1.8.0": ["5.4.5"],
      "aws-security-hub": ["ELB.1", "ELB.18"],
      "pci-dss-4": ["1.2.5", "2.2.5", "2.2.7"],
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(i)"],
      "nist-800-53": ["SC-13", "AC-4", "SC-8"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "it forwards",
        resources: listener({ protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: "tg" }] }),
        path: "defaultActions[0].type",
      },
      {
        title: "it sends callers to where they are",
        resources: listener({
          port: 80,
          defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", path: "/home" } }],
        }),
        path: "defaultActions[0].redirect.protocol",
      },
      {
        title: "one rule forwards",
        resources: [
          planned(LISTENER_RULES[0], "api", {
            listenerArn: ref("web", "arn"),
            actions: [{ type: "forward", targetGroupArn: "tg" }],
          }),
          ...listener({ protocol: "HTTP", defaultActions: [{ type: "fixed-response" }] }),
        ],
        path: "actions[0].type",
      },
    ],
    pass: [
      {
        title: "HTTPS",
        resources: listener({ protocol: "HTTPS", defaultActions: [{ type: "forward", targetGroupArn: "tg" }] }),
      },
      {
        title: "it sends callers to HTTPS",
        resources: listener({
          protocol: "HTTP",
          defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
        }),
      },
    ],
    unknown: [
      {
        title: "the protocol is an output",
        resources: [
          planned(LISTENER, "web", {
            loadBalancerArn: ref("lb", "arn"),
            protocol: unresolved("string"),
            defaultActions: [{ type: "forward" }],
          }),
          planned(BALANCER, "lb", {}),
        ],
        path: "protocol",
      },
    ],
  },
  ...onResource([...LISTENERS, ...LISTENER_RULES, ...LOAD_BALANCERS], ({ resource, inputs, world }) => {
    if (LOAD_BALANCERS.some((type) => type === resource.type)) return notApplicable("its listeners are judged");
    const isRule = LISTENER_RULES.some((type) => type === resource.type);
    const own = isRule
      ? world.resolve(resource, inputs.at("listenerArn")).find(({ type }) => LISTENERS.some((t) => t === type))
      : resource;
    if (own === undefined) return notApplicable("its listener is not in this plan");
    const protocol = protocolOf(world, own);
    const actions = inputs.at(isRule ? "actions" : "defaultActions");
    const undecided = `whether '${resource.name}' forwards plain HTTP is not known before the deployment`;
    if (protocol === UNKNOWN) return unknown(isRule ? actions : inputs.at("protocol"), undecided);
    if (protocol !== "HTTP")
      return protocol === "HTTPS" || protocol === "TLS" ? pass() : notApplicable("what it passes on may be TLS");
    return (actions.isUnknown ? [actions] : actions.items()).map((action) => {
      const type = action.at("type").string();
      if (type === UNKNOWN) return unknown(actions, undecided);
      if (type === "redirect")
        return expectString(action.at("redirect", "protocol"), {
          absent: undefined,
          accept: (to) => to === "HTTPS",
          message: `'${resource.name}' sends callers on over plain HTTP`,
          undecided,
        });
      return type === "fixed-response"
        ? pass()
        : fail(action.at("type"), `'${resource.name}' takes plain HTTP and forwards it`);
    });
  }),
});
