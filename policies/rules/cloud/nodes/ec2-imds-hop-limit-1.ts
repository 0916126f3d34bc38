import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectNumber, pass } from "../../../verdicts.js";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/**
 * The hop limit is 1, said by name: machine images may set 2 when a launch template says nothing (EC2 user guide,
 * "Instance metadata options").
 */
export const ec2ImdsHopLimit1 = defineRule({
  id: "ec2-imds-hop-limit-1",
  title: "answers of the instance metadata service stay on the instance",
  ring: "cloud",
  severity: "high",
  rationale:
    "A pod is one hop away from its node. With a hop limit of 1 the metadata service cannot answer it, and the node's role stays the node's. When the template says nothing, the machine image decides, and some set 2.",
  remediation: 'metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }',
  references: references("catalogue/rules.csv: CKV_AWS_341 (passes when unset), HE check_access_to_instance_profile", {
    "aws-security-hub": ["AutoScaling.4"],
    "owasp-k8s": ["K08"],
    attack: ["T1552.005"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, so that the machine image decides",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpTokens: "required" } })],
        path: "metadataOptions.httpPutResponseHopLimit",
      },
      {
        title: "two hops reach into pods",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpPutResponseHopLimit: 2 } })],
        path: "metadataOptions.httpPutResponseHopLimit",
      },
    ],
    pass: [
      {
        title: "one hop",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpPutResponseHopLimit: 1 } })],
      },
      {
        title: "the service is off",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpEndpoint: "disabled" } })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          planned(LAUNCH_TEMPLATE, "nodes", { metadataOptions: { httpPutResponseHopLimit: unresolved("number") } }),
        ],
        path: "metadataOptions.httpPutResponseHopLimit",
      },
    ],
  },
  ...onResource([LAUNCH_TEMPLATE], ({ resource: template, inputs }) => {
    const options = inputs.at("metadataOptions");
    if (options.at("httpEndpoint").string() === "disabled") return pass();
    return expectNumber(options.at("httpPutResponseHopLimit"), {
      absent: undefined,
      accept: (hops) => hops === 1,
      message: `the metadata service of machines from '${template.name}' may answer their pods too`,
      undecided: `how far the metadata service of machines from '${template.name}' answers is not known before the deployment`,
    });
  }),
});
