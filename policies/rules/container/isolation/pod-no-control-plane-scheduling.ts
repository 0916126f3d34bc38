import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { onPods } from "../../../shapes.js";
import { expectString, fail, pass, unknown } from "../../../verdicts.js";

/** Taints and labels of control-plane nodes: the present name, and the one until 1.24. */
const CONTROL_PLANE = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

/**
 * The pod chooses no node by name (`spec.nodeName`) and does not ask for the control plane's, by toleration of its
 * taint or by label. That it tolerates every taint, as agents do, is not judged.
 */
export const podNoControlPlaneScheduling = defineRule({
  id: "pod-no-control-plane-scheduling",
  title: "pods do not choose the nodes of the control plane",
  ring: "container",
  severity: "low",
  rationale:
    "A node of the control plane holds the keys of the cluster. EKS runs its own out of reach; in other clusters a pod there reads them. A node by name goes past the scheduler and its rules.",
  remediation: "Remove nodeName and the toleration; choose nodes by labels of their kind",
  references: references("catalogue/rules.csv: KY restrict-controlplane-scheduling, restrict-node-selection", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "tolerates the control plane's taint",
        resources: [
          deployment("web", {
            tolerations: [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }],
            containers: [{ name: "web", image: "web" }],
          }),
        ],
        path: "spec.template.spec.tolerations[0].key",
      },
      {
        title: "a node by name",
        resources: [
          deployment("web", {
            nodeName: "ip-10-0-1-7.eu-west-1.compute.internal",
            containers: [{ name: "web", image: "web" }],
          }),
        ],
        path: "spec.template.spec.nodeName",
      },
    ],
    pass: [
      {
        title: "another taint",
        resources: [
          deployment("web", {
            tolerations: [{ key: "gpu", operator: "Exists" }],
            containers: [{ name: "web", image: "web" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("web", { nodeName: unresolved("string"), containers: [{ name: "web", image: "web" }] })],
        path: "spec.template.spec.nodeName",
      },
    ],
  },
  ...onPods((pod) => {
    const { spec, label } = pod;
    const undecided = `on which nodes ${label} may run is not known before the deployment`;
    const tolerations = spec.at("tolerations");
    const keys = tolerations.items().map((toleration) => toleration.at("key"));
    const labels = CONTROL_PLANE.map((key) => spec.at("nodeSelector", key)).filter((at) => !at.isAbsent);
    return [
      expectString(spec.at("nodeName"), {
        absent: "",
        accept: (name) => name === "",
        message: `${label} chooses its node by name, past the scheduler`,
        undecided,
      }),
      ...(tolerations.isUnknown ? [unknown(tolerations, undecided)] : []),
      ...keys.map((key) => {
        const text = key.string();
        if (text === UNKNOWN) return unknown(key, undecided);
        return CONTROL_PLANE.includes(text ?? "")
          ? fail(key, `${label} may run on nodes of the control plane`)
          : pass();
      }),
      ...labels.map((at) =>
        at.isUnknown ? unknown(at, undecided) : fail(at, `${label} asks for a node of the control plane`),
      ),
    ];
  }),
});
