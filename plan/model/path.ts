/**
 * The steps of a property path, as `joinPath` writes it: `spec.containers[0].env["a.b"]` gives
 * `["spec", "containers", 0, "env", "a.b"]`. Empty for the empty path.
 */
export function splitPath(path: string): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (const [, index, quoted, plain] of path.matchAll(/\[(\d+)\]|\["(.*?)"\](?=$|\.|\[)|\.?([^.[]+)/gs)) {
    if (index !== undefined) steps.push(Number(index));
    else steps.push(quoted ?? plain ?? "");
  }
  return steps;
}
