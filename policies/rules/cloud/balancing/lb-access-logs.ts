import { references } from "../../../define.js";
import { LOAD_BALANCERS } from "../../../lib/load-balancers.js";
import { switchRule } from "../../../lib/rule-kinds.js";

/** A load balancer writes down every request. It does not by default (ELB API, `access_logs.s3.enabled`). */
export const lbAccessLogs = switchRule({
  id: "lb-access-logs",
  title: "load balancers keep a log of requests",
  ring: "cloud",
  severity: "low",
  rationale:
    "The load balancer is the last one that sees the caller's own address. Without its log nobody can say who came.",
  references: references("catalogue/rules.csv: CKV_AWS_91, CKV_AWS_92, AwsSolutions-ELB2, PCP ×2, AG, PPB", {
    "aws-security-hub": ["ELB.5"],
    "cis-aws-7": ["4.10"],
    "pci-dss-4": ["10.2.1.1", "10.2.1.2", "10.2.1.3"],
    hipaa: ["164.312(b)", "164.308(a)(1)(ii)(d)"],
    "nist-csf-2": ["DE.CM-01", "ID.AM-03"],
    "nist-800-53": ["AU-2", "AU-3", "AU-12"],
    "owasp-k8s": ["K10"],
  }),
  type: LOAD_BALANCERS[0],
  path: ["accessLogs", "enabled"],
  absent: false,
  wanted: true,
  message: (name) => `load balancer '${name}' keeps no log, so nobody can say who called`,
  undecided: (name) => `whether load balancer '${name}' keeps a log`,
});
