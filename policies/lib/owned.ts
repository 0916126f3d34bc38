import type { PlannedResource } from "../../plan/model/index.js";
import type { Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";

/** The resources of a type by what one of their inputs names. */
interface Index {
  readonly byOwner: ReadonlyMap<PlannedResource, readonly PlannedResource[]>;
  /** By a text that no resource of the plan explains. */
  readonly byText: ReadonlyMap<string, readonly PlannedResource[]>;
  /** Whether one names its owner by a late value that no resource of the plan explains. */
  readonly late: boolean;
}

const indices = new WeakMap<World, Map<string, Index>>();

/**
 * The resources of a type that name an owner in an input: the policies of a key, the settings of a bucket. Looked up in an index
 * that is made once. {@link UNKNOWN} when none does and one may.
 *
 * @param name The owner's own name, as a plain text would give it; `undefined` when a plain text tells nothing.
 */
export function ownedBy(
  world: World,
  owner: PlannedResource,
  by: { readonly type: string; readonly input: string; readonly name?: Read<string | undefined> },
): Read<readonly PlannedResource[]> {
  const index = indexOf(world, by.type, by.input);
  const { name } = by;
  const named = typeof name === "string" ? (index.byText.get(name) ?? []) : [];
  const found = [...(index.byOwner.get(owner) ?? []), ...named];
  if (found.length > 0) return found;
  return index.late || (name === UNKNOWN && index.byText.size > 0) ? UNKNOWN : [];
}

function indexOf(world: World, type: string, input: string): Index {
  let known = indices.get(world);
  if (known === undefined) indices.set(world, (known = new Map<string, Index>()));
  const key = `${type}#${input}`;
  let index = known.get(key);
  if (index === undefined) known.set(key, (index = makeIndex(world, type, input)));
  return index;
}

function makeIndex(world: World, type: string, input: string): Index {
  const byOwner = new Map<PlannedResource, PlannedResource[]>();
  const byText = new Map<string, PlannedResource[]>();
  let late = false;
  for (const resource of world.ofType(type)) {
    const at = world.inputsOf(resource).at(input);
    const owners = world.resolve(resource, at);
    for (const owner of owners) byOwner.set(owner, [...(byOwner.get(owner) ?? []), resource]);
    if (owners.length > 0) continue;
    const text = at.string();
    if (text === UNKNOWN) late = true;
    else if (text !== undefined) byText.set(text, [...(byText.get(text) ?? []), resource]);
  }
  return { byOwner, byText, late };
}
