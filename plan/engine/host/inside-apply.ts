/**
 * Tells which resources are registered while an `apply` runs on symbolic values. The real first preview does not know
 * such values, does not run that `apply`, and so does not show these resources.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { isSymbolic } from "../../../core/symbolic.js";

type Apply = (this: unknown, func: (value: unknown) => unknown, runWithUnknowns?: boolean) => unknown;
type Register = (
  this: unknown,
  resource: { readonly urn: { promise(): Promise<string> } },
  ...rest: readonly unknown[]
) => unknown;

interface Watched {
  readonly listeners: Set<(urn: string) => void>;
}

const WATCHED = Symbol.for("ringfence.insideApply/1");

/**
 * Starts watching the copy of the SDK that `load` loads from, in this process. The copy is changed once, however many watch.
 *
 * @returns A function that ends the watch.
 */
export function watchApplies(load: (module: string) => unknown, onResource: (urn: string) => void): () => void {
  const { Output } = load("output") as { Output: { prototype: { apply: Apply; [WATCHED]?: Watched | undefined } } };
  const watched = (Output.prototype[WATCHED] ??= install(load, Output.prototype));
  watched.listeners.add(onResource);
  return () => watched.listeners.delete(onResource);
}

function install(load: (module: string) => unknown, prototype: { apply: Apply }): Watched {
  const listeners = new Set<(urn: string) => void>();
  const inside = new AsyncLocalStorage<true>();
  const apply = prototype.apply;
  prototype.apply = function (func, runWithUnknowns) {
    return apply.call(
      this,
      (value) => (isSymbolic(value) ? inside.run(true, () => func(value)) : func(value)),
      runWithUnknowns,
    );
  };
  const runtime = load("runtime/resource") as { registerResource: Register };
  const register = runtime.registerResource;
  runtime.registerResource = function (resource, ...rest) {
    const result = register.call(this, resource, ...rest);
    if (inside.getStore() === true)
      resource.urn.promise().then(
        (urn) => {
          for (const listener of listeners) listener(urn);
        },
        // The registration failed; the run ends with that error.
        () => undefined,
      );
    return result;
  };
  return { listeners };
}
