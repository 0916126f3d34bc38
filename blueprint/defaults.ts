import type { EndpointFeature, NetworkRef } from "../infra/index.js";
import type { NetworkChoices } from "./choices.js";

/** What pods and nodes use of AWS when nobody says otherwise. */
export const DEFAULT_FEATURES = [
  "nodes",
  "podIdentity",
  "bastion",
  "blockStorage",
  "loadBalancers",
  "secretsManager",
] as const satisfies readonly EndpointFeature[];

/** Whether a network is there already rather than a choice of how to make one. */
export function isExisting(network: NetworkChoices | NetworkRef | undefined): network is NetworkRef {
  return network !== undefined && "vpcId" in network;
}
