import type { Cursor, Workload } from "../../plan/world/index.js";
import { matchesAction } from "./iam.js";

/** Wire token of a Fargate profile. */
export const FARGATE_PROFILE = "aws:eks/fargateProfile:FargateProfile";

/** Whether a selector of a Fargate profile takes a workload's pods: the namespace by `*` and `?`, and every label. */
export function placesOnFargate(selector: Cursor, { object, podLabels }: Workload): boolean {
  const namespace = selector.at("namespace").string();
  if (typeof namespace !== "string" || object.namespace === undefined) return false;
  const labels = selector.at("labels").entries();
  return (
    matchesAction(namespace, object.namespace) && labels.every(([key, value]) => podLabels[key] === value.string())
  );
}
