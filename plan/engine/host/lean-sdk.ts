/**
 * The SDK notes a stack trace, mapped to its sources, with every promise and every resource: the first for a message about
 * promises that leaked, the second for editors. Together they are nine tenths of the time of a large preview. The engine
 * reads neither, and sees for itself whether a run was whole, so the copy of the SDK that `load` loads from goes without.
 */
export function leanSdk(load: (module: string) => unknown): void {
  const debuggable = load("runtime/debuggable") as { debuggablePromise: <T>(promise: T) => T };
  debuggable.debuggablePromise = (promise) => promise;
  const { Resource } = load("resource") as { Resource: { callsites?: () => readonly unknown[] } };
  if (Resource.callsites !== undefined) Resource.callsites = () => [];
}
