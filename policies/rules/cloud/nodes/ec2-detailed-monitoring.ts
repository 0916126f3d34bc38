import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";

/** Machines report every minute. They report every five by default (EC2 API, `Monitoring`). */
export const ec2DetailedMonitoring = defineRule({
  id: "ec2-detailed-monitoring",
  title: "machines report every minute",
  ring: "cloud",
  severity: "info",
  rationale:
    "In five minutes a miner, or a loop, costs as much as somebody who sees it after one. An alarm can be no quicker than the numbers.",
  remediation: "monitoring: { enabled: true }",
  references: references("catalogue/rules.csv: CKV_AWS_126, AwsSolutions-EC28, AG, AC_AWS_0490", {
    "pci-dss-4": ["10.2.1.1", "10.4.1", "10.4.1.1"],
    "nist-csf-2": ["DE.CM-02", "DE.CM-09"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is every five",
        resources: [planned(TEMPLATE, "nodes", {})],
        path: "monitoring.enabled",
      },
      { title: "a machine", resources: [planned(INSTANCE, "jump", { monitoring: false })], path: "monitoring" },
    ],
    pass: [
      { title: "turned on", resources: [planned(TEMPLATE, "nodes", { monitoring: { enabled: true } })] },
      { title: "a machine", resources: [planned(INSTANCE, "jump", { monitoring: true })] },
      {
        title: "the launch template of a machine says it",
        resources: [
          planned(INSTANCE, "jump", { launchTemplate: { id: "lt-1" } }),
          planned(TEMPLATE, "nodes", { monitoring: { enabled: true } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(TEMPLATE, "nodes", { monitoring: { enabled: unresolved("boolean") } })],
        path: "monitoring.enabled",
      },
    ],
  },
  ...onResource([TEMPLATE, INSTANCE], ({ resource, inputs }) => {
    const own = inputs.at("monitoring");
    if (resource.type === INSTANCE && own.isAbsent && !inputs.at("launchTemplate").isAbsent) return [];
    return expectBoolean(resource.type === TEMPLATE ? own.at("enabled") : own, {
      absent: false,
      accept: (value) => value,
      message: `machines from '${resource.name}' report every five minutes only`,
      undecided: `how often machines from '${resource.name}' report is not known before the deployment`,
      fix: true,
    });
  }),
});
