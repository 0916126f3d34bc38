import type { PlannedObject, PlannedValue } from "../../model/values.js";
import { isPlannedList, isPlannedObject, Secret } from "../../model/values.js";
import { Cursor } from "../cursor.js";
import { joinSteps } from "../../model/path.js";
import type { PathStep } from "../../model/path.js";
import { EACH, stepsOf, withIndex } from "./steps.js";

/**
 * Where one input of a classic resource stands in another form of it. Both are property paths in which `[]` stands for
 * every item of a list, as often in one as in the other: `ingress[].cidrBlocks[0]` from `securityGroupIngress[].cidrIp`.
 */
export interface Move {
  readonly to: string;
  readonly from: string;
  /**
   * What the classic form writes for a value.
   *
   * @default - the value itself
   */
  readonly as?: (value: PlannedValue) => PlannedValue;
  /**
   * What the platform takes in this form when nothing stands there, where the classic form takes something else.
   *
   * @default - nothing
   */
  readonly absent?: PlannedValue;
  /**
   * The values of which another input must have one for the move to be made.
   *
   * @default - it is always made
   */
  readonly when?: { readonly at: string; readonly is: readonly string[] };
}

/**
 * The inputs of the classic form.
 *
 * @param bare Whether only what moves lead to is kept; else every other input stays as it is.
 */
export function moved(inputs: PlannedObject, moves: readonly Move[], bare: boolean): PlannedObject {
  const root = new Cursor(inputs);
  const taken = new Set(moves.map(({ from }) => stepsOf(from)[0]));
  const kept = bare ? [] : Object.entries(inputs).filter(([key]) => !taken.has(key));
  const target: Record<PathStep, PlannedValue> = Object.fromEntries(kept);
  for (const move of moves) {
    if (!applies(root, move)) continue;
    for (const { from, to } of placesOf(root, stepsOf(move.from), stepsOf(move.to))) {
      const value = valueAt(root.at(...from), move);
      if (value !== undefined) put(target, to, value);
    }
  }
  return target;
}

function applies(root: Cursor, { when }: Move): boolean {
  return when === undefined || when.is.some((text) => root.at(...stepsOf(when.at)).string() === text);
}

interface Place {
  readonly from: readonly PathStep[];
  readonly to: readonly PathStep[];
}

/** The places that a move stands for, with the index of each item. A list that is not known yet moves as a whole. */
function placesOf(root: Cursor, from: readonly PathStep[], to: readonly PathStep[]): readonly Place[] {
  const head = from.indexOf(EACH);
  if (head < 0) return [{ from, to }];
  const list = root.at(...from.slice(0, head));
  if (list.isUnknown) return [{ from: from.slice(0, head), to: to.slice(0, to.indexOf(EACH)) }];
  return list.items().flatMap((_, i) => placesOf(root, withIndex(from, i), withIndex(to, i)));
}

function valueAt(at: Cursor, { as, absent }: Move): PlannedValue | undefined {
  if (at.isAbsent || at.value === undefined) return absent;
  const value = as === undefined || at.isUnknown ? at.value : as(at.value);
  return at.secret ? new Secret(value) : value;
}

/**
 * Puts a value at a place of a tree that is made here. What stands on the way is copied, since it may be the plan's own; what is
 * no map or list stays.
 */
function put(target: Record<PathStep, PlannedValue>, [step, ...rest]: readonly PathStep[], value: PlannedValue): void {
  if (step === undefined) return;
  const [next] = rest;
  if (next === undefined) {
    target[step] = value;
    return;
  }
  const below = target[step] ?? (typeof next === "number" ? [] : {});
  if (!isPlannedList(below) && !isPlannedObject(below)) return;
  const copy = isPlannedList(below) ? [...below] : { ...below };
  put(copy as unknown as Record<PathStep, PlannedValue>, rest, value);
  target[step] = copy;
}

/** The place of the original inputs that a place of the classic form stands for. */
export function originalPath(path: string, moves: readonly Move[], inputs: PlannedObject): string {
  const steps = stepsOf(path);
  const root = new Cursor(inputs);
  const implied = moves.find(
    (move) =>
      move.absent !== undefined && match(steps, stepsOf(move.to)).whole && root.at(...stepsOf(move.from)).isAbsent,
  );
  if (implied !== undefined) return implied.from;
  const found = moves
    .filter((move) => applies(root, move))
    .map((move) => ({ move, common: match(steps, stepsOf(move.to)) }))
    .filter(({ common }) => common.length > 0)
    .sort((a, b) => b.common.length - a.common.length || Number(b.common.whole) - Number(a.common.whole));
  const [best] = found;
  if (best === undefined) return path;
  const { move, common } = best;
  const from = common.indices.reduce<readonly PathStep[]>(withIndex, stepsOf(move.from));
  if (common.whole) return joinSteps(move.as === undefined ? [...from, ...steps.slice(common.length)] : from);
  return joinSteps(cut(from, common.open));
}

interface Match {
  /** How many steps of the path are steps of the move, from the front; 0 when the path leads elsewhere. */
  readonly length: number;
  /** Whether that is all of the move. */
  readonly whole: boolean;
  /** The index that stands for each {@link EACH}. */
  readonly indices: readonly number[];
  /** Whether the path goes on after the last of them. */
  readonly open: boolean;
}

/** How much of a path a move explains: the path goes through the move's place, or ends on the way to it. */
function match(path: readonly PathStep[], to: readonly PathStep[]): Match {
  const length = Math.min(path.length, to.length);
  const indices: number[] = [];
  let last = -1;
  for (let i = 0; i < length; i += 1) {
    const [step, wanted] = [path[i], to[i]];
    if (wanted === EACH && typeof step === "number") {
      indices.push(step);
      last = i;
    } else if (step !== wanted) return { length: 0, whole: false, indices: [], open: false };
  }
  return { length, whole: length === to.length, indices, open: last < length - 1 };
}

/** The part of a path before its next list, with the key that leads on when `open`. */
function cut(from: readonly PathStep[], open: boolean): readonly PathStep[] {
  const each = from.indexOf(EACH);
  const known = each < 0 ? from : from.slice(0, each);
  const index = known.findLastIndex((step) => typeof step === "number");
  return open ? known.slice(0, index + 2) : known.slice(0, index + 1);
}
