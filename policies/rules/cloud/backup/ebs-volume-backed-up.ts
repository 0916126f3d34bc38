import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, Read, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { anyText } from "../../../lib/iam.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { every, failWhole, notApplicable, pass, some, unknownWhole } from "../../../verdicts.js";

const VOLUME = "aws:ebs/volume:Volume";
const SELECTION = "aws:backup/selection:Selection";
const LIFECYCLE = "aws:dlm/lifecyclePolicy:LifecyclePolicy";

const DATA = planned(VOLUME, "data", { availabilityZone: "eu-west-1a", tags: { backup: "daily" } });

function selected(inputs: ExampleObject) {
  return [DATA, planned(SELECTION, "daily", { iamRoleArn: "arn", planId: "plan", ...inputs })];
}

/**
 * A volume is selected by a backup plan, by its ARN or by a tag of it, or by a policy of Data Lifecycle Manager for its tags.
 */
export const ebsVolumeBackedUp = defineRule({
  id: "ebs-volume-backed-up",
  title: "volumes are backed up",
  ring: "cloud",
  severity: "low",
  rationale: "A volume has one zone and no former state. What an error or an intruder writes over is gone.",
  remediation: 'new aws.backup.Selection("daily", { planId: plan.id, iamRoleArn: role.arn, resources: [volume.arn] })',
  references: references("catalogue/rules.csv: CKV2_AWS_9, NAG EC2EBSInBackupPlan", {
    "aws-security-hub": ["EC2.28"],
    "pci-dss-4": ["10.3.3"],
    hipaa: ["164.312(a)(2)(ii)", "164.308(a)(7)(i)"],
    "nist-csf-2": ["DE.CM-09", "ID.AM-08"],
    "nist-800-53": ["CP-9", "CP-10", "CP-1(2)"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "nothing selects it", resources: [DATA], path: "" },
      {
        title: "another tag is selected",
        resources: selected({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "weekly" }] }),
        path: "",
      },
    ],
    pass: [
      { title: "by its ARN", resources: selected({ resources: [ref("data", "arn")] }) },
      { title: "all volumes", resources: selected({ resources: ["arn:aws:ec2:*:*:volume/*"] }) },
      {
        title: "by its tag",
        resources: selected({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] }),
      },
    ],
    unknown: [
      { title: "what is selected is an output", resources: selected({ resources: unresolved("list") }), path: "" },
    ],
  },
  ...onResource([VOLUME, SELECTION, LIFECYCLE], ({ resource, world }) => {
    if (resource.type !== VOLUME) return notApplicable("volumes are judged");
    const chosen = some([
      ...world.ofType(SELECTION).map((selection) => selects(world, selection, resource)),
      ...world.ofType(LIFECYCLE).map((policy) => tagsMatch(world, policy, resource)),
    ]);
    if (chosen === UNKNOWN)
      return unknownWhole(`whether volume '${resource.name}' is backed up is not known before the deployment`);
    return chosen ? pass() : failWhole(`nothing in this plan backs volume '${resource.name}' up`);
  }),
});

function selects(world: World, selection: PlannedResource, volume: PlannedResource): Read<boolean> {
  const inputs = world.inputsOf(selection);
  const list = inputs.at("resources");
  const named = world
    .mentionsOf(volume.urn)
    .some(({ resource, path }) => resource === selection && path.startsWith("resources"));
  const tags = inputs.at("selectionTags").items();
  return some([
    named,
    list.isUnknown ? UNKNOWN : anyText(list, (text) => /^(\*|arn:[^:]*:ec2:[^:]*:[^:]*:volume\/\*)$/.test(text)),
    ...tags.map((tag) => hasTag(world, volume, tag.at("key"), tag.at("value"))),
  ]);
}

function tagsMatch(world: World, policy: PlannedResource, volume: PlannedResource): Read<boolean> {
  const details = world.inputsOf(policy).at("policyDetails");
  return some(
    details
      .at("targetTags")
      .entries()
      .map(([key, value]) => equals(world.inputsOf(volume).at("tags", key), value)),
  );
}

function hasTag(world: World, volume: PlannedResource, key: Cursor, value: Cursor): Read<boolean> {
  const name = key.string();
  return name === UNKNOWN ? UNKNOWN : equals(world.inputsOf(volume).at("tags", name ?? ""), value);
}

function equals(a: Cursor, b: Cursor): Read<boolean> {
  const [left, right] = [a.string(), b.string()];
  return every([left === UNKNOWN || right === UNKNOWN ? UNKNOWN : left !== undefined && left === right]);
}
