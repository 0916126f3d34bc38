import { BASTION_TAG_KEY } from "../../core/bastion-target.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { nameIssues } from "../checks.js";
import type { NetworkRef } from "../network/reference.js";
import type { Tags } from "../options.js";

/** How many instances there are, and where. */
export type BastionAvailability = "single" | "multi-zone";

/** Every `BastionAvailability`, for checks. */
const AVAILABILITIES: readonly string[] = ["single", "multi-zone"];

/** The lifetimes that Auto Scaling accepts, in days (CreateAutoScalingGroup, `MaxInstanceLifetime`). */
const LIFETIME_DAYS = { least: 1, most: 365 } as const;

/** As many instances as anybody needs: each forwards the sessions of dozens of people. */
const MOST_INSTANCES = 10;

/** The name of the role is the tightest: 64 characters, less `-role`, a hyphen and seven characters of Pulumi. */
const LONGEST_NAME = 51;

/** What {@link groupIssues} reads. */
export interface GroupChoices {
  readonly availability: string;
  readonly instances: number | undefined;
  readonly maxLifetimeDays: number | undefined;
  readonly transformInstance: unknown;
  readonly transformLaunchTemplate: unknown;
}

/** Checks the number of instances and what goes with it: what one form does not read is refused in the other. */
export function groupIssues(choices: GroupChoices): Issue[] {
  const { availability, instances, maxLifetimeDays } = choices;
  if (!AVAILABILITIES.includes(availability))
    return [
      issue(
        "NotAllowed",
        "availability",
        "must be 'single' or 'multi-zone'",
        availability,
        "Leave it out for one instance",
      ),
    ];
  const issues: Issue[] = [];
  const foreign =
    availability === "single"
      ? (["instances", "maxLifetimeDays", "transformLaunchTemplate"] as const)
      : (["transformInstance"] as const);
  for (const key of foreign)
    if (choices[key] !== undefined) {
      const other = availability === "single" ? "multi-zone" : "single";
      const rule = `must stand only beside availability '${other}'`;
      issues.push(issue("Conflict", key, rule, shown(choices[key]), `Remove it, or choose '${other}'`));
    }
  if (instances !== undefined && !(Number.isInteger(instances) && instances >= 2 && instances <= MOST_INSTANCES))
    issues.push(
      issue(
        "OutOfRange",
        "instances",
        `must be a whole number from 2 to ${MOST_INSTANCES}`,
        instances,
        "Write it like 2",
      ),
    );
  const { least, most } = LIFETIME_DAYS;
  if (
    maxLifetimeDays !== undefined &&
    !(Number.isInteger(maxLifetimeDays) && maxLifetimeDays >= least && maxLifetimeDays <= most)
  ) {
    const rule = `must be a whole number from ${least} to ${most}`;
    issues.push(issue("OutOfRange", "maxLifetimeDays", rule, maxLifetimeDays, "Write it like 14, in days"));
  }
  return issues;
}

/** Checks that the network has subnets for the instances, and a way from there to AWS services. */
export function networkIssues(network: NetworkRef, availability: string): Issue[] {
  const issues: Issue[] = [];
  const { ids } = network.endpoints;
  const least = availability === "multi-zone" ? 2 : 1;
  if (ids.length < least) {
    const rule = `must hold ${least === 1 ? "a subnet" : "subnets in two zones"}`;
    issues.push(issue("Required", "network.endpoints.ids", rule, ids.length, "Give the network one per zone"));
  }
  if (network.endpointSecurityGroupId === undefined && !network.egress.leadsOut) {
    const advice = "Give the group of the endpoints of ssm, ssmmessages and logs, or a way to the internet";
    const rule = "must be there when nothing else leads to AWS services";
    issues.push(issue("Required", "network.endpointSecurityGroupId", rule, undefined, advice));
  }
  return issues;
}

/** Checks the form of an instance type. */
export function instanceTypeIssues(type: string): Issue[] {
  if (/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type)) return [];
  return [issue("Malformed", "instanceType", "must be an instance type", type, "Write it like 't4g.micro'")];
}

/** Checks that AWS takes the names that are made of this one: letters, digits and `_.-` for the document. */
export function bastionNameIssues(name: string): Issue[] {
  const issues = nameIssues(name, LONGEST_NAME);
  if (issues.length > 0 || /^[A-Za-z0-9_.-]+$/.test(name)) return issues;
  const rule = "must consist of letters, digits and '_.-', as names of session documents do";
  return [issue("Malformed", "name", rule, name, "Give the component another name")];
}

/** Checks that tags leave alone the one by which instances are found. */
export function reservedTagIssues(tags: Tags | undefined): Issue[] {
  if (tags?.[BASTION_TAG_KEY] === undefined) return [];
  const rule = "must be left to the bastion, whose instances are found by it";
  return [issue("Conflict", `tags['${BASTION_TAG_KEY}']`, rule, shown(tags[BASTION_TAG_KEY]), "Remove it")];
}

/** A value for a message: functions and Outputs are not shown. */
function shown(value: unknown): unknown {
  return typeof value === "number" || typeof value === "string" ? value : "a value";
}
