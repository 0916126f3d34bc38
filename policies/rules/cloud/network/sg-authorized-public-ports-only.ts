import { ADMIN_PORTS, HIGH_RISK_PORTS } from "../../../../core/data/high-risk-ports.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { INGRESS_TYPES, judgeIngress } from "../../../lib/security-groups.js";
import type { ExampleValue } from "../../../model.js";
import { onResource } from "../../../shapes.js";

/** What the internet may reach: HTTP, to be sent on, and HTTPS (Security Hub EC2.18, `authorizedTcpPorts`). */
const AUTHORIZED = [80, 443];

const GROUP = INGRESS_TYPES[0];

function open(port: ExampleValue) {
  return [
    planned(GROUP, "web", { ingress: [{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: ["0.0.0.0/0"] }] }),
  ];
}

/** The internet reaches ports 80 and 443 only. Ports that other rules know, and all ports at once, are reported by those. */
export const sgAuthorizedPublicPortsOnly = defineRule({
  id: "sg-authorized-public-ports-only",
  title: "the internet reaches web ports only",
  ring: "cloud",
  severity: "medium",
  rationale:
    "What listens on another port is seldom meant for everybody: an admin page, a metrics endpoint, a debugger.",
  remediation: 'cidrBlocks: ["203.0.113.0/24"]',
  references: references("catalogue/rules.csv: PRW, AC_AWS_0276", { "aws-security-hub": ["EC2.18"] }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "a port of a metrics endpoint", resources: open(9_464), path: "ingress[0].cidrBlocks[0]" }],
    pass: [
      { title: "HTTPS", resources: open(443) },
      {
        title: "another port, inside",
        resources: [
          planned(GROUP, "web", {
            ingress: [{ protocol: "tcp", fromPort: 9_464, toPort: 9_464, cidrBlocks: ["10.0.0.0/16"] }],
          }),
        ],
      },
    ],
    unknown: [{ title: "the port is an output", resources: open(unresolved("number")), path: "ingress[0].fromPort" }],
  },
  ...onResource(INGRESS_TYPES, ({ resource, inputs }) =>
    judgeIngress(resource, inputs, {
      matches: (opened) => {
        const known = [...ADMIN_PORTS, ...HIGH_RISK_PORTS].some(
          ({ from, to }) => from <= opened.to && opened.from <= to,
        );
        return !known && !AUTHORIZED.some((port) => opened.from === port && opened.to === port);
      },
      what: () => "what is meant for fewer",
    }),
  ),
});
