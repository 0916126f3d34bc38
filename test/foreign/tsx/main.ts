import * as aws from "@pulumi/aws";

const names: readonly string[] = ["a", "b"];
export const arns = names.map((name) => new aws.ecr.Repository(name, { imageTagMutability: "IMMUTABLE" }).repositoryUrl);
