import type { PlannedResource } from "../../plan/model/index.js";
import type { Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";

/** Wire tokens of load balancers of the second generation: two names of one thing. */
export const LOAD_BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"] as const;

/** Wire tokens of their listeners. */
export const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;

/** Wire tokens of the rules of listeners. */
export const LISTENER_RULES = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"] as const;

/** What kind of load balancer one is; `application` unless told (Elastic Load Balancing API, `CreateLoadBalancer`). */
export function kindOf(world: World, balancer: PlannedResource): Read<string> {
  const type = world.inputsOf(balancer).at("loadBalancerType").string();
  return type === UNKNOWN ? UNKNOWN : (type ?? "application");
}

/** The protocol of a listener. Without one it is that of an application load balancer, `HTTP`; gateways have none. */
export function protocolOf(world: World, listener: PlannedResource): Read<string> {
  const inputs = world.inputsOf(listener);
  const protocol = inputs.at("protocol").string();
  if (protocol === UNKNOWN) return UNKNOWN;
  if (protocol !== undefined) return protocol.toUpperCase();
  const [balancer] = world
    .resolve(listener, inputs.at("loadBalancerArn"))
    .filter((r) => LOAD_BALANCERS.some((type) => type === r.type));
  const kind = balancer === undefined ? "application" : kindOf(world, balancer);
  if (kind === UNKNOWN) return UNKNOWN;
  return kind === "application" ? "HTTP" : "GENEVE";
}
