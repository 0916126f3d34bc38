import type { KubernetesObject } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { integer } from "../../../parameters.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const LONGEST = integer(
  { name: "longestDays", about: "For how many days a certificate may hold.", fallback: 90 },
  { from: 1, to: 825 },
);
const HOURS_A_DAY = 24;

function certificate(spec: ExampleObject) {
  return manifest({
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "web", namespace: "vote" },
    spec: { secretName: "web-tls", dnsNames: ["vote.example.com"], issuerRef: { name: "public" }, ...spec },
  });
}

/**
 * A Certificate of cert-manager holds for 90 days at most, or as many as the parameter `longestDays` says, and names its hosts:
 * no wildcard.
 */
export const certificateConstrained = defineRule({
  id: "certificate-constrained",
  title: "a certificate is short-lived and names its hosts",
  ring: "cluster",
  severity: "low",
  rationale:
    "Whoever takes the key of a wildcard certificate is every host of the domain, and of a certificate for a year he is so for a year.",
  remediation: "spec: { duration: 2160h, dnsNames: [vote.example.com] }",
  references: references("catalogue/rules.csv: KY ×3", {}),
  since: "0.1.0",
  parameters: [LONGEST],
  examples: {
    fail: [
      { title: "a year", resources: [certificate({ duration: "8760h" })], path: "spec.duration" },
      {
        title: "every host of a domain",
        resources: [certificate({ dnsNames: ["*.example.com"] })],
        path: "spec.dnsNames[0]",
      },
      {
        title: "longer than told",
        resources: [certificate({ duration: "1440h" })],
        path: "spec.duration",
        parameters: { longestDays: 30 },
      },
    ],
    pass: [
      { title: "90 days, which is the default", resources: [certificate({})] },
      { title: "a month", resources: [certificate({ duration: "720h0m0s" })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [certificate({ duration: unresolved("string") })],
        path: "spec.duration",
      },
    ],
  },
  ...onKubernetes(["kubernetes:cert-manager.io/v1:Certificate"], ({ object, root, parameters }) => [
    judgeDuration(object, parameters.of(LONGEST)),
    ...root
      .at("spec", "dnsNames")
      .items()
      .map((at) => {
        const name = at.string();
        if (name === UNKNOWN) return unknown(at, `the hosts of ${labelOf(object)} are not known before the deployment`);
        return (name ?? "").startsWith("*.")
          ? fail(at, `the key of ${labelOf(object)} is good for every host of ${(name ?? "").slice(2)}`)
          : pass();
      }),
  ]),
});

function judgeDuration(object: KubernetesObject, days: number): Verdict {
  const at = object.root.at("spec", "duration");
  const duration = at.string();
  if (duration === UNKNOWN) return unknown(at, `how long ${labelOf(object)} holds is not known before the deployment`);
  const hours = duration === undefined ? DEFAULT_HOURS : hoursIn(duration);
  return hours > days * HOURS_A_DAY
    ? fail(at, `${labelOf(object)} holds for ${Math.round(hours / HOURS_A_DAY)} days, more than ${days}`)
    : pass();
}

/** What cert-manager takes when no duration is given (Certificate.spec.duration: 90 days). */
const DEFAULT_HOURS = 2160;

/** The hours in a duration as Go writes them, `2160h0m0s`. */
function hoursIn(duration: string): number {
  const [, hours = "0", minutes = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?/.exec(duration) ?? [];
  return Number(hours) + Number(minutes) / 60;
}
