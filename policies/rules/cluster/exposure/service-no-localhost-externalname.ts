import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { service } from "../../../lib/service-examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, notApplicable, unknown } from "../../../verdicts.js";

/** Names and addresses that mean the machine itself. */
const LOOPBACK = /^((.*\.)?localhost|127(\.\d{1,3}){3}|::1)\.?$/i;

/** No Service of type `ExternalName` leads to the machine that asks: an ingress controller would serve its own ports. */
export const serviceNoLocalhostExternalname = defineRule({
  id: "service-no-localhost-externalname",
  title: "no Service leads to the loopback address",
  ring: "cluster",
  severity: "low",
  rationale:
    "An ingress controller that follows such a name asks itself: its administration port, which listens only on the loopback address, is then open to whoever it serves.",
  remediation: "spec: { type: ExternalName, externalName: db.example.com }",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "localhost",
        resources: [service({ type: "ExternalName", externalName: "localhost" })],
        path: "spec.externalName",
      },
    ],
    pass: [
      {
        title: "a name that only begins so",
        resources: [service({ type: "ExternalName", externalName: "localhost.example.com" })],
      },
      { title: "another type, which has no such field", resources: [service({ externalName: "localhost" })] },
    ],
    unknown: [
      {
        title: "the name is an output",
        resources: [service({ type: "ExternalName", externalName: unresolved("string") })],
        path: "spec.externalName",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Service"], ({ object, root }) => {
    const type = root.at("spec", "type");
    const undecided = `where ${labelOf(object)} leads is not known before the deployment`;
    if (type.string() === UNKNOWN) return unknown(type, undecided);
    if (type.string() !== "ExternalName") return notApplicable("it leads to pods");
    return expectString(root.at("spec", "externalName"), {
      absent: "",
      accept: (name = "") => !LOOPBACK.test(name),
      message: `${labelOf(object)} leads whoever follows it to itself`,
      undecided,
    });
  }),
});
