import type { Event } from "js-yaml";
import { InputError, issue } from "../../core/issue.js";

/** A step to a value: a key of a map, or an index of a list. */
export type Step = string | number;

/** One document of a YAML or JSON file, with the line of every value. */
export interface YamlDocument {
  /** Plain data. */
  readonly value: unknown;
  /** Line of a value, counted from 1: of its key, else of its first character; of the nearest ancestor when it is absent. */
  lineOf(path: readonly Step[]): number;
}

/**
 * Reads a file that people write for Ringfence: YAML 1.2, of which JSON is a part. Dates stay text.
 *
 * @param file Named in messages.
 * @throws InputError when it is no YAML, with the line.
 */
export function parseYaml(text: string, file: string): readonly YamlDocument[] {
  const yaml = require("js-yaml") as typeof import("js-yaml");
  try {
    const values = yaml.loadAll(text, { filename: file });
    const events = yaml.parseEvents(text, { filename: file });
    const lines = new Lines(text);
    const walker = new Walker(events, text, yaml);
    return values.map((value) => {
      const offsets = walker.document();
      return { value, lineOf: (path) => lines.of(offsetOf(offsets, path)) };
    });
  } catch (error) {
    if (!(error instanceof yaml.YAMLException)) throw error;
    const { mark, reason } = error as { readonly mark?: { readonly line: number }; readonly reason: string };
    const where = mark === undefined ? file : `${file}:${mark.line + 1}`;
    const advice = "Correct it there; a YAML plugin of the editor marks the place";
    throw new InputError(where, [{ code: "Malformed", path: file, rule: `must be YAML: ${reason}`, advice }]);
  }
}

/** Reads a file that holds one document; an empty file is an empty map. */
export function parseOneYaml(text: string, file: string): YamlDocument {
  const [document, ...more] = parseYaml(text, file);
  const [second] = more;
  if (second !== undefined) {
    const advice = "Take the line '---' out";
    throw new InputError(`${file}:${second.lineOf([])}`, [
      issue("NotAllowed", file, "must be one YAML document", `${more.length + 1} documents`, advice),
    ]);
  }
  return document ?? { value: {}, lineOf: () => 1 };
}

/** Names places of a document in messages: `ringfence.config.yaml:3 sets[0]`. */
export function placesOf(document: YamlDocument, file: string): (path: readonly Step[]) => string {
  return (path) => {
    const name = pathText(path);
    return `${file}:${document.lineOf(path)}${name === "" ? "" : ` ${name}`}`;
  };
}

/** `exemptions[0].owner`. */
export function pathText(path: readonly Step[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

/** Where the values of a document begin. */
interface Offsets {
  readonly at: number;
  readonly below: ReadonlyMap<Step, Offsets>;
}

function offsetOf(offsets: Offsets, path: readonly Step[]): number {
  let here = offsets;
  for (const step of path) {
    const next = here.below.get(step);
    if (next === undefined) break;
    here = next;
  }
  return here.at;
}

/** Line numbers of a text. */
class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length)];
  }

  of(offset: number): number {
    const next = this.#starts.findIndex((start) => start > offset);
    return next === -1 ? this.#starts.length : next;
  }
}

/** Reads the events of a text in the order in which its values are nested. */
class Walker {
  #at = 0;

  constructor(
    private readonly events: readonly Event[],
    private readonly text: string,
    private readonly yaml: typeof import("js-yaml"),
  ) {}

  document(): Offsets {
    this.#at++;
    const offsets = this.#node();
    while (this.#at < this.events.length && this.events[this.#at]?.type === this.yaml.EVENT_ID.POP) this.#at++;
    return offsets ?? { at: 0, below: new Map() };
  }

  /** The next node; `undefined` where a collection or the document ends. */
  #node(): Offsets | undefined {
    const event = this.events[this.#at++];
    const { EVENT_ID } = this.yaml;
    if (event === undefined) return undefined;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return { at: Math.max(event.valueStart, 0), below: new Map() };
      case EVENT_ID.ALIAS:
        return { at: event.anchorStart, below: new Map() };
      case EVENT_ID.SEQUENCE:
        return { at: event.start, below: this.#items() };
      case EVENT_ID.MAPPING:
        return { at: event.start, below: this.#entries() };
      default:
        this.#at--;
        return undefined;
    }
  }

  #items(): ReadonlyMap<Step, Offsets> {
    const below = new Map<Step, Offsets>();
    for (let item = this.#node(); item !== undefined; item = this.#node()) below.set(below.size, item);
    this.#at++;
    return below;
  }

  #entries(): ReadonlyMap<Step, Offsets> {
    const below = new Map<Step, Offsets>();
    for (;;) {
      const key = this.events[this.#at];
      const name = key?.type === this.yaml.EVENT_ID.SCALAR ? this.yaml.getScalarValue(this.text, key) : "";
      const at = this.#node();
      if (at === undefined) break;
      const value = this.#node();
      if (value === undefined) break;
      below.set(name, { at: at.at, below: value.below });
    }
    this.#at++;
    return below;
  }
}
