import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { service } from "../../../lib/service-examples.js";
import { leadingTo } from "../../../lib/service-pods.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

/** No Service is of type `NodePort`. The node ports that a load balancer uses are left to what guards the nodes. */
export const serviceNoNodeport = defineRule({
  id: "service-no-nodeport",
  title: "Services open no ports of the nodes",
  ring: "cluster",
  severity: "medium",
  rationale:
    "A node port is open on every node, to whoever reaches one. Network policies see the address of a node in place of the client's, and let it in.",
  remediation: "spec: { type: ClusterIP }  // behind an Ingress with target-type ip",
  references: references(
    "catalogue/rules.csv: KY restrict-nodeport, GK block-nodeport-services, KL exposed-services, KSc service-type, AC_K8S_0111, KICS, DATREE",
    { "owasp-k8s": ["K06"], attack: ["T1133"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "a port on every node", resources: [service({ type: "NodePort" })], path: "spec.type" }],
    pass: [
      { title: "inside the cluster, which is the default", resources: [service({})] },
      { title: "behind a load balancer", resources: [service({ type: "LoadBalancer" })] },
    ],
    unknown: [
      { title: "the type is an output", resources: [service({ type: unresolved("string") })], path: "spec.type" },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Service"], ({ object, root, world }) =>
    expectString(root.at("spec", "type"), {
      absent: "ClusterIP",
      accept: (type) => type !== "NodePort",
      message: `${labelOf(object)} opens a port on every node${leadingTo(world, object)}`,
      undecided: `whether ${labelOf(object)} opens ports of the nodes is not known before the deployment`,
    }),
  ),
});
