import { EVENT_ID } from "js-yaml";
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from "js-yaml";
import { isPlannedList, isPlannedObject } from "../../model/values.js";
import type { PlannedObject, PlannedValue } from "../../model/values.js";
import type { TextProblem } from "../errors.js";
import { TextError } from "../errors.js";
import { DEEPEST, duplicateMessage } from "../limits.js";
import { isScalar, offsetOf, skipNode } from "./events.js";
import type { TagHandles } from "./tags.js";
import { handlesOf, isMergeKey, keyTextOf, scalarOf } from "./tags.js";
import type { Scalar } from "./scalars.js";
import { keyText } from "./scalars.js";

/** A document of a text. */
export interface Composed {
  /** `undefined` when the document cannot be read; the problems then say why. */
  readonly value: PlannedValue | undefined;
  /** Offsets count from the start of the text that was parsed. */
  readonly problems: readonly TextProblem[];
  /** Where its value begins. */
  readonly offset: number;
  /** Where the items of its property `items` begin, if that is a list. */
  readonly itemOffsets: readonly number[];
}

/** A value with a name, to be used again. */
interface Anchor {
  /** `undefined` while the value is being read. */
  value: PlannedValue | undefined;
  /** How many values it stands for. */
  size: number;
  depth: number;
}

/**
 * Builds the values of all documents in a text, by the rules of go-yaml v2.
 *
 * @param lineAt The line of an offset, for messages.
 */
export function compose(text: string, events: readonly Event[], lineAt: (offset: number) => number): Composed[] {
  const composer = new Composer(text, events, lineAt);
  const documents: Composed[] = [];
  while (composer.more()) documents.push(composer.document());
  return documents;
}

class Composer {
  #at = 0;
  #anchors = new Map<string, Anchor>();
  #handles: TagHandles = new Map();
  #problems: TextProblem[] = [];
  /** How many values the document has so far, and how many of them through aliases. */
  #values = 0;
  #aliased = 0;
  #depth = 0;
  #deepest = 0;
  #itemOffsets: number[] = [];
  #rootKey = "";

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
    private readonly lineAt: (offset: number) => number,
  ) {}

  more(): boolean {
    return this.#at < this.events.length;
  }

  document(): Composed {
    const event = this.#next();
    if (event.type === EVENT_ID.DOCUMENT) this.#handles = handlesOf(event);
    this.#anchors = new Map();
    this.#problems = [];
    this.#values = this.#aliased = this.#depth = this.#deepest = 0;
    const offset = offsetOf(this.events[this.#at]);
    const itemOffsets: number[] = (this.#itemOffsets = []);
    try {
      const value = this.#node();
      this.#at++;
      return { value: this.#problems.length > 0 ? undefined : value, problems: this.#problems, offset, itemOffsets };
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      const broken = error.offset ?? offsetOf(this.events[this.#at - 1]);
      while (this.more() && this.events[this.#at]?.type !== EVENT_ID.DOCUMENT) this.#at++;
      const problems = [...this.#problems, { message: error.message, offset: broken }];
      return { value: undefined, problems, offset, itemOffsets };
    }
  }

  #next(): Event {
    const event = this.events[this.#at++];
    if (event === undefined) throw new TextError("the document ends too early. Correct the YAML");
    return event;
  }

  #node(): PlannedValue {
    const event = this.#next();
    this.#values++;
    switch (event.type) {
      case EVENT_ID.SCALAR:
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        return event.anchorStart === -1 ? this.#content(event) : this.#anchored(event);
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        throw new TextError("a value is missing. Correct the YAML");
    }
  }

  #content(event: ScalarEvent | MappingEvent | SequenceEvent): PlannedValue {
    if (event.type === EVENT_ID.SCALAR) return scalarOf(this.text, event, this.#handles);
    this.#depth++;
    if (this.#depth > this.#deepest) this.#deepest = this.#depth;
    const value = event.type === EVENT_ID.MAPPING ? this.#mapping() : this.#sequence();
    this.#depth--;
    return value;
  }

  #anchored(event: ScalarEvent | MappingEvent | SequenceEvent): PlannedValue {
    const anchor: Anchor = { value: undefined, size: 0, depth: 0 };
    this.#anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), anchor);
    const [before, deepest] = [this.#values, this.#deepest];
    this.#deepest = this.#depth;
    anchor.value = this.#content(event);
    anchor.size = this.#values - before + 1;
    anchor.depth = this.#deepest - this.#depth;
    this.#deepest = Math.max(deepest, this.#deepest);
    return anchor.value;
  }

  #alias(event: AliasEvent): PlannedValue {
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.#anchors.get(name);
    const here = event.anchorStart - 1;
    if (anchor === undefined) throw new TextError(`the alias '*${name}' has no anchor '&${name}' before it`, here);
    if (anchor.value === undefined)
      throw new TextError(`the value of the anchor '&${name}' contains itself. Write out what is meant`, here);
    this.#values += anchor.size;
    this.#aliased += anchor.size;
    this.#deepest = Math.max(this.#deepest, this.#depth + anchor.depth);
    if (this.#deepest > DEEPEST || isExcessive(this.#values, this.#aliased))
      throw new TextError(
        "the aliases of the document stand for too much, as those of an alias bomb do. Write out what is meant",
        here,
      );
    return anchor.value;
  }

  #sequence(): PlannedValue {
    const list: PlannedValue[] = [];
    const offsets = this.#depth === 2 && this.#rootKey === "items" ? this.#itemOffsets : undefined;
    while (this.events[this.#at]?.type !== EVENT_ID.POP) {
      offsets?.push(offsetOf(this.events[this.#at]));
      list.push(this.#node());
    }
    this.#at++;
    return list;
  }

  #mapping(): PlannedObject {
    const first = this.#at;
    const map: Record<string, PlannedValue> = {};
    let merged: Set<string> | undefined;
    while (this.events[this.#at]?.type !== EVENT_ID.POP) {
      const event = this.#peek();
      if (isScalar(event) && isMergeKey(this.text, event, this.#handles)) {
        this.#at++;
        merged ??= new Set<string>();
        this.#merge(map, merged, offsetOf(event));
        continue;
      }
      const key = this.#key(event);
      if (Object.hasOwn(map, key) && merged?.has(key) !== true) this.#duplicate(key, first, event);
      merged?.delete(key);
      if (this.#depth === 1) this.#rootKey = key;
      put(map, key, this.#node());
    }
    this.#at++;
    return map;
  }

  #peek(): Event {
    const event = this.events[this.#at];
    if (event === undefined) throw new TextError("the document ends too early. Correct the YAML");
    return event;
  }

  #key(event: Event): string {
    if (event.type === EVENT_ID.SCALAR && event.anchorStart === -1) {
      this.#at++;
      this.#values++;
      return this.#text(keyTextOf(this.text, event, this.#handles), event);
    }
    const value = this.#node();
    if (isPlannedList(value) || isPlannedObject(value))
      throw new TextError(
        "a key must be text, got a map or list. Quote it, or correct the indentation",
        offsetOf(event),
      );
    const scalar = value as Scalar;
    return this.#text(keyText(scalar, String(scalar)), event);
  }

  #text(key: string | undefined, event: Event): string {
    if (key === undefined)
      throw new TextError("a key must not be null. Write text, in quotes if need be", offsetOf(event));
    return key;
  }

  /**
   * Keys of a merged map take effect in the place of the `<<`, also over keys that stand before it, as go-yaml v2 has it; of
   * several maps the first counts.
   */
  #merge(map: Record<string, PlannedValue>, merged: Set<string>, offset: number): void {
    const source = this.#node();
    const sources = isPlannedList(source) ? [...source].reverse() : [source];
    for (const one of sources) {
      if (!isPlannedObject(one))
        throw new TextError("'<<' must be followed by a map, an alias of one, or a list of such", offset);
      for (const [key, value] of Object.entries(one)) {
        if (!Object.hasOwn(map, key)) merged.add(key);
        put(map, key, value);
      }
    }
  }

  #duplicate(key: string, first: number, event: Event): void {
    const before = this.lineAt(offsetOf(this.#firstKey(key, first)));
    this.#problems.push({ message: duplicateMessage(key, before), offset: offsetOf(event) });
  }

  /** The key of this name in the map whose content begins at an event. */
  #firstKey(key: string, first: number): Event | undefined {
    let at = first;
    for (;;) {
      const event = this.events[at];
      if (event === undefined || event.type === EVENT_ID.POP) return undefined;
      if (isScalar(event) && keyTextOf(this.text, event, this.#handles) === key) return event;
      at = skipNode(this.events, skipNode(this.events, at));
    }
  }
}

/** Assigns as `JSON.parse` does: `__proto__` is a key like any other. */
function put(map: Record<string, PlannedValue>, key: string, value: PlannedValue): void {
  if (key !== "__proto__") map[key] = value;
  else Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * Whether aliases make up too much of a document, by go-yaml's own measure (`allowedAliasRatio` in `decode.go` of
 * go.yaml.in/yaml/v2 2.4.4): 99 % of the values of a small document, 10 % of those of a large one.
 */
function isExcessive(values: number, aliased: number): boolean {
  if (aliased <= 100 || values <= 1000) return false;
  const [small, large] = [400_000, 4_000_000];
  const scaled = 0.99 - 0.89 * ((values - small) / (large - small));
  const allowed = values <= small ? 0.99 : values >= large ? 0.1 : scaled;
  return aliased / values > allowed;
}
