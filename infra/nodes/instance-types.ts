import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { listIssues } from "../checks.js";
import type { Accelerator, AmiFacts, Architecture } from "./data/ami-types.js";
import {
  NEURON_FAMILIES,
  NVIDIA_FAMILIES,
  OTHER_ARM_FAMILIES,
  UNUSABLE_FAMILIES,
  XEN_FAMILIES,
} from "./data/instance-families.js";

const EXAMPLES: Readonly<Record<Architecture, string>> = { x86: "m6i.large", ARM: "m7g.large" };

/** Checks that instance types are named, that the image runs on their processors, and has the drivers of their devices. */
export function instanceTypeIssues(instanceTypes: readonly string[], image: string, facts: AmiFacts): Issue[] {
  const example = EXAMPLES[facts.architecture];
  if (instanceTypes.length === 0) {
    const advice = `Write one like '${example}', or leave \`instanceTypes\` out`;
    return [issue("Required", "instanceTypes", "must name at least one type", instanceTypes, advice)];
  }
  return listIssues("instanceTypes", instanceTypes, "type", (at, type) => {
    if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type))
      return [issue("Malformed", at, "must be an instance type", type, `Write it like '${example}'`)];
    const wrong = typeIssue(at, type, image, facts);
    return wrong === undefined ? [] : [wrong];
  });
}

function typeIssue(at: string, type: string, image: string, facts: AmiFacts): Issue | undefined {
  const family = type.slice(0, type.indexOf("."));
  const { architecture } = facts;
  if (UNUSABLE_FAMILIES.includes(family))
    return issue(
      "Unsupported",
      at,
      "must be a type that EKS runs",
      type,
      `Use a type such as '${EXAMPLES[architecture]}'`,
    );
  if (XEN_FAMILIES.includes(family) && !type.endsWith(".metal")) {
    const advice = "The VPC CNI gives address prefixes to Nitro types only: use a newer generation";
    return issue("Unsupported", at, "must be a Nitro type", type, advice);
  }
  if (architectureOf(family) !== architecture) {
    const advice = `Use a type such as '${EXAMPLES[architecture]}'`;
    return issue("Conflict", at, `must run the ${architecture} image ${image}`, type, advice);
  }
  return acceleratorIssue(at, type, image, { device: deviceOf(family), facts });
}

/** The processors of a family of instance types. `m7g`, `c8gd`: a g behind the generation is Graviton. */
export function architectureOf(family: string): Architecture {
  return /^[a-z]+\d+g/.test(family) || OTHER_ARM_FAMILIES.includes(family) ? "ARM" : "x86";
}

function deviceOf(family: string): Accelerator | undefined {
  if (NVIDIA_FAMILIES.includes(family)) return "nvidia";
  return NEURON_FAMILIES.includes(family) ? "neuron" : undefined;
}

function acceleratorIssue(
  at: string,
  type: string,
  image: string,
  { device, facts }: { readonly device: Accelerator | undefined; readonly facts: AmiFacts },
): Issue | undefined {
  if (device === undefined) {
    if (!facts.needsAccelerator) return undefined;
    const advice = "Use a type with that device, or the image without its driver";
    return issue("Conflict", at, `must have the device for which ${image} is made`, type, advice);
  }
  if (facts.accelerators.includes(device)) return undefined;
  const images = { nvidia: "*_NVIDIA", neuron: "AL2023_x86_64_NEURON or BOTTLEROCKET_x86_64" }[device];
  const rule = `must have no ${device} device with ${image}, which lacks its driver`;
  return issue("Conflict", at, rule, type, `Pods could not use it: choose an image ${images}`);
}
