import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { architectureOf } from "../nodes/instance-types.js";

/** Processors, as EC2 spells them in the name of an image. */
export type ImageArchitecture = "arm64" | "x86_64";

/** What describes a pinned image. */
export interface PinnedImageOptions {
  /**
   * The processors that the image is for, to check the instance type against.
   *
   * @default - not checked
   */
  readonly architecture?: ImageArchitecture;
}

/**
 * Which machine image the bastion starts from. It needs an SSM agent of 3.3.40 or later in the image itself: nothing is
 * installed at boot.
 */
export class BastionImage {
  private constructor(
    /** The id of a pinned image; `undefined` for the newest one. */
    readonly imageId: pulumi.Input<string> | undefined,
    /** What the pinned image is for, when it was said. */
    readonly architecture: ImageArchitecture | undefined,
  ) {}

  /**
   * The newest Amazon Linux 2023 by Amazon, for the processors of the instance type. The full image: the minimal one has no
   * SSM agent.
   *
   * A single instance keeps the image that it was made with, so that a new one cuts nobody off; `pulumi up --replace` on the
   * instance brings the newest. A group takes the newest for each instance that it starts, without `pulumi up`.
   */
  static newest(): BastionImage {
    return new BastionImage(undefined, undefined);
  }

  /** One image by id. Another id replaces a single instance, and the instances of a group one after the other. */
  static pinned(imageId: pulumi.Input<string>, options: PinnedImageOptions = {}): BastionImage {
    return new BastionImage(imageId, options.architecture);
  }
}

/** The processors of an instance type, as images name them. */
export function imageArchitectureOf(instanceType: string): ImageArchitecture {
  return architectureOf(instanceType.slice(0, instanceType.indexOf("."))) === "ARM" ? "arm64" : "x86_64";
}

/** Checks a pinned image: the form of its id, and that the instance type runs it. */
export function imageIssues({ imageId, architecture }: BastionImage, instanceType: string): Issue[] {
  const issues: Issue[] = [];
  if (typeof imageId === "string" && !/^ami-[0-9a-f]{8,17}$/.test(imageId))
    issues.push(
      issue("Malformed", "image", "must be the id of an image", imageId, "Write it like 'ami-0123456789abcdef0'"),
    );
  const actual = imageArchitectureOf(instanceType);
  if (architecture !== undefined && architecture !== actual) {
    const advice = architecture === "arm64" ? "Use a type such as 't4g.micro'" : "Use a type such as 't3.micro'";
    issues.push(issue("Conflict", "instanceType", `must run an image for ${architecture}`, instanceType, advice));
  }
  return issues;
}

/** The id of the newest image, looked up while Pulumi runs. */
export function newestImageId(parent: pulumi.Resource, instanceType: string): pulumi.Output<string> {
  const architecture = imageArchitectureOf(instanceType);
  const filters = [
    { name: "name", values: [`al2023-ami-2023.*-kernel-6.1-${architecture}`] },
    { name: "architecture", values: [architecture] },
  ];
  return ec2.getAmiOutput({ owners: ["amazon"], mostRecent: true, filters }, { parent }).id;
}

/**
 * Tells a launch template to look the newest image up at each start, in a parameter that Amazon publishes
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html).
 */
export function newestImageParameter(instanceType: string): string {
  return `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${imageArchitectureOf(instanceType)}`;
}
