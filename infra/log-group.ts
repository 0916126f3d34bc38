import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { named } from "./options.js";
import type { Tags } from "./options.js";

/** Days that logs are kept when nobody says otherwise (PCI DSS 10.5.1 asks for twelve months). */
export const DEFAULT_LOG_RETENTION_DAYS = 365;

/** What CloudWatch Logs accepts (PutRetentionPolicy); 0, which would keep logs for ever, is left out. */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Checks a retention in days against what CloudWatch Logs accepts. */
export function retentionIssues(path: string, days: number | undefined): Issue[] {
  if (days === undefined || RETENTION_DAYS.includes(days)) return [];
  const advice = `Choose one of ${RETENTION_DAYS.join(", ")}`;
  return [issue("OutOfRange", path, "must be a retention that CloudWatch Logs accepts", days, advice)];
}

/** What {@link createLogGroup} takes. */
export interface LogGroupSpec {
  /** The physical name, where a service dictates it; made by Pulumi otherwise. */
  readonly logGroupName?: string;
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number | undefined;
  readonly tags: Tags | undefined;
}

/** A log group that is encrypted with a customer key and forgets after a finite time. */
export function createLogGroup(parent: pulumi.Resource, name: string, spec: LogGroupSpec): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    name,
    {
      name: spec.logGroupName,
      kmsKeyId: spec.keyArn,
      retentionInDays: spec.retentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
      tags: named(name, spec.tags),
    },
    { parent },
  );
}
