import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { AMI_TYPES } from "./data/ami-types.js";
import type { AmiFacts, AmiType, Architecture, NodeOs } from "./data/ami-types.js";

/** An image of one's own, made from one of EKS. */
export interface CustomImage {
  /** `ami-0123456789abcdef0`, in the Region of the group. */
  readonly imageId: string;
  /** The system it was made from: it decides the language of user data. */
  readonly os: NodeOs;
  readonly architecture: Architecture;
}

/** What a group runs, as far as it is known before the deployment. */
export interface PlannedImage {
  readonly amiType: AmiType;
  readonly facts: AmiFacts;
  /** Only with `CUSTOM`. */
  readonly imageId: string | undefined;
  readonly issues: readonly Issue[];
}

const RELEASES: Readonly<Record<NodeOs, { readonly form: RegExp; readonly example: string }>> = {
  bottlerocket: { form: /^\d+\.\d+\.\d+-[0-9a-f]{8}$/, example: "1.63.0-1a2b3c4d" },
  al2023: { form: /^1\.\d+\.\d+-\d{8}$/, example: "1.36.1-20261110" },
};

/** The image of a group: `CUSTOM` needs its id and has no release; one of EKS has no id. */
export function planImage(
  amiType: AmiType,
  custom: CustomImage | undefined,
  releaseVersion: string | undefined,
): PlannedImage {
  if (amiType === "CUSTOM") return planCustom(custom, releaseVersion);
  const issues: Issue[] = [];
  const known: Readonly<Record<string, AmiFacts>> = AMI_TYPES;
  const facts = known[amiType];
  if (facts === undefined) {
    const advice = `Use ${Object.keys(AMI_TYPES).join(", ")} or CUSTOM`;
    issues.push(issue("NotFound", "amiType", "must be a type of image that EKS has", amiType, advice));
    return { amiType, facts: AMI_TYPES.BOTTLEROCKET_x86_64, imageId: undefined, issues };
  }
  if (custom !== undefined) {
    const advice = "Use `amiType: 'CUSTOM'`, or leave `customImage` out";
    issues.push(issue("Conflict", "customImage", `must not be there with ${amiType}`, custom.imageId, advice));
  }
  const { form, example } = RELEASES[facts.os];
  if (releaseVersion !== undefined && !form.test(releaseVersion)) {
    const rule = `must be a release of ${amiType}`;
    issues.push(issue("Malformed", "releaseVersion", rule, releaseVersion, `Write it like '${example}'`));
  }
  return { amiType, facts, imageId: undefined, issues };
}

function planCustom(custom: CustomImage | undefined, releaseVersion: string | undefined): PlannedImage {
  const issues: Issue[] = [];
  if (custom === undefined) {
    const advice = "Write `customImage: { imageId: 'ami-...', os: 'bottlerocket', architecture: 'x86' }`";
    issues.push(issue("Required", "customImage", "must name the image with CUSTOM", custom, advice));
  } else if (!/^ami-[0-9a-f]{8,17}$/.test(custom.imageId)) {
    const advice = "Write it like 'ami-0123456789abcdef0'";
    issues.push(issue("Malformed", "customImage.imageId", "must be the id of an image", custom.imageId, advice));
  }
  if (releaseVersion !== undefined) {
    const advice = "The image is its own release: leave `releaseVersion` out";
    issues.push(issue("Conflict", "releaseVersion", "must not be there with CUSTOM", releaseVersion, advice));
  }
  const { os = "bottlerocket", architecture = "x86" } = custom ?? {};
  // Which drivers lie in an image of one's own is its maker's business.
  const facts: AmiFacts = { os, architecture, accelerators: ["nvidia", "neuron"], needsAccelerator: false };
  return { amiType: "CUSTOM", facts, imageId: custom?.imageId, issues };
}
