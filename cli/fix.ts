import { count } from "../core/wording.js";
import { readFileSync } from "node:fs";
import { structuredPatch } from "diff";
import type { Edit, ObjectEdits } from "../plan/edit/index.js";
import { editText } from "../plan/edit/index.js";
import type { Data } from "../plan/edit/index.js";
import type { PlannedResource } from "../plan/model/index.js";
import { toPlainJson } from "../plan/model/index.js";
import type { ReadInputs } from "../plan/read/index.js";
import { identityOf } from "../plan/world/index.js";
import type { Change, Finding, Judgement } from "../policies/index.js";

import { diffMask } from "./fix-mask.js";
import type { TextFile } from "./outputs.js";

/** What `--fix` would do to the files. */
export interface Fixes {
  /** The files as they would be; those that stay as they are are left out. */
  readonly files: readonly (TextFile & { readonly before: string })[];
  /** How many changes. */
  readonly made: number;
  /** Findings that a machine could mend and did not, a line each: what and why. */
  readonly left: readonly string[];
}

/** The changes of all failed findings, and of what they imply, made in the text of their files. */
export function fixesOf(read: ReadInputs, { findings }: Judgement): Fixes {
  const byFile = new Map<string, Map<PlannedResource, Edit[]>>();
  const texts = new Map<string, PlainText | undefined>();
  const left: string[] = [];
  for (const finding of findings.flatMap((f) => [f, ...f.covered]).filter(isFixable)) {
    const file = finding.resource.source?.file;
    if (file !== undefined && !texts.has(file)) texts.set(file, plainTextOf(file, read));
    if (file === undefined || texts.get(file) === undefined) {
      left.push(`${finding.rule.id} at ${identityOf(finding.resource).id}: it is not in a file of plain text`);
      continue;
    }
    const objects = byFile.get(file) ?? new Map<PlannedResource, Edit[]>();
    byFile.set(
      file,
      objects.set(finding.resource, [...(objects.get(finding.resource) ?? []), ...finding.fix.map(editOf)]),
    );
  }
  const edited = [...byFile].map(([file, objects]) => {
    const { mark, text: before } = texts.get(file) ?? { mark: "", text: "" };
    const list: ObjectEdits[] = [...objects].flatMap(([resource, edits]) => {
      const span = read.locate(resource, "")?.value;
      return span === undefined ? [] : [{ span, edits }];
    });
    const { text, made, refused } = editText(before, list);
    left.push(
      ...refused.map(({ path }) => `${path} in ${file}: the text shares the value, or holds it in a form of its own`),
    );
    return { file, before: mark + before, text: mark + text, made };
  });
  return {
    files: edited.filter(({ before, text }) => before !== text),
    made: edited.reduce((sum, { made }) => sum + made, 0),
    left,
  };
}

/**
 * The changes as a unified diff, which `patch -p0` takes. It is the changed lines alone, since their neighbours may hold what
 * is secret, and what the judgement knows to be a secret is masked; each hunk names its object instead.
 */
export function diffOf({ files }: Fixes, read: ReadInputs, { findings, exempted }: Judgement): string {
  const mask = diffMask([...findings, ...exempted.map(({ finding }) => finding)], read);
  const byFile = new Map<string, { readonly line: number; readonly id: string }[]>();
  for (const resource of read.plan.resources) {
    if (resource.source === undefined) continue;
    const { file, line } = resource.source;
    const object = { line, id: identityOf(resource).id };
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [object]);
    else known.push(object);
  }
  const lines = files.flatMap(({ file, before, text }) => {
    const { hunks } = structuredPatch(file, file, before, text, "", "", { context: 0 });
    const objects = byFile.get(file) ?? [];
    return [
      `--- ${file}`,
      `+++ ${file}`,
      ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => [
        `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@ ${objects.findLast(({ line }) => line <= oldStart)?.id ?? ""}`,
        ...changed.map(mask),
      ]),
    ];
  });
  return lines.map((line) => `${line}\n`).join("");
}

/** What was done, or would be, in a sentence. */
export function summaryOf({ files, made, left }: Fixes, would: boolean): string {
  const what = `${would ? "would make" : "made"} ${count(made, "change")} in ${count(files.length, "file")}`;
  const rest =
    left.length === 0 ? "" : `; ${count(left.length, "change")} ${left.length === 1 ? "needs" : "need"} a person`;
  return `${what}${rest}`;
}

function isFixable({ verdict, fix }: Finding): boolean {
  return verdict === "fail" && fix.length > 0;
}

function editOf(change: Change): Edit {
  return change.kind === "remove" ? change : { ...change, value: toPlainJson(change.value) as Data };
}

/** What a file of UTF-8 may begin with. What was read goes without it; what is written keeps it. */
const BYTE_ORDER_MARK = "\ufeff";

/** The text of a file, and the mark before it. */
interface PlainText {
  readonly mark: string;
  readonly text: string;
}

/** The text of a file on disk, when what was read is that text and no packed or re-coded form of it. */
function plainTextOf(file: string, read: ReadInputs): PlainText | undefined {
  const text = read.textOf(file);
  if (text === undefined || file === "-") return undefined;
  const onDisk = readFileSync(file, "utf8");
  const mark = onDisk.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  return onDisk === mark + text ? { mark, text } : undefined;
}
