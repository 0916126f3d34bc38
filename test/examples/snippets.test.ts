/** The usage examples of the constructs do what they show: they synthesize, and every manifest is valid. */
import { access, extendedAccess } from "../../examples/snippets/access.js";
import { admission, labelledByKyverno } from "../../examples/snippets/admission.js";
import { connections, connectionsWithCilium, guardRails } from "../../examples/snippets/connections.js";
import { gateway, publicShop, wikiByTraefik } from "../../examples/snippets/ways-in.js";
import { nodeAgent, strangersCode, workloads } from "../../examples/snippets/workloads.js";
import { MINORS, schemaProblems } from "../constructs/schema.js";
import { CONTRACT, DIGEST, IMAGE, synth } from "../constructs/synth.js";
import type { Manifest } from "../constructs/synth.js";

const contract = { ...CONTRACT, registryHost: "registry.example.com", storageClassName: "encrypted" };

test.each<readonly [string, () => readonly Manifest[], readonly string[]]>([
  [
    "workloads",
    () =>
      synth((chart) => {
        workloads(chart, contract, DIGEST);
      }),
    [
      "Deployment",
      "StatefulSet",
      "Job",
      "CronJob",
      "HorizontalPodAutoscaler",
      "PriorityClass",
      "PersistentVolumeClaim",
    ],
  ],
  [
    "code of strangers",
    () =>
      synth((chart) => {
        strangersCode(chart, IMAGE);
      }),
    ["RuntimeClass", "Deployment"],
  ],
  [
    "an agent of the node",
    () =>
      synth((chart) => {
        nodeAgent(chart, IMAGE);
      }),
    ["DaemonSet", "ValidatingAdmissionPolicy"],
  ],
  [
    "connections",
    () =>
      synth((chart) => {
        connections(chart, contract, IMAGE);
      }),
    ["NetworkPolicy"],
  ],
  [
    "connections with Cilium",
    () =>
      synth((chart) => {
        connectionsWithCilium(chart, IMAGE);
      }),
    ["CiliumNetworkPolicy"],
  ],
  ["guard rails", () => synth(guardRails), ["ClusterNetworkPolicy"]],
  [
    "admission",
    () =>
      synth((chart) => {
        admission(chart, "registry.example.com");
      }),
    ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
  ],
  ["admission by Kyverno", () => synth(labelledByKyverno), ["ValidatingPolicy"]],
  [
    "access",
    () =>
      synth((chart) => {
        access(chart, contract, IMAGE);
      }),
    ["ClusterRole", "RoleBinding", "Role"],
  ],
  ["access that add-ons extend", () => synth(extendedAccess), ["ClusterRole", "ClusterRoleBinding"]],
  [
    "a load balancer",
    () =>
      synth((chart) => {
        publicShop(chart, contract, "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b", IMAGE);
      }),
    ["Ingress"],
  ],
  [
    "Traefik",
    () =>
      synth((chart) => {
        wikiByTraefik(chart, IMAGE);
      }),
    ["Ingress", "Middleware", "TLSOption", "Issuer", "Certificate"],
  ],
  [
    "a gateway",
    () =>
      synth((chart) => {
        gateway(chart, IMAGE);
      }),
    ["Gateway", "HTTPRoute", "Bundle", "ClusterIssuer"],
  ],
])("%s", (_, build, kinds) => {
  const manifests = build();
  expect([...new Set(manifests.map(({ kind }) => kind))]).toEqual(expect.arrayContaining([...kinds]));
  for (const minor of MINORS) expect(manifests.flatMap((manifest) => schemaProblems(manifest, minor))).toEqual([]);
});
