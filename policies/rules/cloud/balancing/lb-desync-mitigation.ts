import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { LOAD_BALANCERS } from "../../../lib/load-balancers.js";
import { onResource } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

const BALANCER = LOAD_BALANCERS[0];
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";

/** A load balancer keeps back requests that two servers read in two ways. It does unless told otherwise (ELB API, `routing.http.desync_mitigation_mode`). */
export const lbDesyncMitigation = defineRule({
  id: "lb-desync-mitigation",
  title: "load balancers keep back smuggled requests",
  ring: "cloud",
  severity: "low",
  rationale:
    "A request that the load balancer and the program read in two ways carries a second one inside, which gets the answer or the session of somebody else.",
  remediation: 'desyncMitigationMode: "defensive"',
  references: references("catalogue/rules.csv: CKV_AWS_328", { "aws-security-hub": ["ELB.12"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "they are only counted",
        resources: [planned(BALANCER, "web", { desyncMitigationMode: "monitor" })],
        path: "desyncMitigationMode",
      },
      {
        title: "the first generation",
        resources: [planned(CLASSIC, "old", { desyncMitigationMode: "monitor" })],
        path: "desyncMitigationMode",
      },
    ],
    pass: [
      { title: "left out, which keeps them back", resources: [planned(BALANCER, "web", {})] },
      {
        title: "the strictest",
        resources: [planned(BALANCER, "web", { desyncMitigationMode: "strictest" })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(BALANCER, "web", { desyncMitigationMode: unresolved("string") })],
        path: "desyncMitigationMode",
      },
    ],
  },
  ...onResource([BALANCER, CLASSIC], ({ resource, inputs }) =>
    expectString(inputs.at("desyncMitigationMode"), {
      absent: "defensive",
      accept: (mode) => mode !== "monitor",
      message: `load balancer '${resource.name}' lets requests through that servers read in two ways`,
      undecided: `what load balancer '${resource.name}' does with such requests is not known before the deployment`,
      fix: "defensive",
    }),
  ),
});
