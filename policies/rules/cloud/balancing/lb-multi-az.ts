import type { Cursor } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { kindOf, LOAD_BALANCERS } from "../../../lib/load-balancers.js";
import type { Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const BALANCER = LOAD_BALANCERS[0];

/**
 * A load balancer stands in two zones, and one for the network also sends to targets in the other: it does not by default, where
 * one for applications always does (ELB API, `load_balancing.cross_zone.enabled`).
 */
export const lbMultiAz = defineRule({
  id: "lb-multi-az",
  title: "load balancers survive the loss of a zone",
  ring: "cloud",
  severity: "info",
  rationale: "When the one zone goes, the way in goes, whatever runs in the others.",
  remediation: "subnets: [a.id, b.id], enableCrossZoneLoadBalancing: true",
  references: references("catalogue/rules.csv: CKV_AWS_152, CKV_AWS_138, PRW", { "aws-security-hub": ["ELB.13"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "one subnet", resources: [planned(BALANCER, "web", { subnets: ["subnet-1"] })], path: "subnets" },
      {
        title: "one for the network, which stays within a zone",
        resources: [planned(BALANCER, "tcp", { loadBalancerType: "network", subnets: ["subnet-1", "subnet-2"] })],
        path: "enableCrossZoneLoadBalancing",
      },
    ],
    pass: [
      { title: "two subnets", resources: [planned(BALANCER, "web", { subnets: ["subnet-1", "subnet-2"] })] },
      {
        title: "two mappings, across zones",
        resources: [
          planned(BALANCER, "tcp", {
            loadBalancerType: "network",
            enableCrossZoneLoadBalancing: true,
            subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the subnets are an output",
        resources: [planned(BALANCER, "web", { subnets: unresolved("list") })],
        path: "subnets",
      },
    ],
  },
  ...onResource([BALANCER], ({ resource, inputs, world }): readonly Verdict[] => {
    const kind = kindOf(world, resource);
    const zones = judgeZones(resource.name, inputs.at("subnets"), inputs.at("subnetMappings"));
    if (kind === "application") return [zones];
    if (kind === UNKNOWN)
      return [
        unknown(inputs.at("loadBalancerType"), "what kind of load balancer it is is not known before the deployment"),
      ];
    const across = expectBoolean(inputs.at("enableCrossZoneLoadBalancing"), {
      absent: false,
      accept: (value) => value,
      message: `load balancer '${resource.name}' sends to targets of the same zone only`,
      undecided: `whether load balancer '${resource.name}' sends to other zones is not known before the deployment`,
      fix: true,
    });
    return [zones, across];
  }),
});

function judgeZones(name: string, subnets: Cursor, mappings: Cursor): Verdict {
  const at = mappings.isAbsent ? subnets : mappings;
  if (at.isUnknown)
    return unknown(at, `how many zones load balancer '${name}' stands in is not known before the deployment`);
  if (at.isAbsent) return notApplicable("AWS chooses its subnets");
  return at.items().length >= 2 ? pass() : fail(at, `load balancer '${name}' stands in one zone and goes with it`);
}
