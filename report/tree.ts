import type { Operation, Plan, PlannedResource } from "../plan/model/index.js";
import { printable } from "./layout.js";
import type { Page } from "./page.js";
import { title } from "./page.js";

const MARKS: Readonly<Record<Operation, string>> = {
  create: "+ ",
  update: "~ ",
  replace: "± ",
  delete: "- ",
  same: "  ",
  read: "> ",
};

/** Every resource below its parent, as its wire token and name, in order of registration. */
export function treeSection(plan: Plan, page: Page): readonly string[] {
  const urns = new Set<string>(plan.resources.map((r) => r.urn));
  const children = new Map<string, PlannedResource[]>();
  for (const resource of plan.resources) {
    const parent = resource.parent !== undefined && urns.has(resource.parent) ? resource.parent : "";
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [resource]);
    else list.push(resource);
  }
  const lines = (parent: string, depth: number): readonly string[] =>
    (children.get(parent) ?? []).flatMap((r) => [lineOf(r, depth, page), ...lines(r.urn, depth + 1)]);
  const marked = plan.resources.some((r) => r.operation !== undefined);
  const legend = marked ? page.paint.dim("  (+ create, ~ update, ± replace, - delete, > read)") : "";
  return [title(page, "Resources") + legend, ...lines("", 1)];
}

function lineOf(resource: PlannedResource, depth: number, { paint, hide }: Page): string {
  const { type, name, custom, operation, options, insideApply } = resource;
  const notes = [
    ...(options.protect === true ? ["protected"] : []),
    ...(options.retainOnDelete === true ? ["kept on delete"] : []),
    ...(insideApply === true ? ["inside apply"] : []),
  ];
  const mark = operation === undefined ? "" : MARKS[operation];
  const text = `${mark}${hide(printable(`${type} ${name}`))}`;
  const note = notes.length === 0 ? "" : paint.dim(` (${notes.join(", ")})`);
  return "  ".repeat(depth) + (custom ? text : paint.bold(text)) + note;
}
