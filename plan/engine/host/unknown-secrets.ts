/**
 * Secrets of the stack's configuration that are encrypted for somebody else: `getSecret` and its kin give an unknown
 * secret for them, whatever type the program asks for.
 */

type Getter = (this: { readonly name: string }, key: string, ...rest: readonly unknown[]) => unknown;

interface OutputModule {
  readonly Output: new (
    resources: readonly unknown[],
    value: Promise<unknown>,
    isKnown: Promise<boolean>,
    isSecret: Promise<boolean>,
    allResources: Promise<readonly unknown[]>,
  ) => unknown;
  readonly unknown: unknown;
}

/** Changes the `Config` class of the SDK copy that `load` loads from. */
export function unknownSecrets(load: (module: string) => unknown, unreadable: readonly string[]): void {
  if (unreadable.length === 0) return;
  const keys = new Set(unreadable);
  const { Config } = load("config") as { Config: { prototype: Record<string, Getter> } };
  const { Output, unknown } = load("output") as OutputModule;
  for (const method of Object.getOwnPropertyNames(Config.prototype)) {
    const original = Config.prototype[method];
    if (!/^(get|require)Secret/.test(method) || original === undefined) continue;
    Config.prototype[method] = function (key, ...rest) {
      if (!keys.has(`${this.name}:${key}`)) return original.call(this, key, ...rest);
      return new Output(
        [],
        Promise.resolve(unknown),
        Promise.resolve(false),
        Promise.resolve(true),
        Promise.resolve([]),
      );
    };
  }
}
