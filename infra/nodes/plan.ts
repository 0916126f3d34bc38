import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** How many nodes a group has. */
export interface Scaling {
  readonly minSize: number;
  /** At creation; afterwards an autoscaler may change it, and Pulumi does not set it back. */
  readonly desiredSize: number;
  readonly maxSize: number;
}

/** Operating systems of nodes: Bottlerocket, which has no shell, a read-only root and SELinux enforcing. */
export type AmiType =
  "BOTTLEROCKET_x86_64" | "BOTTLEROCKET_ARM_64" | "BOTTLEROCKET_x86_64_FIPS" | "BOTTLEROCKET_ARM_64_FIPS";

/** A taint, as EKS spells its effects. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** Checks that the sizes are counts and in order. */
export function scalingIssues({ minSize, desiredSize, maxSize }: Scaling): Issue[] {
  const issues = Object.entries({ minSize, desiredSize, maxSize }).flatMap(([key, size]) =>
    Number.isInteger(size) && size >= 0
      ? []
      : [issue("OutOfRange", `scaling.${key}`, "must be a whole number, 0 or more", size, "Write it like 3")],
  );
  if (maxSize < 1)
    issues.push(issue("OutOfRange", "scaling.maxSize", "must be at least 1", maxSize, "Write 1 or more"));
  if (desiredSize < minSize || desiredSize > maxSize) {
    const rule = `must lie between minSize ${minSize} and maxSize ${maxSize}`;
    issues.push(issue("Conflict", "scaling.desiredSize", rule, desiredSize, "Change one of the three"));
  }
  return issues;
}

/** Checks that instance types are named, and that their processors run the image. */
export function instanceTypeIssues(instanceTypes: readonly string[], amiType: AmiType): Issue[] {
  if (instanceTypes.length === 0) {
    const advice = "Write one like 'm6i.large', or leave `instanceTypes` out";
    return [issue("Required", "instanceTypes", "must name at least one type", instanceTypes, advice)];
  }
  const wanted = amiType.includes("ARM") ? "ARM" : "x86";
  return instanceTypes.flatMap((type, i) => {
    const at = `instanceTypes[${i}]`;
    if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type))
      return [issue("Malformed", at, "must be an instance type", type, "Write it like 'm6i.large'")];
    // `m7g`, `c8gd`: a g behind the generation is Graviton. `a1` is the first of them.
    const actual = /^([a-z]+\d+g|a1\.)/.test(type) ? "ARM" : "x86";
    const advice = wanted === "ARM" ? "Use a type such as 'm7g.large'" : "Use a type such as 'm6i.large'";
    return actual === wanted ? [] : [issue("Conflict", at, `must run the ${wanted} image ${amiType}`, type, advice)];
  });
}

/** Checks the size of the data volume. */
export function volumeIssues(dataVolumeGiB: number): Issue[] {
  if (Number.isInteger(dataVolumeGiB) && dataVolumeGiB >= 20 && dataVolumeGiB <= 16384) return [];
  const advice = "Use 50 or more: images and logs live there";
  return [issue("OutOfRange", "dataVolumeGiB", "must be a whole number from 20 to 16384", dataVolumeGiB, advice)];
}

/** Checks the ports on which webhooks of pods listen. */
export function webhookPortIssues(ports: readonly number[]): Issue[] {
  return ports.flatMap((port, i) => {
    const at = `webhookPorts[${i}]`;
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      return [issue("OutOfRange", at, "must be a port from 1 to 65535", port, "Write it like 9443")];
    if (ports.indexOf(port) === i) return [];
    return [issue("Duplicate", at, "must name each port once", port, "Remove the second one")];
  });
}
