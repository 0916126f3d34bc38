import { Network } from "../../../infra/index.js";
import type { NetworkArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { LOGS_KEY, planIn } from "../support.js";

/** The plan of a lone network called `prod`. */
export function networkPlan(args: Partial<NetworkArgs> = {}, region?: string): Promise<Plan> {
  return planIn(() => {
    new Network("prod", { keys: { logsKeyArn: LOGS_KEY }, ...args });
  }, region);
}
