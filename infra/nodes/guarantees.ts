import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** A tree of settings, as TOML and JSON have it. */
export type SettingsTree = Readonly<Record<string, unknown>>;

/** What must hold of one setting when it is there. */
export interface Guarantee {
  /** Names from the outside in; `*` stands for any. */
  readonly path: readonly string[];
  readonly accepts: (value: unknown) => boolean;
  /** What must hold, beginning with "must". */
  readonly rule: string;
  readonly advice: string;
}

/** Whether something is a table of settings, and neither a list nor a single value. */
export function isTree(value: unknown): value is SettingsTree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `under` with `over` laid on it, table by table; lists and single values are replaced. */
export function mergeTrees(under: SettingsTree, over: SettingsTree): SettingsTree {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? mergeTrees(below, value) : value;
  }
  return merged;
}

/** Checks a tree against guarantees, one issue for each setting that breaks one. */
export function guaranteeIssues(at: string, tree: SettingsTree, guarantees: readonly Guarantee[]): Issue[] {
  return guarantees.flatMap(({ path, accepts, rule, advice }) =>
    valuesAt(tree, path).flatMap(([found, value]) =>
      accepts(value) ? [] : [issue("NotAllowed", `${at}: ${found.join(".")}`, rule, value, advice)],
    ),
  );
}

/** A guarantee that a setting has one value. */
export function mustBe(path: string, value: unknown, advice: string): Guarantee {
  const text = JSON.stringify(value);
  return {
    path: path.split("."),
    accepts: (given) => JSON.stringify(given) === text,
    rule: `must be ${text}`,
    advice,
  };
}

/** A guarantee that a setting is not there. */
export function mustBeAbsent(path: string, advice: string): Guarantee {
  return { path: path.split("."), accepts: () => false, rule: "must not be there", advice };
}

type Found = readonly (readonly [path: readonly string[], value: unknown])[];

function valuesAt(tree: unknown, path: readonly string[]): Found {
  const [first, ...rest] = path;
  if (first === undefined) return tree === undefined ? [] : [[[], tree]];
  if (!isTree(tree)) return [];
  const keys = first === "*" ? Object.keys(tree) : [first];
  return keys.flatMap((key) => valuesAt(tree[key], rest).map(([found, value]) => [[key, ...found], value] as const));
}
