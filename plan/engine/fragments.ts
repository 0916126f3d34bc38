import { findFragments, FRAGMENT_LENGTH, fragmentOf } from "../../core/symbolic.js";
import type { Urn } from "../model/values.js";
import { Ref } from "../model/values.js";

/** What a fragment stands for. */
interface Issued {
  readonly urn: Urn;
  readonly output: string;
  /** The whole symbolic value, in lower case. */
  readonly text: string;
  /** The whole symbolic value as issued. */
  readonly original: string;
}

/** A reference found in a text, with the stretch it covers. */
export interface FoundReference {
  readonly ref: Ref;
  readonly start: number;
  readonly end: number;
}

/** The symbolic values of one deployment: issues them, and finds them again in whatever text the program made of them. */
export class SymbolTable {
  readonly #issued = new Map<string, Issued>();
  readonly #ofUrn = new Map<string, string[]>();

  /**
   * Issues the symbolic value of an output, or returns it once more.
   *
   * @param shape Makes the value around the fragment, which it must contain once in any letter case.
   */
  issue(urn: Urn, output: string, shape: (fragment: string) => string): string {
    for (let attempt = 0; ; attempt++) {
      const fragment = fragmentOf(urn, output, attempt);
      const known = this.#issued.get(fragment);
      if (known === undefined) {
        const original = shape(fragment);
        this.#ofUrn.set(urn, [...(this.#ofUrn.get(urn) ?? []), fragment]);
        this.#issued.set(fragment, { urn, output, text: original.toLowerCase(), original });
        return original;
      }
      if (known.urn === urn && known.output === output) return known.original;
    }
  }

  /**
   * Whether a text holds a piece of a symbolic value of one of `urns`, cut so that it names nothing any more. What such a
   * text will be, nobody knows before the deployment.
   */
  isCut(text: string, urns: readonly Urn[]): boolean {
    const lower = text.toLowerCase();
    return urns
      .flatMap((urn) => this.#ofUrn.get(urn) ?? [])
      .some(
        (fragment) =>
          lower.includes(fragment.slice(0, SHORTEST_PIECE)) || lower.includes(fragment.slice(-SHORTEST_PIECE)),
      );
  }

  /**
   * The references in a text, left to right. Each covers as much of its symbolic value as stands around the fragment;
   * what the program cut off is kept in the reference.
   */
  find(text: string): FoundReference[] {
    if (text.length < FRAGMENT_LENGTH) return [];
    const lower = text.toLowerCase();
    const found: FoundReference[] = [];
    for (const { fragment, index } of findFragments(text)) {
      const issued = this.#issued.get(fragment);
      const floor = found.at(-1)?.end ?? 0;
      if (issued === undefined || index < floor) continue;
      found.push(cover(issued, fragment, lower, index, floor));
    }
    return found;
  }
}

/** The least piece of a fragment that is taken for one. */
const SHORTEST_PIECE = 4;

function cover(issued: Issued, fragment: string, text: string, index: number, floor: number): FoundReference {
  const whole = issued.text;
  const at = whole.indexOf(fragment);
  let before = 0;
  while (before < at && index - before > floor && whole[at - before - 1] === text[index - before - 1]) before++;
  let after = FRAGMENT_LENGTH;
  while (at + after < whole.length && whole[at + after] === text[index + after]) after++;
  const front = issued.original.slice(0, at - before);
  const back = issued.original.slice(at + after);
  const ref =
    front === "" && back === ""
      ? new Ref(issued.urn, issued.output)
      : new Ref(issued.urn, issued.output, [front, back]);
  return { ref, start: index - before, end: index + after };
}
