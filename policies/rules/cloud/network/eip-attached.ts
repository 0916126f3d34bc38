import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { failWhole, pass, unknown } from "../../../verdicts.js";

const EIP = "aws:ec2/eip:Eip";

/** A public address is used by something of its plan. */
export const eipAttached = defineRule({
  id: "eip-attached",
  title: "public addresses are used",
  ring: "cloud",
  severity: "info",
  rationale: "An address that nothing uses is paid for, and stays in somebody's allow list for whoever gets it next.",
  remediation: "instance: machine.id  // or remove the address",
  references: references("catalogue/rules.csv: CKV2_AWS_19", { "aws-security-hub": ["EC2.12"] }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "nothing uses it", resources: [planned(EIP, "spare", { domain: "vpc" })], path: "" }],
    pass: [
      { title: "a machine has it", resources: [planned(EIP, "jump", { instance: "i-0123" })] },
      {
        title: "a NAT gateway has it",
        resources: [
          planned(EIP, "nat", { domain: "vpc" }),
          planned("aws:ec2/natGateway:NatGateway", "out", { allocationId: ref("nat", "id"), subnetId: "subnet-1" }),
        ],
      },
    ],
    unknown: [
      {
        title: "which machine is an output",
        resources: [planned(EIP, "jump", { instance: unresolved("string") })],
        path: "instance",
      },
    ],
  },
  ...onResource([EIP], ({ resource, inputs, world }) => {
    const users = [inputs.at("instance"), inputs.at("networkInterface")].filter((at) => !at.isAbsent);
    const late = users.find((at) => at.isUnknown && at.refs().length === 0);
    if (world.mentionsOf(resource.urn).length > 0 || users.some((at) => at !== late)) return pass();
    return late === undefined
      ? failWhole(`nothing in this plan uses the public address '${resource.name}'`)
      : unknown(late, `what uses the public address '${resource.name}' is not known before the deployment`);
  }),
});
