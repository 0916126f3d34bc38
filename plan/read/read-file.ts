import { basename, dirname } from "node:path";
import type { WireValue } from "../engine/wire.js";
import type { Plan, PlannedResource } from "../model/index.js";
import type { TextProblem } from "./errors.js";
import { TextError } from "./errors.js";
import { commandFor } from "./files.js";
import { claimsToBeObject, objectsIn } from "./kubernetes/objects.js";
import type { FoundObject } from "./kubernetes/objects.js";
import type { InputKind, InputProblem, SkippedInput } from "./model.js";
import { programDocumentOf } from "./pulumi/documents.js";
import type { ProgramDocument } from "./pulumi/documents.js";
import type { SourceDocument } from "./source-text.js";
import { SourceText } from "./source-text.js";

/** What a file turned out to hold. */
export interface FileContent {
  readonly kind: InputKind;
  readonly resources: readonly PlannedResource[];
  readonly problems: readonly InputProblem[];
  readonly skipped: readonly SkippedInput[];
  /** The text, where Kubernetes objects stand in it. */
  readonly source?: SourceText;
  /** The plan, for a document of Pulumi or Ringfence. */
  readonly plan?: Plan;
}

/**
 * Reads the text of a file, whatever it is.
 *
 * @param named Whether it was named itself: then it must hold something, while a file in a folder may be about other things.
 */
export function readText(file: string, text: string, named: boolean): FileContent {
  if (!named && !mayBeOurs(text)) return notKubernetes(file);
  const source = new SourceText(file, text);
  const documents = documentsOf(source);
  const program = programIn(documents, text);
  if (program !== undefined) return programContent(file, program);
  return kubernetesContent(source, documents, named);
}

/** The documents of a text, up to those after which nobody reads what is wrong with yet another. */
function documentsOf(source: SourceText): readonly SourceDocument[] {
  const documents: SourceDocument[] = [];
  let problems = 0;
  for (const document of source.documents()) {
    documents.push(document);
    problems += document.problems.length;
    if (problems > MOST_PROBLEMS) break;
  }
  return documents;
}

/** A cheap look at a file that nobody named: does it speak of objects, or is it a document of a program? */
function mayBeOurs(text: string): boolean {
  return (/\bapiVersion\b/.test(text) && /\bkind\b/.test(text)) || /"urn:pulumi:|"ringfence\.plan\//.test(text);
}

function notKubernetes(path: string): FileContent {
  const message = `'${path}' holds no Kubernetes object`;
  return {
    kind: "kubernetes-yaml",
    resources: [],
    problems: [],
    skipped: [{ path, reason: "not-kubernetes", message }],
  };
}

function programIn(documents: readonly SourceDocument[], text: string): ProgramDocument | undefined {
  const [first] = documents;
  if (first?.isJson !== true || claimsToBeObject(first.value)) return undefined;
  return programDocumentOf(
    documents.flatMap(({ value }) => (value === undefined ? [] : [value as WireValue])),
    text,
  );
}

function programContent(file: string, { kind, read }: ProgramDocument): FileContent {
  try {
    const plan = read();
    return { kind, resources: plan.resources, problems: [], skipped: [], plan };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    return { kind, resources: [], problems: [{ file, message: error.message }], skipped: [] };
  }
}

/** More than this a person does not read of one file. */
const MOST_PROBLEMS = 50;

function kubernetesContent(source: SourceText, documents: readonly SourceDocument[], named: boolean): FileContent {
  const { file } = source;
  const kind = documents.length > 0 && documents.every((d) => d.isJson) ? "kubernetes-json" : "kubernetes-yaml";
  const isBroken = documents.some((d) => d.problems.length > 0);
  if (!isBroken && !documents.some(({ value }) => claimsToBeObject(value)))
    return named ? { kind, resources: [], problems: [nothingIn(file)], skipped: [] } : notKubernetes(file);
  const resources: PlannedResource[] = [];
  const problems: InputProblem[] = [];
  const skipped: SkippedInput[] = [];
  for (const document of documents) {
    problems.push(...document.problems.map((problem) => problemAt(source, problem)));
    for (const found of foundIn(source, document)) {
      if (found.resource !== undefined) resources.push(found.resource);
      if (found.problem !== undefined) problems.push(objectProblem(source, document.index, found.problem));
      if (found.configuration !== undefined) skipped.push(configuration(file, found.configuration));
    }
  }
  if (resources.length === 0 && problems.length === 0 && named) problems.push(nothingIn(file));
  return { kind, resources, problems: fewest(file, problems), skipped, source };
}

function foundIn(source: SourceText, { value, index, offset, itemOffsets }: SourceDocument): readonly FoundObject[] {
  if (value === undefined || value === null) return [];
  return objectsIn(value, {
    file: source.file,
    document: index,
    at: ([item]) => source.lines.position((item === undefined ? undefined : itemOffsets[item]) ?? offset),
  });
}

function problemAt(source: SourceText, { message, offset }: TextProblem): InputProblem {
  const position = source.lines.position(offset);
  const span = source.lines.span(position.line);
  const isTemplate = span !== undefined && source.text.slice(span.start, span.end).includes("{{");
  const advice = "A line with '{{' is that of a template: render it first, as 'helm template' does";
  return {
    file: source.file,
    ...position,
    message: isTemplate ? `${message.replace(/\. [^.]*$/, "")}. ${advice}` : message,
  };
}

function objectProblem(
  source: SourceText,
  document: number,
  { path, message }: { readonly path: string; readonly message: string },
): InputProblem {
  const place = source.place(document, path);
  return place === undefined
    ? { file: source.file, message }
    : { file: source.file, line: place.line, column: place.column, message };
}

function nothingIn(file: string): InputProblem {
  const name = basename(file);
  const holder = /^kustomization(?:\.ya?ml)?$/i.test(name) ? "kustomize" : name === "Chart.yaml" ? "helm" : undefined;
  if (holder === undefined)
    return { file, message: "holds no Kubernetes object. Give a file with 'apiVersion' and 'kind' in it" };
  return { file, message: `is a source of objects and holds none. Run: ${commandFor(holder, dirname(file))}` };
}

function configuration(path: string, kind: string): SkippedInput {
  return {
    path,
    reason: "configuration",
    message: `'${path}' holds a ${kind}, which configures a program and is no object`,
  };
}

function fewest(file: string, problems: readonly InputProblem[]): readonly InputProblem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const message = `has more problems than ${MOST_PROBLEMS}, and may not be read to its end. Correct the first ones`;
  return [...problems.slice(0, MOST_PROBLEMS), { file, message }];
}
