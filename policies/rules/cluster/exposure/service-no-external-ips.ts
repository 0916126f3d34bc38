import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { service } from "../../../lib/service-examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, pass, remove, unknown } from "../../../verdicts.js";

/** No Service names `externalIPs`, by which it takes the traffic of every pod to these addresses (CVE-2020-8554). */
export const serviceNoExternalIps = defineRule({
  id: "service-no-external-ips",
  title: "Services name no external addresses",
  ring: "cluster",
  severity: "high",
  rationale:
    "Every node sends what goes to such an address to the Service instead, whoever owns the address: it can take over the traffic of all pods to a database, a registry or the cloud's own services (CVE-2020-8554).",
  remediation: "Remove spec.externalIPs; use an Ingress, or type: LoadBalancer with an internal scheme",
  references: references(
    "catalogue/rules.csv: KSV-0108, KY restrict-external-ips, GK externalip, AC_K8S_0112, C-0283 (flag)",
    {
      "cis-kubernetes": ["1.2.3"],
      attack: ["T1557"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "takes over an address",
        resources: [service({ externalIPs: ["203.0.113.7"] })],
        path: "spec.externalIPs",
      },
    ],
    pass: [
      { title: "none", resources: [service({ type: "ClusterIP" })] },
      { title: "an empty list", resources: [service({ externalIPs: [] })] },
    ],
    unknown: [
      {
        title: "the addresses are an output",
        resources: [service({ externalIPs: unresolved("list") })],
        path: "spec.externalIPs",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Service"], ({ object, root }) => {
    const addresses = root.at("spec", "externalIPs");
    if (addresses.isUnknown)
      return unknown(addresses, `whether ${labelOf(object)} takes over addresses is not known before the deployment`);
    if (addresses.items().length === 0) return pass();
    const message = `${labelOf(object)} takes the traffic of every pod to addresses that are not the cluster's`;
    return fail(addresses, message, { fix: [remove(addresses)] });
  }),
});
