import type { Verdict } from "../model.js";
import type { ContainerView } from "../shapes.js";
import { expectPresent, notApplicable } from "../verdicts.js";

/** Kinds whose pods end by themselves, so that nothing has to be asked of them. */
const ENDING: ReadonlySet<string> = new Set(["CronJob", "Job"]);

/**
 * Whether a container has a probe. Containers of jobs, ephemeral ones, and init containers that end before the others start
 * have none; an init container that stays (`restartPolicy: Always`) may.
 *
 * @param without What happens without it, for messages: `gets requests before it can answer`.
 */
export function judgeProbe(
  { at, container, containerLabel, workload }: ContainerView,
  probe: "livenessProbe" | "readinessProbe",
  without: string,
): Verdict {
  if (ENDING.has(workload.object.kind)) return notApplicable("it ends by itself");
  const stays = at.at("restartPolicy").string() === "Always";
  if (container.kind === "ephemeralContainers" || (container.kind === "initContainers" && !stays))
    return notApplicable("it has no probes");
  return expectPresent(at.at(probe), {
    message: `${containerLabel} ${without}`,
    undecided: `whether ${containerLabel} has a ${probe} is not known before the deployment`,
  });
}
