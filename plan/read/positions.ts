import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE } from "js-yaml";
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from "js-yaml";
import { joinPath } from "../model/values.js";
import type { TextSpan } from "./model.js";
import { isScalar, skipNode } from "./yaml/events.js";
import type { TagHandles } from "./yaml/tags.js";
import { isMergeKey, keyTextOf } from "./yaml/tags.js";

/** A property that was found, or the nearest one above it. Offsets count from the start of the text. */
export interface Found {
  readonly value: TextSpan;
  readonly key?: TextSpan;
  /** Whether the path ends here. */
  readonly exact: boolean;
  /** Whether the value is a map or list in block style, which begins on a line of its own. */
  readonly block: boolean;
}

/** A value within a map or list. */
interface Child {
  /** The key or index. */
  readonly step: string | number;
  /** Index of the event of the key, for a value of a map. */
  readonly key?: number;
  /** Index of the event that begins the value. */
  readonly node: number;
}

/** Finds properties of one document by their paths, in the events of its text. What it has looked into it remembers. */
export class Positions {
  readonly #children = new Map<number, readonly Child[]>();
  #anchors: readonly (readonly [name: string, node: number])[] | undefined;

  /**
   * @param root Index of the event that begins the document's value.
   */
  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
    private readonly root: number,
    private readonly handles: TagHandles,
  ) {}

  /** Where the value at a path stands, as `joinPath` writes paths. */
  find(path: string): Found {
    let [node, at, key] = [this.#target(this.root), "", undefined as number | undefined];
    while (at !== path) {
      const next = this.#step(node, at, path);
      if (next === undefined) break;
      [node, at, key] = [this.#target(next.child.node), next.path, next.child.key];
    }
    const event = this.events[node];
    return {
      value: this.#span(node),
      ...(key === undefined ? {} : { key: this.#span(key) }),
      exact: at === path,
      block: isCollection(event) && event.style === COLLECTION_STYLE.BLOCK,
    };
  }

  #step(node: number, at: string, path: string): { readonly child: Child; readonly path: string } | undefined {
    const index = /^\[(\d+)\]/.exec(path.slice(at.length, at.length + 12));
    if (index !== null) {
      const child = this.#childrenOf(node)[Number(index[1])];
      if (typeof child?.step === "number") return { child, path: at + index[0] };
    }
    let found: { readonly child: Child; readonly path: string } | undefined;
    // Of keys that are merged in, the last one counts.
    for (const child of this.#childrenOf(node)) {
      if (typeof child.step === "number") return undefined;
      const below = joinPath(at, child.step);
      if (path.startsWith(below) && /^[.[]?$/.test(path.charAt(below.length))) found = { child, path: below };
    }
    return found;
  }

  #childrenOf(node: number): readonly Child[] {
    let children = this.#children.get(node);
    if (children === undefined) this.#children.set(node, (children = this.#readChildren(node)));
    return children;
  }

  #readChildren(node: number): readonly Child[] {
    const event = this.events[node];
    const children: Child[] = [];
    if (event?.type === EVENT_ID.SEQUENCE)
      for (let at = node + 1; !this.#isEnd(at); at = skipNode(this.events, at))
        children.push({ step: children.length, node: at });
    if (event?.type === EVENT_ID.MAPPING)
      for (let key = node + 1; !this.#isEnd(key);) {
        const value = skipNode(this.events, key);
        children.push(...this.#entry(key, value));
        key = skipNode(this.events, value);
      }
    return children;
  }

  #entry(key: number, value: number): readonly Child[] {
    const event = this.events[this.#target(key)];
    if (event === undefined || !isScalar(event)) return [];
    if (isMergeKey(this.text, event, this.handles)) return this.#merged(this.#target(value));
    const step = keyTextOf(this.text, event, this.handles);
    return step === undefined ? [] : [{ step, key, node: value }];
  }

  #merged(source: number): readonly Child[] {
    if (this.events[source]?.type !== EVENT_ID.SEQUENCE) return this.#childrenOf(source);
    const sources = this.#childrenOf(source).map((child) => this.#target(child.node));
    return sources.reverse().flatMap((one) => this.#childrenOf(one));
  }

  #isEnd(at: number): boolean {
    const type = this.events[at]?.type;
    return type === undefined || type === EVENT_ID.POP;
  }

  /** The node that an alias stands for; any other node is itself. */
  #target(node: number): number {
    const event = this.events[node];
    if (event?.type !== EVENT_ID.ALIAS) return node;
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    this.#anchors ??= this.#readAnchors();
    return this.#anchors.findLast(([known, at]) => known === name && at < node)?.[1] ?? node;
  }

  #readAnchors(): readonly (readonly [string, number])[] {
    return this.events.flatMap((event, at) =>
      at >= this.root && "anchorStart" in event && event.type !== EVENT_ID.ALIAS && event.anchorStart !== -1
        ? [[this.text.slice(event.anchorStart, event.anchorEnd), at] as const]
        : [],
    );
  }

  #span(node: number): TextSpan {
    const event = this.events[node];
    if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP)
      return { start: 0, end: 0 };
    if (event.type === EVENT_ID.ALIAS) return { start: event.anchorStart - 1, end: event.anchorEnd };
    if (event.type === EVENT_ID.SCALAR) return this.#scalarSpan(event, node);
    return { start: event.start, end: this.#collectionEnd(event, node) };
  }

  #scalarSpan(event: ScalarEvent, node: number): TextSpan {
    const { valueStart, valueEnd } = event;
    switch (event.style) {
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return { start: valueStart - 1, end: valueEnd + 1 };
      case SCALAR_STYLE.LITERAL_BLOCK:
      case SCALAR_STYLE.FOLDED_BLOCK:
        return { start: this.#blockHeader(valueStart), end: this.#trimmedEnd(valueStart, valueEnd) };
      default:
        return valueStart === -1 ? this.#emptySpan(event, node) : { start: valueStart, end: valueEnd };
    }
  }

  /** The `|` or `>` on the line before the text. */
  #blockHeader(valueStart: number): number {
    const line = valueStart < 2 ? 0 : this.text.lastIndexOf("\n", valueStart - 2) + 1;
    const header = /[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?[\r\n]*$/.exec(this.text.slice(line, valueStart));
    return header === null ? valueStart : line + header.index;
  }

  #trimmedEnd(start: number, end: number): number {
    let stop = end;
    while (stop > start && /[\r\n]/.test(this.text.charAt(stop - 1))) stop--;
    return stop;
  }

  /** A value that is left out stands after the colon or dash before it, or after its own tag or anchor. */
  #emptySpan(event: ScalarEvent, node: number): TextSpan {
    const own = Math.max(event.tagEnd, event.anchorEnd);
    if (own !== -1) return { start: own, end: own };
    const before = this.events[node - 1];
    if (before === undefined || !isScalar(before) || before.valueStart === -1) return { start: 0, end: 0 };
    const colon = this.text.indexOf(":", this.#scalarSpan(before, node - 1).end);
    const start = colon === -1 ? before.valueEnd : colon + 1;
    return { start, end: start };
  }

  #collectionEnd(event: MappingEvent | SequenceEvent, node: number): number {
    let last: number | undefined;
    for (let at = node + 1; !this.#isEnd(at); at = skipNode(this.events, at)) last = at;
    const end = last === undefined ? event.start + 1 : Math.max(event.start, this.#span(last).end);
    if (event.style === COLLECTION_STYLE.BLOCK) return end;
    // Between the last value and the bracket are white space, comments and a comma at most.
    const [gap = ""] = /^(?:[\s,]|#.*)*/.exec(this.text.slice(end)) ?? [];
    return Math.min(this.text.length, end + gap.length + 1);
  }
}

function isCollection(event: Event | undefined): event is MappingEvent | SequenceEvent {
  return event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE;
}
