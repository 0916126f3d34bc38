import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../../infra/index.js";
import type { Statement } from "../../../infra/index.js";
import { planIn } from "../support.js";

async function written(statements: readonly Statement[]): Promise<unknown> {
  const plan = await planIn(() => ({ document: policyDocument(statements) }));
  return JSON.parse(plan.stackOutputs["document"] as string);
}

test("writes a statement with everything in it", async () => {
  expect(
    await written([
      {
        sid: "Read",
        effect: "Deny",
        principals: { aws: ["arn:aws:iam::111122223333:root"], service: "ec2.amazonaws.com" },
        actions: ["s3:GetObject"],
        resources: [pulumi.output("arn:aws:s3:::bucket/*")],
        conditions: { StringEquals: { "aws:PrincipalAccount": pulumi.output("111122223333") } },
      },
    ]),
  ).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Read",
        Effect: "Deny",
        Principal: { AWS: ["arn:aws:iam::111122223333:root"], Service: "ec2.amazonaws.com" },
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::bucket/*"],
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      },
    ],
  });
});

test("leaves out what a statement does not say, and allows by default", async () => {
  expect(await written([{ actions: ["sts:AssumeRole"] }, { principals: "*", actions: ["s3:GetObject"] }])).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["sts:AssumeRole"] },
      { Effect: "Allow", Principal: { AWS: "*" }, Action: ["s3:GetObject"] },
    ],
  });
});
