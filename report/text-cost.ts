import { amount, costLine } from "../cost/index.js";
import { field } from "./layout.js";
import type { Report } from "./model.js";
import type { Page } from "./page.js";
import { title } from "./page.js";

/** What the plan costs a month at rest: one line, and all of its parts when `verbose`. */
export function costSection({ cost }: Report, page: Page): readonly string[] {
  if (cost === undefined) return [];
  const [head = "", ...rest] = field("", costLine(cost), page.width);
  const label = /^[^:]*/.exec(head)?.[0] ?? "";
  const line = [title(page, label) + head.slice(label.length), ...rest];
  if (!page.verbose) return line;
  const parts = cost.parts.map(({ name, monthly, count, estimate }) =>
    [`${name} (${count}): ${amount(monthly)} USD`, ...(estimate === undefined ? [] : [estimate])].join("; "),
  );
  const others = cost.notCounted.map(({ name, detail, resources }) => `${name} (${resources.length}): ${detail}`);
  const list = (texts: readonly string[]): readonly string[] => texts.flatMap((text) => field("  ", text, page.width));
  return [...line, ...list(parts), ...(others.length === 0 ? [] : ["Not in it", ...list(others)])];
}
