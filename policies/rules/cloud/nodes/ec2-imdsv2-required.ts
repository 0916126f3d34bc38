import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectString, notApplicable, pass } from "../../../verdicts.js";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";

/**
 * IMDSv2 is required. Left out, the token is optional (EC2 API, `HttpTokens`), unless the machine image says otherwise,
 * which a plan does not show.
 */
export const ec2Imdsv2Required = defineRule({
  id: "ec2-imdsv2-required",
  title: "the instance metadata service asks for a session token",
  ring: "cloud",
  severity: "high",
  rationale:
    "The first version of the metadata service hands the instance's credentials to anything that can make it send one GET request: a pod, or a web application that fetches addresses for its users.",
  remediation: 'metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }',
  references: references(
    "catalogue/rules.csv: CKV_AWS_79, AWS-0130, AWS-0028, NAG EC2IMDSv2Enabled, AC_AWS_0487, PRW ×2",
    {
      "aws-security-hub": ["EC2.8", "EC2.170", "AutoScaling.3"],
      "cis-aws-7": ["6.7"],
      "pci-dss-4": ["8.2.8"],
      "nist-800-53": ["AC-3", "AC-6", "AC-2(6)"],
      "owasp-k8s": ["K08"],
      attack: ["T1552.005"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, so that the old version answers too",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", {})],
        path: "metadataOptions.httpTokens",
      },
      {
        title: "an instance that says optional",
        resources: [planned(INSTANCE, "jump", { metadataOptions: { httpTokens: "optional" } })],
        path: "metadataOptions.httpTokens",
      },
    ],
    pass: [
      {
        title: "a token is required",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpTokens: "required" } })],
      },
      {
        title: "the service is off",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpEndpoint: "disabled" } })],
      },
      {
        title: "an instance takes its options from its launch template",
        resources: [
          planned(LAUNCH_TEMPLATE, "jump", { metadataOptions: { httpTokens: "required" } }),
          planned(INSTANCE, "jump-1", { launchTemplate: { id: ref("jump", "id") } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpTokens: unresolved("string") } })],
        path: "metadataOptions.httpTokens",
      },
    ],
  },
  ...onResource(
    [LAUNCH_TEMPLATE, INSTANCE, "aws:ec2/launchConfiguration:LaunchConfiguration"],
    ({ resource: machine, inputs }) => {
      const options = inputs.at("metadataOptions");
      if (options.isAbsent && !inputs.at("launchTemplate").isAbsent)
        return notApplicable("its launch template decides");
      if (options.at("httpEndpoint").string() === "disabled") return pass();
      return expectString(options.at("httpTokens"), {
        absent: "optional",
        accept: (value) => value === "required",
        message: `machines from '${machine.name}' give their credentials to any single request`,
        undecided: `whether machines from '${machine.name}' require a token for their metadata is not known before the deployment`,
      });
    },
  ),
});
