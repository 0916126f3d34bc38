import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { openness } from "../../../lib/addresses.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** No rule lets all protocols and ports out to everywhere. A security group that a program makes lets nothing out until told. */
export const sgEgressNotUnrestricted = defineRule({
  id: "sg-egress-not-unrestricted",
  title: "no security group lets everything out to everywhere",
  ring: "cloud",
  severity: "medium",
  rationale: "Whoever takes over a machine behind it fetches tools and sends data away on any port, to any address.",
  remediation: 'egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: [s3.prefixListId] }]',
  references: references("catalogue/rules.csv: CKV_AWS_382, AWS-0104", { attack: ["T1048"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "an inline rule",
        resources: [
          planned(GROUP, "web", { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] }),
        ],
        path: "egress[0].cidrBlocks[0]",
      },
      {
        title: "a rule of its own",
        resources: [planned(EGRESS_RULE, "all", { securityGroupId: "sg-0123", ipProtocol: "-1", cidrIpv6: "::/0" })],
        path: "cidrIpv6",
      },
    ],
    pass: [
      { title: "nothing", resources: [planned(GROUP, "web", {})] },
      {
        title: "one port",
        resources: [
          planned(RULE, "https", {
            securityGroupId: "sg-0123",
            type: "egress",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: ["0.0.0.0/0"],
          }),
        ],
      },
      {
        title: "everything, to one network",
        resources: [
          planned(EGRESS_RULE, "vpc", { securityGroupId: "sg-0123", ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" }),
        ],
      },
    ],
    unknown: [
      {
        title: "where to is an output",
        resources: [
          planned(EGRESS_RULE, "all", { securityGroupId: "sg-0123", ipProtocol: "-1", cidrIpv4: unresolved("string") }),
        ],
        path: "cidrIpv4",
      },
    ],
  },
  ...onResource([GROUP, RULE, EGRESS_RULE], ({ resource, inputs }) => {
    const undecided = `what '${resource.name}' lets out is not known before the deployment`;
    if (resource.type === RULE && inputs.at("type").string() === "ingress") return notApplicable("it lets traffic in");
    const list = inputs.at("egress");
    if (list.isUnknown) return unknown(list, undecided);
    const rules = resource.type === GROUP ? list.items() : [inputs];
    if (rules.length === 0) return pass();
    return rules.flatMap((rule) => {
      const at = rule.at(resource.type === EGRESS_RULE ? "ipProtocol" : "protocol");
      const protocol = at.number() === -1 ? "-1" : at.string();
      if (protocol !== UNKNOWN && protocol !== "-1" && protocol?.toLowerCase() !== "all") return [pass()];
      const blocks = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"]
        .map((field) => rule.at(field))
        .flatMap((block) => (block.isUnknown ? [block] : block.items()));
      const verdicts = blocks.map((block) => {
        const text = block.string();
        if (text === UNKNOWN) return unknown(block, undecided);
        if (openness(text ?? "") !== "world") return pass();
        return protocol === UNKNOWN
          ? unknown(at, undecided)
          : fail(block, `'${resource.name}' lets everything out to ${text ?? ""}`);
      });
      return verdicts.length === 0 ? [pass()] : verdicts;
    });
  }),
});
