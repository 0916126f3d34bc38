/** Secrets, alarms and zones. */
import type { Meter } from "../charge.js";
import { counted } from "../charge.js";

/** A secret, and its copies in other Regions. */
export const secret: Meter = (_secret, inputs) => [
  counted("secrets", "secret", 1 + inputs.at("replicas").items().length),
];

/** An alarm costs by the metrics it watches. */
export const alarm: Meter = (_alarm, inputs) => {
  const part = "alarms";
  const queries = inputs.at("metricQueries").items();
  const metrics = queries.filter((query) => !query.at("metric").isAbsent).map((query) => query.at("metric", "period"));
  const periods = (queries.length === 0 ? [inputs.at("period")] : metrics).map((period) => period.number());
  if (periods.some((period) => typeof period === "number" && period < 60))
    return [{ part, reason: "noPrice", detail: "no price of alarms with a period below a minute" }];
  return [counted(part, "alarm", Math.max(1, periods.length))];
};
