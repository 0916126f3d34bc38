import * as pulumi from "@pulumi/pulumi";
import { RELAXATIONS_OUTPUT } from "../core/relaxation.js";
import type { Relaxation } from "../core/relaxation.js";

/** Tags of AWS resources. */
export type Tags = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * The resources that a child waits for: its own, and what the component itself was told to wait for. Pulumi gives a
 * component's `dependsOn` to none of its children.
 */
export function after(
  opts: pulumi.ComponentResourceOptions | undefined,
  ...own: pulumi.Resource[]
): pulumi.Input<pulumi.Input<pulumi.Resource>[]> {
  const given: unknown = opts?.dependsOn;
  if (given === undefined) return own;
  const list = (Array.isArray(given) ? given : [given]) as readonly pulumi.Input<pulumi.Resource>[];
  if (!pulumi.Output.isInstance(given) && !(given instanceof Promise)) return [...own, ...list];
  const late = pulumi.output(given as pulumi.Output<pulumi.Resource | pulumi.Resource[]>);
  return late.apply((found) => [...own, ...(Array.isArray(found) ? found : [found])]);
}

/** `tags` with the `Name` that the AWS console shows, unless they hold one. */
export function named(name: string, tags: Tags | undefined): Record<string, pulumi.Input<string>> {
  return { Name: name, ...tags };
}

/** The outputs of a component, with its relaxations when there are any. */
export function published(outputs: pulumi.Inputs, relaxations: readonly Relaxation[]): pulumi.Inputs {
  return relaxations.length === 0 ? outputs : { ...outputs, [RELAXATIONS_OUTPUT]: relaxations };
}
