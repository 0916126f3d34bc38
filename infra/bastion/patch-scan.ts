import * as ssm from "@pulumi/aws/ssm/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import { BASTION_TAG_KEY } from "../../core/bastion-target.js";
import { patchBuckets } from "../../core/data/patch-buckets.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import type { Statement } from "../identity/policy-document.js";
import type { NetworkRef } from "../network/reference.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** The defaults of {@link PatchScanOptions}. */
export const PATCH_SCAN_DEFAULTS = { schedule: "rate(7 days)", approveAfterDays: 7 } as const;

/** How Patch Manager looks for missing patches. */
export interface PatchScanOptions {
  /**
   * When, as State Manager writes it: a rate of 30 minutes or more, or `cron(0 3 ? * SUN *)`.
   *
   * @default "rate(7 days)"
   */
  readonly schedule?: string;
  /**
   * Days after its release until a missing patch counts, 0 to 360.
   *
   * @default 7
   */
  readonly approveAfterDays?: number;
}

/** What a role needs beyond {@link agentStatements}, and its permissions boundary has to allow: `allowedActions`. */
export const PATCH_SCAN_ACTIONS: readonly string[] = [
  "s3:GetObject",
  "ssm:DescribeAssociation",
  "ssm:DescribeDocument",
  "ssm:GetDeployablePatchSnapshotForInstance",
  "ssm:GetDocument",
  "ssm:ListAssociations",
  "ssm:ListInstanceAssociations",
  "ssm:PutComplianceItems",
  "ssm:PutInventory",
  "ssm:UpdateAssociationStatus",
  "ssm:UpdateInstanceAssociationStatus",
];

/** Tag by which Patch Manager finds the baseline of an instance; without a space, as tags in metadata would need it. */
const GROUP_TAG = "PatchGroup";

const DOCUMENT = "AWS-RunPatchBaseline";

/** What the scan is made for. */
export interface PatchScanSpec {
  readonly scan: PatchScanOptions;
  readonly network: NetworkRef;
  readonly clusterName: string;
  readonly securityGroupId: pulumi.Output<string>;
  readonly tags: Tags | undefined;
}

/** Tags of instances that a scan finds; none without one. */
export function patchTags(scan: PatchScanOptions | undefined, clusterName: string): Record<string, string> {
  return scan === undefined ? {} : { [GROUP_TAG]: groupOf(clusterName) };
}

/** Checks the choices of a scan, and that its Region and network can serve it. */
export function patchScanIssues(scan: PatchScanOptions | undefined, network: NetworkRef): Issue[] {
  if (scan === undefined) return [];
  const issues: Issue[] = [];
  const { schedule = PATCH_SCAN_DEFAULTS.schedule, approveAfterDays = PATCH_SCAN_DEFAULTS.approveAfterDays } = scan;
  if (!/^(rate|cron)\([^()]+\)$/.test(schedule))
    issues.push(
      issue("Malformed", "patchScan.schedule", "must be a rate or a cron", schedule, "Write it like 'rate(7 days)'"),
    );
  if (!Number.isInteger(approveAfterDays) || approveAfterDays < 0 || approveAfterDays > 360) {
    const rule = "must be a whole number from 0 to 360";
    issues.push(issue("OutOfRange", "patchScan.approveAfterDays", rule, approveAfterDays, "Write it like 7, in days"));
  }
  if (patchBuckets(network.region) === undefined) {
    const advice = "Leave `patchScan` out: a newer image brings the patches";
    issues.push(
      issue("Unsupported", "patchScan", "must be in a Region whose patch buckets AWS lists", network.region, advice),
    );
  }
  if (network.s3PrefixListId === undefined) {
    const advice = "Give the VPC a gateway endpoint of S3 that lets the buckets of Patch Manager through";
    issues.push(issue("Required", "network.s3PrefixListId", "must be there for `patchScan`", undefined, advice));
  }
  return issues;
}

/** What the agent does for a scan: finds out that there is one, runs this one document, and tells what it found. */
export function patchStatements(account: Account, region: string): Statement[] {
  const { manager = [] } = patchBuckets(region) ?? {};
  const instances = arn(account, "ec2", "instance/*");
  const document = pulumi.interpolate`arn:${account.partition}:ssm:${account.region}::document/${DOCUMENT}`;
  const associations = arn(account, "ssm", "association/*");
  return [
    {
      // Neither can be bound to resources.
      sid: "FindScan",
      actions: ["ssm:GetDeployablePatchSnapshotForInstance", "ssm:ListAssociations"],
      resources: ["*"],
    },
    {
      sid: "Scan",
      actions: [
        ...["ssm:DescribeAssociation", "ssm:DescribeDocument", "ssm:GetDocument", "ssm:ListInstanceAssociations"],
        ...["ssm:UpdateAssociationStatus", "ssm:UpdateInstanceAssociationStatus"],
      ],
      resources: [associations, document, instances],
    },
    { sid: "Report", actions: ["ssm:PutComplianceItems", "ssm:PutInventory"], resources: [instances] },
    {
      sid: "PatchManager",
      actions: ["s3:GetObject"],
      resources: manager.map((bucket) => pulumi.interpolate`arn:${account.partition}:s3:::${bucket}/*`),
    },
  ];
}

/**
 * A baseline of security patches, and an association that compares instances with it and installs nothing. Compliance
 * stands in Systems Manager; what is missing comes with a newer image.
 */
export function createPatchScan(parent: pulumi.Resource, name: string, spec: PatchScanSpec): void {
  const { scan, network, clusterName, tags } = spec;
  const severe = [
    { key: "CLASSIFICATION", values: ["Security"] },
    { key: "SEVERITY", values: ["Critical", "Important"] },
  ];
  const baseline = new ssm.PatchBaseline(
    `${name}-patches`,
    {
      description: "Security patches that a bastion should have",
      operatingSystem: "AMAZON_LINUX_2023",
      approvalRules: [
        {
          approveAfterDays: scan.approveAfterDays ?? PATCH_SCAN_DEFAULTS.approveAfterDays,
          complianceLevel: "HIGH",
          patchFilters: severe,
        },
      ],
      tags: named(`${name}-patches`, tags),
    },
    { parent },
  );
  const group = new ssm.PatchGroup(
    `${name}-patches`,
    { baselineId: baseline.id, patchGroup: groupOf(clusterName) },
    { parent },
  );
  new ssm.Association(
    `${name}-scan`,
    {
      name: DOCUMENT,
      targets: [{ key: `tag:${BASTION_TAG_KEY}`, values: [clusterName] }],
      parameters: { Operation: "Scan", RebootOption: "NoReboot" },
      scheduleExpression: scan.schedule ?? PATCH_SCAN_DEFAULTS.schedule,
      complianceSeverity: "HIGH",
      tags: named(`${name}-scan`, tags),
    },
    { parent, dependsOn: [group] },
  );
  if (network.s3PrefixListId !== undefined)
    new vpc.SecurityGroupEgressRule(
      `${name}-to-s3`,
      {
        securityGroupId: spec.securityGroupId,
        description: "Patch Manager and packages in S3",
        prefixListId: network.s3PrefixListId,
        ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443 },
        tags: named(`${name}-to-s3`, tags),
      },
      { parent },
    );
}

function groupOf(clusterName: string): string {
  return `ringfence-bastion-${clusterName}`;
}
