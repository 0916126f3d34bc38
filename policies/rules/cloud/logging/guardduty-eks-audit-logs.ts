import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, expectString, notApplicable, unknown } from "../../../verdicts.js";

const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";

/** GuardDuty reads the audit logs of clusters: it does, unless a feature or the older data source turns that off. */
export const guarddutyEksAuditLogs = defineRule({
  id: "guardduty-eks-audit-logs",
  title: "GuardDuty reads the audit logs of clusters",
  ring: "cloud",
  severity: "high",
  rationale:
    "Calls by anonymous users, from known attackers or with stolen tokens show in the audit log, and nobody else reads it as it comes.",
  remediation:
    'new aws.guardduty.DetectorFeature("eks", { detectorId: detector.id, name: "EKS_AUDIT_LOGS", status: "ENABLED" })',
  references: references("catalogue/rules.csv: steampipe", {
    "aws-security-hub": ["GuardDuty.5"],
    "owasp-k8s": ["K10"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "turned off",
        resources: [planned(FEATURE, "eks", { detectorId: "d", name: "EKS_AUDIT_LOGS", status: "DISABLED" })],
        path: "status",
      },
      {
        title: "turned off as a data source",
        resources: [planned(DETECTOR, "main", { datasources: { kubernetes: { auditLogs: { enable: false } } } })],
        path: "datasources.kubernetes.auditLogs.enable",
      },
    ],
    pass: [
      {
        title: "turned on",
        resources: [planned(FEATURE, "eks", { detectorId: "d", name: "EKS_AUDIT_LOGS", status: "ENABLED" })],
      },
      {
        title: "another feature is off",
        resources: [planned(FEATURE, "s3", { detectorId: "d", name: "S3_DATA_EVENTS", status: "DISABLED" })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(FEATURE, "eks", { detectorId: "d", name: "EKS_AUDIT_LOGS", status: unresolved("string") })],
        path: "status",
      },
    ],
  },
  ...onResource([DETECTOR, FEATURE], ({ resource, inputs }) => {
    const message = "GuardDuty does not read the audit logs of the account's clusters";
    const undecided = "whether GuardDuty reads the audit logs of clusters is not known before the deployment";
    if (resource.type === DETECTOR)
      return expectBoolean(inputs.at("datasources", "kubernetes", "auditLogs", "enable"), {
        absent: true,
        accept: (value) => value,
        message,
        undecided,
      });
    const name = inputs.at("name").string();
    if (name !== UNKNOWN && name !== "EKS_AUDIT_LOGS") return notApplicable("it is another feature");
    const status = inputs.at("status");
    const verdict = expectString(status, {
      absent: undefined,
      accept: (text) => text === "ENABLED",
      message,
      undecided,
    });
    return verdict.kind === "fail" && name === UNKNOWN ? unknown(inputs.at("name"), undecided) : verdict;
  }),
});
