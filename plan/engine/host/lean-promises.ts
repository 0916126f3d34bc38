/**
 * The SDK gives every promise a stack trace, mapped to its sources, for a message about promises that leaked: nine tenths of
 * the time of a large preview. The engine sees for itself whether a run was whole, so the copy of the SDK that `load` loads
 * from goes without.
 */
export function leanPromises(load: (module: string) => unknown): void {
  const debuggable = load("runtime/debuggable") as { debuggablePromise: <T>(promise: T) => T };
  debuggable.debuggablePromise = (promise) => promise;
}
