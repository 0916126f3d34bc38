import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";

/** Checks the id of something in EC2 where it is known: a prefix, as `rtb-`, and hexadecimal digits. */
export function idIssues(path: string, prefix: string, id: pulumi.Input<string> | undefined): Issue[] {
  if (typeof id !== "string" || new RegExp(`^${prefix}[0-9a-f]+$`).test(id)) return [];
  return [issue("Malformed", path, `must be an id that begins with '${prefix}'`, id, "Copy it from the VPC console")];
}
