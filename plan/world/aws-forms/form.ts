import type { Move } from "./moves.js";

/** What a form says of one classic resource. */
export interface ClassicShape {
  /** Wire token of `@pulumi/aws`. */
  readonly type: string;
  readonly moves: readonly Move[];
}

/**
 * A setting that has a resource of its own in the classic form and stands within its owner here: the public access block
 * of a bucket.
 */
export interface ClassicPart extends ClassicShape {
  /** Path of what it is made from; it is there when this is. A path that ends in `[]` gives one for every item. */
  readonly of: string;
  /** The input by which the classic resource names its owner. */
  readonly owner: string;
}

/** How a resource of another form looks as classic resources. */
export interface Form extends ClassicShape {
  /** @default - none */
  readonly parts?: readonly ClassicPart[];
}

/** An input that only has another name. */
export function renamed(names: Readonly<Record<string, string>>): readonly Move[] {
  return Object.entries(names).map(([to, from]) => ({ to, from }));
}
