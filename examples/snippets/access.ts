import { type Chart } from "cdk8s";
import {
  BreakGlassAccess,
  HardenedDeployment,
  HardenedNamespace,
  HardenedRole,
  Peer,
  Persona,
  PersonaExtension,
  PersonaRights,
  RbacRule,
  ServiceAccountToken,
  Subject,
  type ClusterContract,
} from "../../constructs/index.js";

/** Who may do what: people by personas, a workload by a role of its own. */
export function access(chart: Chart, contract: ClusterContract, image: string): void {
  const shop = new HardenedNamespace(chart, "shop");
  new Persona(chart, "developers", { persona: "developer", namespaces: [shop] });
  new Persona(chart, "auditors", { persona: "auditor", namespaces: [shop, "kube-system"] });
  new BreakGlassAccess(chart, "break-glass", {
    namespaces: [shop],
    reason: "the on-call engineer repairs the shop at night; the role in AWS alarms",
  });

  const exporter = new HardenedDeployment(shop, "exporter", {
    image,
    serviceAccountToken: ServiceAccountToken.apiServer({ reason: "it counts the pods of the shop" }),
  });
  exporter.allowTo(Peer.apiServer(contract));
  new HardenedRole(shop, "pod-reader", {
    rules: [RbacRule.allow({ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] })],
    subjects: [Subject.workload(exporter)],
  });
}

/** A persona to which an add-on adds its own resources, and somebody who approves the certificates of one signer. */
export function extendedAccess(chart: Chart): void {
  const rights = PersonaRights.aggregated({ reason: "add-ons bring their own resources" });
  new Persona(chart, "viewers", { persona: "viewer", namespaces: ["shop"], rights });
  new PersonaExtension(chart, "view-gateways", {
    persona: "viewer",
    rules: [
      RbacRule.allow({
        apiGroups: ["gateway.networking.k8s.io"],
        resources: ["gateways", "httproutes"],
        verbs: ["get", "list", "watch"],
      }),
    ],
  });
  new HardenedRole(chart, "serving-certificates", {
    rules: RbacRule.approveCertificates("beta.eks.amazonaws.com/app-serving"),
    subjects: [Subject.serviceAccount("certificates", "approver")],
  });
}
