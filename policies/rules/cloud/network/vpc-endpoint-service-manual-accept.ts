import { defineRule } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const SERVICE = "aws:ec2/vpcEndpointService:VpcEndpointService";

/** Connections to an endpoint service are accepted by hand. */
export const vpcEndpointServiceManualAccept = defineRule({
  id: "vpc-endpoint-service-manual-accept",
  title: "connections to an endpoint service are accepted by hand",
  ring: "cloud",
  severity: "medium",
  rationale: "Every account that is allowed to look for the service connects without anybody noticing.",
  remediation: "acceptanceRequired: true",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "accepted by themselves",
        resources: [planned(SERVICE, "api", { acceptanceRequired: false })],
        path: "acceptanceRequired",
      },
    ],
    pass: [{ title: "by hand", resources: [planned(SERVICE, "api", { acceptanceRequired: true })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(SERVICE, "api", { acceptanceRequired: unresolved("boolean") })],
        path: "acceptanceRequired",
      },
    ],
  },
  ...onResource([SERVICE], ({ resource, inputs }) =>
    expectBoolean(inputs.at("acceptanceRequired"), {
      absent: true,
      accept: (value) => value,
      message: `nobody accepts connections to endpoint service '${resource.name}', they are made at once`,
      undecided: `whether connections to endpoint service '${resource.name}' are accepted by hand is not known before the deployment`,
    }),
  ),
});
