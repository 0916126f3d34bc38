import { SPEC_UNCHANGED } from "../cel.js";
import type { ExpressionControl } from "../control.js";
import { SERVICES } from "../resources.js";

const ON_SERVICES = {
  kind: "expression",
  matches: SERVICES,
  unchanged: SPEC_UNCHANGED,
  exemptions: "namespaced",
} as const;

/** Services open no port on the nodes; load balancers send to pods directly (`allocateLoadBalancerNodePorts: false`). */
export function noNodePort(): ExpressionControl {
  return {
    ...ON_SERVICES,
    id: "no-node-port",
    title: "services open no port on the nodes",
    rationale: "the port answers on every node, past the load balancer and its firewall",
    validations: [
      {
        expression: "!has(object.spec.type) || object.spec.type != 'NodePort'",
        message: "a Service may not have the type NodePort",
      },
      {
        expression:
          "!has(object.spec.type) || object.spec.type != 'LoadBalancer' || (has(object.spec.allocateLoadBalancerNodePorts) && !object.spec.allocateLoadBalancerNodePorts)",
        message: "a Service of the type LoadBalancer must have allocateLoadBalancerNodePorts: false",
      },
      {
        expression: "!has(object.spec.ports) || object.spec.ports.all(port, !has(port.nodePort) || port.nodePort == 0)",
        message: "no port of a Service may name a nodePort",
      },
    ],
  };
}

/** Services claim no addresses (CVE-2020-8554). */
export function noExternalIp(): ExpressionControl {
  return {
    ...ON_SERVICES,
    id: "no-external-ip",
    title: "services claim no external addresses",
    rationale: "a Service that claims an address receives what pods send to it (CVE-2020-8554)",
    validations: [
      {
        expression: "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0",
        message: "a Service may not have externalIPs",
      },
    ],
  };
}
