import { type Chart } from "cdk8s";
import {
  AdmissionGuardrails,
  AdmissionPolicy,
  Enforcement,
  HostAccess,
  kyvernoEngine,
  NamespaceExemption,
  recommendedControls,
  requiredLabels,
  resourceLimits,
  runtimeClass,
  SystemNamespace,
} from "../../constructs/index.js";

/** What the API server itself refuses, with an agent that reads its node's logs and one whose image has no digest yet. */
export function admission(chart: Chart, registryHost: string): void {
  const hostAccess = [HostAccess.readPath("/var/log", { reason: "the agent ships the node's logs" })];
  const agents = [new SystemNamespace(chart, "log-agent", { hostAccess })];
  new AdmissionGuardrails(chart, "guardrails", {
    approvedRegistries: [registryHost],
    controls: [...recommendedControls({ agents }), resourceLimits(), runtimeClass({ classes: ["gvisor"] })],
    exemptions: [
      NamespaceExemption.of("legacy", {
        reason: "the vendor publishes no digests before spring",
        until: "2027-03-31",
        controls: ["images"],
      }),
    ],
  });
}

/** A control of one's own choice by Kyverno, which only warns at first. */
export function labelledByKyverno(chart: Chart): void {
  new AdmissionPolicy(chart, "team-label", {
    control: requiredLabels({ labels: ["example.com/team"] }),
    engine: kyvernoEngine,
    enforcement: Enforcement.warn({ reason: "teams label their workloads until March" }),
  });
}
