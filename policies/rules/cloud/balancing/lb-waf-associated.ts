import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { LOAD_BALANCERS, kindOf } from "../../../lib/load-balancers.js";
import { onResource } from "../../../shapes.js";
import { failWhole, notApplicable, pass, unknownWhole } from "../../../verdicts.js";

const BALANCER = LOAD_BALANCERS[0];
const WAF = "aws:wafv2/webAclAssociation:WebAclAssociation";

/** An application load balancer that faces the internet, as it does unless told, has a web ACL. */
export const lbWafAssociated = defineRule({
  id: "lb-waf-associated",
  title: "public load balancers have a firewall for the web",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Scanners find a public address within minutes. A web ACL with AWS' managed rules stops known attacks and floods before a pod sees them.",
  remediation: 'new aws.wafv2.WebAclAssociation("web", { resourceArn: balancer.arn, webAclArn: acl.arn })',
  references: references(
    "catalogue/rules.csv: CKV2_AWS_28, NAG ALBWAFEnabled, CKV2_AWS_76 (log4j AMR), CKV_AWS_175/192",
    { "aws-security-hub": ["ELB.16"], "pci-dss-4": ["6.4.1", "6.4.2"], "nist-800-53": ["AC-4(21)"], attack: ["T1190"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "public, and none", resources: [planned(BALANCER, "web", {})], path: "" }],
    pass: [
      {
        title: "associated",
        resources: [
          planned(BALANCER, "web", {}),
          planned(WAF, "acl", {
            resourceArn: ref("web", "arn"),
            webAclArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b",
          }),
        ],
      },
      {
        title: "internal",
        resources: [
          planned(BALANCER, "web", { internal: true }),
          planned(BALANCER, "shop", {}),
          planned(WAF, "acl", { resourceArn: ref("shop", "arn"), webAclArn: "a" }),
        ],
      },
    ],
    unknown: [
      {
        title: "whether it is public is an output",
        resources: [planned(BALANCER, "web", { internal: unresolved("boolean") })],
        path: "",
      },
    ],
  },
  ...onResource([...LOAD_BALANCERS, WAF], ({ resource, inputs, world }) => {
    if (resource.type === WAF) return notApplicable("load balancers are judged");
    const kind = kindOf(world, resource);
    const internal = inputs.at("internal").boolean() ?? false;
    if (internal === true || (kind !== UNKNOWN && kind !== "application"))
      return notApplicable("it is internal, or no application load balancer");
    const associations = world.ofType(WAF).map((r) => ({
      at: world.inputsOf(r).at("resourceArn"),
      targets: world.resolve(r, world.inputsOf(r).at("resourceArn")),
    }));
    if (associations.some(({ targets }) => targets.includes(resource))) return pass();
    const unclear =
      kind === UNKNOWN ||
      internal === UNKNOWN ||
      associations.some(({ at, targets }) => targets.length === 0 && !at.isAbsent);
    return unclear
      ? unknownWhole(`whether load balancer '${resource.name}' is public without a web ACL is not known from this plan`)
      : failWhole(`load balancer '${resource.name}' faces the internet without a web ACL`);
  }),
});
