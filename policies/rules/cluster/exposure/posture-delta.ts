import { defineRule, references } from "../../../define.js";
import { deployment, planned, unresolved } from "../../../examples.js";
import { edgesOf, POSTURE_TYPES } from "../../../lib/posture.js";
import { service } from "../../../lib/service-examples.js";
import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import { onWorld, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, failWhole, pass, unknown, unknownWhole } from "../../../verdicts.js";

const WEB = deployment("web", { containers: [{ name: "web", image: "web" }] });

function web(type: Parameters<typeof service>[0][string]) {
  return service({ type, selector: { app: "web" } });
}

/**
 * Beside a plan to compare with: this one adds no step from the internet to a pod or an API, from a pod to its node, to the
 * administration of a cluster, or to power over the account. Without one there is nothing to judge.
 */
export const postureDelta = defineRule({
  id: "posture-delta",
  title: "a change adds no step that an attacker could take",
  ring: "cluster",
  severity: "high",
  rationale:
    "A rule says what is wrong by itself. A change can keep to every rule, or to those that somebody exempted, and still join what was apart: this names each step that was not there before, so that the reviewer decides on it and not on forty lines of YAML.",
  remediation:
    "Leave out what adds the step; or say in the pull request why it is meant, and exempt it until it is merged",
  references: references("catalogue/cross-ring-rules.csv: N34", { "owasp-k8s": ["K06"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a Service becomes public",
        previous: [WEB, web("ClusterIP")],
        resources: [web("LoadBalancer"), WEB],
        path: "spec",
      },
      {
        title: "the API becomes public",
        previous: [planned(EKS_CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: false } })],
        resources: [planned(EKS_CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: true } })],
        path: "vpcConfig.endpointPublicAccess",
      },
      {
        title: "a pod gets a path of its node",
        previous: [WEB],
        resources: [deployment("web", { containers: [], volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] })],
        path: "spec.template.spec.volumes[0].hostPath",
      },
    ],
    pass: [
      {
        title: "what was public stays so",
        previous: [WEB, web("LoadBalancer")],
        resources: [WEB, web("LoadBalancer")],
      },
    ],
    unknown: [
      {
        title: "an output decides whether it becomes public",
        previous: [WEB, web("ClusterIP")],
        resources: [web(unresolved("string")), WEB],
        path: "spec",
      },
    ],
  },
  ...onWorld([...WORKLOAD_TYPES, ...POSTURE_TYPES], function* ({ world, previous }) {
    if (previous === undefined) return;
    const before = new Set(edgesOf(previous).map(({ id }) => id));
    for (const { id, resource, at, what, certain, severity } of edgesOf(world)) {
      if (before.has(id)) yield { resource, verdict: pass() };
      else if (at.path === "")
        yield {
          resource,
          verdict: certain
            ? failWhole(`this change ${what}`, { severity })
            : unknownWhole(`this change perhaps ${what}`),
        };
      else
        yield {
          resource,
          verdict: certain ? fail(at, `this change ${what}`, { severity }) : unknown(at, `this change perhaps ${what}`),
        };
    }
  }),
});
