import type { KubernetesObject, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import { labelOf } from "../shapes.js";
import { expectString, fail, unknown } from "../verdicts.js";
import { workloadsOf } from "./service-pods.js";

/** Webhooks that refuse: they do not give way, and the planned program behind them runs. */
export function judgeWebhooks(world: World, object: KubernetesObject): readonly Verdict[] {
  const label = labelOf(object);
  return object.root
    .at("webhooks")
    .items()
    .flatMap((webhook) => {
      const service = webhook.at("clientConfig", "service");
      const [name, namespace] = [service.at("name").string(), service.at("namespace").string()];
      const [behind] =
        typeof name === "string" && typeof namespace === "string"
          ? world.find({ kind: "Service", group: "", name, namespace, cluster: object.cluster })
          : [];
      const replicas =
        behind === undefined
          ? []
          : workloadsOf(world, behind).map((w) => w.object.root.at("spec", "replicas").number());
      const stopped = replicas.length > 0 && replicas.every((count) => count === 0);
      const undecided = `what ${label} does when nobody answers is not known before the deployment`;
      return [
        expectString(webhook.at("failurePolicy"), {
          absent: "Fail",
          accept: (value) => value === "Fail",
          message: `${label} lets everything pass while its webhook does not answer`,
          undecided,
        }),
        ...(stopped
          ? [fail(service, `no pod answers for ${label}: what runs behind its Service has no replicas`)]
          : []),
        ...(replicas.includes(UNKNOWN)
          ? [unknown(service, `whether a pod answers for ${label} is not known before the deployment`)]
          : []),
      ];
    });
}
