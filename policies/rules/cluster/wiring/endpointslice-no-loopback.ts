import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleValue } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** Addresses of the node itself and of what answers on its link: loopback, and the instance metadata among the link-local ones. */
const OWN_ADDRESS = /^(127\.|169\.254\.|0\.0\.0\.0$|::1?$|::ffff:(127|169\.254)\.|fe[89ab][0-9a-f]:|fd00:ec2::)/i;

function slice(addresses: ExampleValue) {
  return manifest({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web", namespace: "vote" },
    addressType: "IPv4",
    endpoints: [{ addresses }],
  });
}

/** No endpoint is a loopback or a link-local address, by an EndpointSlice or by Endpoints. */
export const endpointsliceNoLoopback = defineRule({
  id: "endpointslice-no-loopback",
  title: "no endpoint is the node itself",
  ring: "cluster",
  severity: "low",
  rationale:
    "A proxy that takes such an endpoint talks to itself or to the instance metadata of its node: a Service becomes a way to what only the node may reach.",
  remediation: 'endpoints: [{ addresses: ["10.0.3.7"] }]',
  references: references("catalogue/rules.csv: AC_K8S_0132, DATREE", {}),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "the instance metadata", resources: [slice(["169.254.169.254"])], path: "endpoints[0].addresses[0]" },
      {
        title: "loopback, by Endpoints",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Endpoints",
            metadata: { name: "web", namespace: "vote" },
            subsets: [{ addresses: [{ ip: "127.0.0.1" }] }],
          }),
        ],
        path: "subsets[0].addresses[0].ip",
      },
    ],
    pass: [
      { title: "a private address", resources: [slice(["10.0.3.7"])] },
      { title: "an address that begins alike", resources: [slice(["12.7.0.1"])] },
    ],
    unknown: [
      { title: "the addresses are an output", resources: [slice(unresolved("list"))], path: "endpoints[0].addresses" },
    ],
  },
  ...onKubernetes(
    ["kubernetes:discovery.k8s.io/v1:EndpointSlice", "kubernetes:core/v1:Endpoints"],
    ({ object, root }) => {
      const places = [
        ...root
          .at("endpoints")
          .items()
          .flatMap((endpoint) => listed(endpoint.at("addresses"))),
        ...root
          .at("subsets")
          .items()
          .flatMap((subset) => listed(subset.at("addresses")).map((one) => one.at("ip"))),
      ];
      if (places.length === 0) return notApplicable("it holds no addresses");
      return places.map((at) => {
        const address = at.string();
        if (at.isUnknown || address === UNKNOWN)
          return unknown(at, `where ${labelOf(object)} leads is not known before the deployment`);
        return OWN_ADDRESS.test(address ?? "")
          ? fail(at, `${labelOf(object)} leads to ${address ?? ""}, which is the node that asks`)
          : pass();
      });
    },
  ),
});

function listed(list: Cursor): readonly Cursor[] {
  return list.isUnknown ? [list] : list.items();
}
