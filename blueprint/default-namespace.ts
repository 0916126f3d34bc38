import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { PodSecurity } from "../constructs/index.js";
import { podSecurityLabels } from "../constructs/pod-security.js";

const NAME = "default";

/**
 * The namespace `default`, which every cluster has and into which careless commands fall, closed: Pod Security
 * `restricted`, no traffic in either direction, and a service account without a token. Nothing of yours belongs there.
 */
export class ClosedDefaultNamespace extends Construct {
  /** @param kubernetesVersion Minor version at which Pod Security is pinned. */
  constructor(scope: Construct, id: string, kubernetesVersion: string) {
    super(scope, id);
    const labels = podSecurityLabels(PodSecurity.restricted(), kubernetesVersion);
    new ApiObject(this, "Namespace", { apiVersion: "v1", kind: "Namespace", metadata: { name: NAME, labels } });
    new ApiObject(this, "NetworkPolicy", {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "default-deny", namespace: NAME },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
    new ApiObject(this, "ServiceAccount", {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: NAME, namespace: NAME },
      automountServiceAccountToken: false,
    });
  }
}
