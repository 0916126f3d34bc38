import { readFileSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { NotEvaluated, Plan, PlannedObject, PlannedResource } from "../model/index.js";
import { LARGEST_FILE, textOfBytes, tooLarge } from "./content.js";
import { distinct } from "./duplicates.js";
import type { Sourced } from "./duplicates.js";
import { TextError } from "./errors.js";
import { findFiles, isStream, unreadable } from "./files.js";
import type { FoundFile } from "./files.js";
import { itemPath, parseFileUrn } from "./kubernetes/objects.js";
import type { InputProblem, ReadInput, ReadInputs, ReadOptions, SkippedInput, SourcePlace } from "./model.js";
import { readText } from "./read-file.js";
import type { FileContent } from "./read-file.js";
import { SecretLines } from "./secret-lines.js";
import type { SourceText } from "./source-text.js";

/** What `readInputs` of `ringfence/plan` does. */
export async function readAll(paths: readonly string[], options: ReadOptions): Promise<ReadInputs> {
  const found = findFiles(paths);
  const reading = new Reading(found.problems, found.skipped);
  const logs = options.eventLog === undefined ? [] : [{ path: options.eventLog, named: true }];
  const files = [...logs, ...found.files];
  for (const [i, file] of files.entries()) {
    await reading.file(file, options.stdin ?? process.stdin);
    if (i < logs.length) reading.mustBeLog(file.path);
    options.onProgress?.({ filesDone: i + 1, files: files.length, resources: reading.resources });
  }
  for (const folder of found.folders) reading.mustHoldSomething(folder);
  return reading.result();
}

/** What has been read so far. */
class Reading {
  readonly #inputs: ReadInput[] = [];
  readonly #problems: InputProblem[];
  readonly #skipped: SkippedInput[];
  readonly #all: Sourced[] = [];
  readonly #plans: Plan[] = [];
  readonly #sources = new Map<string, SourceText>();
  readonly #lines = new Map<string, SecretLines>();

  constructor(problems: readonly InputProblem[], skipped: readonly SkippedInput[]) {
    this.#problems = [...problems];
    this.#skipped = [...skipped];
  }

  get resources(): number {
    return this.#all.length;
  }

  async file({ path, named }: FoundFile, stdin: AsyncIterable<Uint8Array | string>): Promise<void> {
    let text: string;
    try {
      text = textOfBytes(await bytesOf(path, stdin));
    } catch (error) {
      this.#problems.push(contentProblem(path, error));
      return;
    }
    this.#add(path, readText(path, text, named));
  }

  #add(path: string, content: FileContent): void {
    const { kind, resources, problems, skipped, source, plan } = content;
    this.#problems.push(...problems);
    this.#skipped.push(...skipped);
    for (const resource of resources) this.#all.push({ resource, file: path });
    if (plan !== undefined) this.#plans.push(plan);
    if (source !== undefined) {
      this.#sources.set(path, source);
      this.#lines.set(path, new SecretLines(source, resources));
    }
    if (resources.length > 0 || plan !== undefined) this.#inputs.push({ path, kind, resources: resources.length });
  }

  mustBeLog(path: string): void {
    const input = this.#inputs.find((one) => one.path === path);
    if (input !== undefined && input.kind !== "event-log")
      this.#problems.push({
        file: path,
        message: `must be an event log, got a file of kind '${input.kind}'. Give what 'pulumi preview --event-log' wrote`,
      });
  }

  /** A folder that was named and gives nothing would pass without being judged. */
  mustHoldSomething(folder: string): void {
    const root = resolve(folder);
    const below = root.endsWith(sep) ? root : `${root}${sep}`;
    const within = (path: string): boolean => !isStream(path) && `${resolve(path)}${sep}`.startsWith(below);
    const isRead = [...this.#inputs.map(({ path }) => path), ...this.#problems.map(({ file }) => file)].some(within);
    if (isRead || this.#skipped.some(({ path, reason }) => reason === "same-file" && within(path))) return;
    const sources = this.#skipped.filter(({ path, reason }) => within(path) && /kustomize|helm/.test(reason));
    const message = "holds no Kubernetes object. Give a folder with YAML or JSON of Kubernetes in it";
    const problems = sources.map((source) => ({ file: source.path, message: source.message.replace(/^'.*?' /, "") }));
    this.#problems.push(...(problems.length > 0 ? problems : [{ file: folder, message }]));
  }

  result(): ReadInputs {
    const { resources, warnings } = distinct(this.#all);
    const all = [...this.#plans.flatMap((plan) => plan.warnings), ...warnings];
    return {
      plan: merged(this.#plans, sorted(resources), all),
      inputs: this.#inputs,
      problems: this.#problems.sort(
        (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
      ),
      warnings: all,
      skipped: this.#skipped,
      locate: (resource, path) => this.#locate(resource, path),
      textOf: (file) => this.#sources.get(file)?.text,
      lineOf: (file, line) => this.#lines.get(file)?.line(line),
    };
  }

  #locate({ urn }: Pick<PlannedResource, "urn">, path: string): SourcePlace | undefined {
    const place = parseFileUrn(urn);
    if (place === undefined) return undefined;
    const whole = [itemPath(place.items), path].filter((part) => part !== "").join(".");
    return this.#sources.get(place.file)?.place(place.document, whole);
  }
}

async function bytesOf(path: string, stdin: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  if (path === "-" || path === "/dev/stdin") return gather(stdin);
  if (!isStream(path) && statSync(path).size > LARGEST_FILE) throw tooLarge();
  return readFileSync(path);
}

async function gather(stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes =
      typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    size += bytes.length;
    if (size > LARGEST_FILE) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function contentProblem(file: string, error: unknown): InputProblem {
  if (!(error instanceof TextError)) return { file, message: unreadable("file", error) };
  return { file, ...error.position, message: error.message };
}

/** Files in the order of their names; what stands in one keeps its order. */
function sorted(all: readonly Sourced[]): readonly PlannedResource[] {
  const byFile = new Map<string, PlannedResource[]>();
  for (const { resource, file } of all) {
    const group = byFile.get(file);
    if (group === undefined) byFile.set(file, [resource]);
    else group.push(resource);
  }
  return [...byFile].sort(([a], [b]) => compare(a, b)).flatMap(([, group]) => group);
}

function merged(plans: readonly Plan[], resources: readonly PlannedResource[], warnings: readonly string[]): Plan {
  const stackOutputs = Object.assign({}, ...plans.map((plan) => plan.stackOutputs)) as PlannedObject;
  const notEvaluated: readonly NotEvaluated[] = plans.flatMap((plan) => plan.notEvaluated);
  const named = plans.find((plan) => plan.project !== "");
  return { project: named?.project ?? "", stack: named?.stack ?? "", resources, stackOutputs, notEvaluated, warnings };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
