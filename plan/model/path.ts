import { joinPath } from "./values.js";

/** One step of a property path: a key of a map, or an index of a list. */
export type PathStep = string | number;

/** The property path of steps, of which {@link splitPath} is the inverse. */
export function joinSteps(steps: readonly PathStep[]): string {
  return steps.reduce<string>(
    (path, step) => (typeof step === "number" ? `${path}[${step}]` : joinPath(path, step)),
    "",
  );
}

/**
 * The steps of a property path, as `joinPath` writes it: `spec.containers[0].env["a.b"]` gives
 * `["spec", "containers", 0, "env", "a.b"]`. Empty for the empty path.
 */
export function splitPath(path: string): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (const [, index, quoted, plain] of path.matchAll(/\[(\d+)\]|\["(.*?)"\](?=$|\.|\[)|\.?([^.[]+)/gs)) {
    if (index !== undefined) steps.push(Number(index));
    else steps.push(quoted ?? plain ?? "");
  }
  return steps;
}
