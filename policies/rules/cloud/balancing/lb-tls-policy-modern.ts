import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { LISTENERS, protocolOf } from "../../../lib/load-balancers.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectString, notApplicable, unknown } from "../../../verdicts.js";

const LISTENER = LISTENERS[0];

/** Policies without TLS 1.0 and 1.1 (Elastic Load Balancing user guide, "Security policies"). */
const MODERN = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/;

function listener(inputs: ExampleObject) {
  return [
    planned(LISTENER, "web", {
      loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123",
      defaultActions: [{ type: "forward", targetGroupArn: "tg" }],
      ...inputs,
    }),
  ];
}

/** A listener for HTTPS or TLS names a policy of TLS 1.2 or later; without one it gets `ELBSecurityPolicy-2016-08`, which has TLS 1.0. */
export const lbTlsPolicyModern = defineRule({
  id: "lb-tls-policy-modern",
  title: "listeners speak TLS 1.2 or later",
  ring: "cloud",
  severity: "high",
  rationale:
    "TLS 1.0 and 1.1 have known attacks, and no browser of today needs them. The policy that AWS gives a listener which names none still has both.",
  remediation: 'sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  references: references("catalogue/rules.csv: CKV_AWS_103, CKV2_AWS_74, AWS-0047, PCP configure-secure-tls", {
    "aws-security-hub": ["ELB.17"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left out, which has TLS 1.0", resources: listener({ protocol: "HTTPS" }), path: "sslPolicy" },
      {
        title: "TLS 1.3 with 1.0 beside it",
        resources: listener({ protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
        path: "sslPolicy",
      },
    ],
    pass: [
      {
        title: "1.2 and 1.3",
        resources: listener({ protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" }),
      },
      { title: "plain TCP has none", resources: listener({ protocol: "TCP" }) },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: listener({ protocol: "HTTPS", sslPolicy: unresolved("string") }),
        path: "sslPolicy",
      },
    ],
  },
  ...onResource(LISTENERS, ({ resource, inputs, world }) => {
    const protocol = protocolOf(world, resource);
    if (protocol !== UNKNOWN && protocol !== "HTTPS" && protocol !== "TLS")
      return notApplicable("it does not speak TLS");
    const at = inputs.at("sslPolicy");
    const undecided = `which versions of TLS listener '${resource.name}' speaks is not known before the deployment`;
    const verdict = expectString(at, {
      absent: undefined,
      accept: (policy) => MODERN.test(policy ?? ""),
      message: `listener '${resource.name}' speaks TLS 1.0 and 1.1`,
      undecided,
    });
    return verdict.kind === "fail" && protocol === UNKNOWN ? unknown(at, undecided) : verdict;
  }),
});
