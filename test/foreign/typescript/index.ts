import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "./tags";

enum Tier {
  Web = "web",
}

const queue: aws.sqs.Queue = new aws.sqs.Queue(Tier.Web, { tags: tagsOf(Tier.Web) });
export const url: pulumi.Output<string> = queue.url;
