import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import { createRole, serviceTrust } from "../identity/role.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { AccountServicesOptions } from "./account-options.js";

/** Events of a service on EventBridge's default bus. */
interface Findings {
  readonly key: string;
  readonly description: string;
  readonly pattern: object;
}

/** Security Hub's and Inspector's words for what somebody has to look at. */
const SERIOUS = ["HIGH", "CRITICAL"];

/**
 * What is passed on of each service: new findings from medium (GuardDuty) or high (Inspector, Security Hub) on, and whatever
 * is open to others. Where Security Hub runs it gathers the others' findings, and they are passed on once, by it.
 */
function findingsOf(services: AccountServicesOptions): readonly Findings[] {
  if (services.securityHub !== undefined)
    return [
      {
        key: "security-hub",
        description: "new findings of Security Hub, high and critical",
        pattern: {
          source: ["aws.securityhub"],
          "detail-type": ["Security Hub Findings - Imported"],
          detail: {
            findings: { Severity: { Label: SERIOUS }, Workflow: { Status: ["NEW"] }, RecordState: ["ACTIVE"] },
          },
        },
      },
    ];
  const found: Findings[] = [];
  if (services.guardDuty !== undefined)
    found.push({
      key: "guardduty",
      description: "findings of GuardDuty from medium on",
      pattern: {
        source: ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        detail: { severity: [{ numeric: [">=", 4] }] },
      },
    });
  if (services.inspector !== undefined)
    found.push({
      key: "inspector",
      description: "findings of Inspector, high and critical",
      pattern: {
        source: ["aws.inspector2"],
        "detail-type": ["Inspector2 Finding"],
        detail: { severity: SERIOUS, status: ["ACTIVE"] },
      },
    });
  if (services.accessAnalyzer !== undefined)
    found.push({
      key: "access-analyzer",
      description: "something is open to another account",
      pattern: {
        source: ["aws.access-analyzer"],
        "detail-type": ["Access Analyzer Finding"],
        detail: { status: ["ACTIVE"], isDeleted: [false] },
      },
    });
  return found;
}

/** What {@link createFindingRules} takes. */
export interface FindingRulesSpec {
  readonly services: AccountServicesOptions;
  readonly topicArn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/**
 * Rules of EventBridge that send findings to a topic. They publish through a role of their own, so that neither the topic
 * nor its key has to let the service in, for whose calls neither can tell accounts apart.
 */
export function createFindingRules(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: FindingRulesSpec,
): void {
  const all = findingsOf(spec.services);
  if (all.length === 0) return;
  const { role, attachments } = createRole(parent, account, `${name}-findings`, {
    description: "EventBridge, sending findings to a topic",
    trust: serviceTrust("events.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnLike: { "aws:SourceArn": arn(account, "events", "rule/*") },
    }),
    statements: [
      { sid: "Publish", actions: ["sns:Publish"], resources: [spec.topicArn] },
      {
        sid: "Encrypt",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [spec.keyArn],
        conditions: { StringEquals: { "kms:ViaService": interpolate`sns.${account.region}.${account.dnsSuffix}` } },
      },
    ],
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags: spec.tags,
  });
  for (const { key, description, pattern } of all) {
    const child = `${name}-${key}-findings`;
    const rule = new cloudwatch.EventRule(
      child,
      { description, eventPattern: JSON.stringify(pattern), tags: named(child, spec.tags) },
      { parent },
    );
    new cloudwatch.EventTarget(
      `${child}-to-topic`,
      { rule: rule.name, arn: spec.topicArn, roleArn: role.arn },
      { parent, dependsOn: [...attachments] },
    );
  }
}
