import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues } from "../aws-id.js";

/** Checks route tables: at least one, each an id, none twice. */
export function routeTableIssues(path: string, ids: readonly pulumi.Input<string>[]): Issue[] {
  if (ids.length === 0) {
    const advice = "Give those of the subnets of the control plane: answers leave from there";
    return [issue("Required", path, "must name a route table", ids, advice)];
  }
  return ids.flatMap((id, i) => {
    const at = `${path}[${i}]`;
    if (typeof id === "string" && ids.indexOf(id) !== i)
      return [issue("Duplicate", at, "must name each table once", id, "Remove the second one")];
    return idIssues(at, "rtb-", id);
  });
}

/** What {@link arnIssues} expects of an ARN. */
export interface ExpectedArn {
  /** As it reads in a sentence: "a certificate of ACM". */
  readonly what: string;
  readonly service: string;
  /** What the resource begins with: `certificate/`. */
  readonly resource: string;
  /** The Region that it has to be in; `undefined` for services without Regions. */
  readonly region: string | undefined;
  readonly example: string;
}

/** Checks an ARN that is known: of this service and kind, and in this Region. */
export function arnIssues(path: string, arn: pulumi.Input<string> | undefined, expected: ExpectedArn): Issue[] {
  if (typeof arn !== "string") return [];
  const parts = Arn.parts(arn);
  if (parts?.service !== expected.service || !parts.resource.startsWith(expected.resource) || parts.account === "")
    return [
      issue("Malformed", path, `must be the ARN of ${expected.what}`, arn, `Write it like '${expected.example}'`),
    ];
  if (expected.region === undefined || parts.region === expected.region) return [];
  const advice = `Request or import one in ${expected.region}`;
  return [issue("Conflict", path, `must be in the network's Region ${expected.region}`, arn, advice)];
}
