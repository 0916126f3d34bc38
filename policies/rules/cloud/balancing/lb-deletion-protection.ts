import { references } from "../../../define.js";
import { LOAD_BALANCERS } from "../../../lib/load-balancers.js";
import { switchRule } from "../../../lib/rule-kinds.js";

/** A load balancer cannot be deleted by one call. It can by default (ELB API, `deletion_protection.enabled`). */
export const lbDeletionProtection = switchRule({
  id: "lb-deletion-protection",
  title: "load balancers are protected from deletion",
  ring: "cloud",
  severity: "low",
  rationale:
    "With the load balancer goes its name, and every client that has it fails until all of them have the new one.",
  references: references("catalogue/rules.csv: CKV_AWS_150, NAG ELBDeletionProtectionEnabled, AG", {
    "aws-security-hub": ["ELB.6"],
    hipaa: ["164.308(a)(1)(ii)(b)"],
    "nist-csf-2": ["ID.AM-08"],
    "nist-800-53": ["CM-2", "CA-7(4)", "CM-2(2)"],
  }),
  type: LOAD_BALANCERS[0],
  path: ["enableDeletionProtection"],
  absent: false,
  wanted: true,
  message: (name) => `one call deletes load balancer '${name}', and its name with it`,
  undecided: (name) => `whether load balancer '${name}' is protected from deletion`,
});
