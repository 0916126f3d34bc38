import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import type { ContainerView } from "../shapes.js";
import { fail, notApplicable, pass, some, unknown } from "../verdicts.js";

/** The two lists of a container's capabilities (`securityContext.capabilities`). */
export function capabilityLists({ at }: ContainerView): { readonly add: Cursor; readonly drop: Cursor } {
  const capabilities = at.at("securityContext", "capabilities");
  return { add: capabilities.at("add"), drop: capabilities.at("drop") };
}

/** Whether the container is privileged, so that its lists of capabilities mean nothing: it has every one. */
export function isPrivileged({ at }: ContainerView): Read<boolean> {
  const value = at.at("securityContext", "privileged").boolean();
  return value === UNKNOWN ? UNKNOWN : value === true;
}

/**
 * Whether a list names a capability exactly as every runtime reads it: in any case, and without `CAP_`, with which
 * containerd drops nothing.
 */
export function lists(list: Cursor, name: string): Read<boolean> {
  if (list.isUnknown) return UNKNOWN;
  return some(list.items().map((item) => names(item, [name], false)));
}

/**
 * One verdict for each item of `capabilities.add` that gives a capability, by its name or as `ALL`, or may turn out to.
 * Runtimes read names in any case; CRI-O with `CAP_` before them as well.
 *
 * @param meaning What the container then does, for the message.
 */
export function judgeGrants(container: ContainerView, name: string, meaning: string): Verdict | readonly Verdict[] {
  const { add } = capabilityLists(container);
  const undecided = `whether ${container.containerLabel} has ${name} is not known before the deployment`;
  if (isPrivileged(container) === true) return notApplicable("a privileged container has every capability");
  if (add.isUnknown) return unknown(add, undecided);
  const verdicts = add.items().flatMap((item) => {
    const read = names(item, [name, "ALL"], true);
    if (read === UNKNOWN) return [unknown(item, undecided)];
    return read ? [fail(item, `${container.containerLabel} has the capability ${name}: it ${meaning}`)] : [];
  });
  return verdicts.length === 0 ? pass() : verdicts;
}

function names(item: Cursor, wanted: readonly string[], prefixed: boolean): Read<boolean> {
  const text = item.string();
  if (text === UNKNOWN) return UNKNOWN;
  const upper = (text ?? "").toUpperCase();
  return wanted.includes(prefixed ? upper.replace(/^CAP_/, "") : upper);
}
