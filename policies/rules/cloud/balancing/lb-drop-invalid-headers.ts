import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { LOAD_BALANCERS, kindOf } from "../../../lib/load-balancers.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, notApplicable, unknown } from "../../../verdicts.js";

const BALANCER = LOAD_BALANCERS[0];

/** An application load balancer drops header fields with invalid names. It does not unless told (`routing.http.drop_invalid_header_fields.enabled`). */
export const lbDropInvalidHeaders = defineRule({
  id: "lb-drop-invalid-headers",
  title: "load balancers drop invalid header fields",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Where load balancer and program read a malformed header differently, a caller smuggles a request past what the load balancer checks.",
  remediation: "dropInvalidHeaderFields: true",
  references: references("catalogue/rules.csv: CKV_AWS_131, AWS-0052, NAG ALBHttpDropInvalidHeaderEnabled", {
    "aws-security-hub": ["ELB.4"],
    hipaa: ["164.312(e)(1)", "164.308(a)(4)(ii)(a)"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which passes them on",
        resources: [planned(BALANCER, "web", {})],
        path: "dropInvalidHeaderFields",
      },
    ],
    pass: [
      { title: "dropped", resources: [planned(BALANCER, "web", { dropInvalidHeaderFields: true })] },
      {
        title: "a network load balancer reads no headers",
        resources: [planned(BALANCER, "web", { loadBalancerType: "network" })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(BALANCER, "web", { dropInvalidHeaderFields: unresolved("boolean") })],
        path: "dropInvalidHeaderFields",
      },
    ],
  },
  ...onResource(LOAD_BALANCERS, ({ resource, inputs, world }) => {
    const kind = kindOf(world, resource);
    if (kind !== UNKNOWN && kind !== "application") return notApplicable("it reads no headers");
    const at = inputs.at("dropInvalidHeaderFields");
    const undecided = `whether load balancer '${resource.name}' drops invalid header fields is not known before the deployment`;
    const verdict = expectBoolean(at, {
      absent: false,
      accept: (value) => value,
      message: `load balancer '${resource.name}' passes invalid header fields on`,
      undecided,
    });
    return verdict.kind === "fail" && kind === UNKNOWN ? unknown(at, undecided) : verdict;
  }),
});
