import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { kindOf, LOAD_BALANCERS } from "../../../lib/load-balancers.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, setTo, unknown } from "../../../verdicts.js";
import { textList } from "../../../parameters.js";

const BALANCER = LOAD_BALANCERS[0];
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";

const TAGS = textList({
  name: "tags",
  about: "Keys of tags, one of which a load balancer that faces the internet carries, with the reason as its value.",
  fallback: ["ringfence.dev/internet-facing"],
});

/**
 * A load balancer is internal, or carries a tag that says why it is not. It faces the internet unless told otherwise (ELB API,
 * `Scheme`).
 */
export const lbInternetFacingApproved = defineRule({
  id: "lb-internet-facing-approved",
  title: "a load balancer that faces the internet says why",
  ring: "cloud",
  severity: "medium",
  rationale:
    "It is the default, so nobody has to decide it: a service that was meant for the network inside answers the whole world from its first day.",
  remediation: 'internal: true  // or tags: { "ringfence.dev/internet-facing": "the shop\'s front door" }',
  references: references("catalogue/rules.csv: AWS-0053", { "owasp-k8s": ["K06"] }),
  since: "0.1.0",
  parameters: [TAGS],
  examples: {
    fail: [
      { title: "left out, which faces the internet", resources: [planned(BALANCER, "web", {})], path: "internal" },
      {
        title: "the tag gives no reason",
        resources: [planned(BALANCER, "web", { tags: { "ringfence.dev/internet-facing": "" } })],
        path: "internal",
      },
      { title: "the first generation", resources: [planned(CLASSIC, "old", { internal: false })], path: "internal" },
    ],
    pass: [
      { title: "internal", resources: [planned(BALANCER, "web", { internal: true })] },
      {
        title: "the tag says why",
        resources: [planned(BALANCER, "web", { tags: { "ringfence.dev/internet-facing": "front door of the shop" } })],
      },
      {
        title: "another tag, which the settings name",
        resources: [planned(BALANCER, "web", { tags: { "public-because": "front door" } })],
        parameters: { tags: ["public-because"] },
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(BALANCER, "web", { internal: unresolved("boolean") })],
        path: "internal",
      },
    ],
  },
  ...onResource([BALANCER, CLASSIC], ({ resource, inputs, world, parameters }) => {
    if (resource.type === BALANCER && kindOf(world, resource) === "gateway")
      return notApplicable("it stands in a network and faces nobody");
    const approved = parameters
      .of(TAGS)
      .some((key) => !["", undefined].includes(toText(inputs.at("tags", key).text())));
    const internal = inputs.at("internal").boolean();
    if (approved || internal === true) return pass();
    const at = inputs.at("internal");
    return internal === UNKNOWN || inputs.at("tags").isUnknown
      ? unknown(at, `whether load balancer '${resource.name}' faces the internet is not known before the deployment`)
      : fail(at, `load balancer '${resource.name}' faces the internet and no tag says why`, { fix: [setTo(at, true)] });
  }),
});

/** Text that is not known yet is some text. */
function toText(read: string | undefined | typeof UNKNOWN): string | undefined {
  return read === UNKNOWN ? "late" : read;
}
