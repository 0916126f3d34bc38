import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { RECORDER } from "../../../lib/account-services.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, fail, failWhole, notApplicable, pass, unknown } from "../../../verdicts.js";

const STATUS = "aws:cfg/recorderStatus:RecorderStatus";

function recorder(inputs: ExampleObject, status: ExampleObject = { isEnabled: true }) {
  return [
    planned(RECORDER, "all", { roleArn: "arn:aws:iam::111122223333:role/config", ...inputs }),
    planned(STATUS, "status", { name: ref("all", "name"), ...status }),
  ];
}

/**
 * A recorder of AWS Config that a plan has records every kind of resource and is started. Left alone it records all kinds that it
 * knows but global ones (Config API, `RecordingGroup`), and it starts only when a status says so. A plan without one leaves
 * Config to others.
 */
export const configRecorderOn = defineRule({
  id: "config-recorder-on",
  title: "AWS Config records everything, and is on",
  ring: "cloud",
  severity: "medium",
  rationale:
    "The record says what a resource looked like before and after, and who changed it. What it leaves out cannot be asked for when it is needed.",
  remediation: 'new aws.cfg.RecorderStatus("status", { name: recorder.name, isEnabled: true })',
  references: references("catalogue/rules.csv: CKV2_AWS_45, CKV2_AWS_48, CKV_AWS_121, AWS-0019, PRW", {
    "aws-security-hub": ["Config.1"],
    "cis-aws-7": ["4.3"],
    "pci-dss-4": ["10.4.1.1", "11.5.2"],
    hipaa: ["164.308(a)(1)(ii)(a)"],
    "nist-csf-2": ["ID.RA-05"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "it is stopped", resources: recorder({}, { isEnabled: false }), path: "isEnabled", on: "status" },
      {
        title: "only some kinds of resources",
        resources: recorder({ recordingGroup: { allSupported: false, resourceTypes: ["AWS::EC2::Instance"] } }),
        path: "recordingGroup.allSupported",
      },
      {
        title: "all but some",
        resources: recorder({
          recordingGroup: {
            allSupported: false,
            exclusionByResourceTypes: [{ resourceTypes: ["AWS::EC2::Instance"] }],
            recordingStrategies: [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }],
          },
        }),
        path: "recordingGroup.recordingStrategies[0].useOnly",
      },
      { title: "nothing starts it", resources: recorder({}).slice(0, 1), path: "" },
    ],
    pass: [
      { title: "left alone, and started", resources: recorder({}) },
      {
        title: "global kinds too",
        resources: recorder({ recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } }),
      },
    ],
    unknown: [
      {
        title: "whether it runs is an output",
        resources: recorder({}, { isEnabled: unresolved("boolean") }),
        path: "isEnabled",
        on: "status",
      },
    ],
  },
  ...onResource([RECORDER, STATUS], ({ resource, inputs, world }): readonly Verdict[] => {
    if (resource.type === STATUS)
      return [
        expectBoolean(inputs.at("isEnabled"), {
          absent: false,
          accept: (value) => value,
          message: `'${resource.name}' stops the recorder of AWS Config, so nothing is recorded`,
          undecided: `whether '${resource.name}' starts the recorder of AWS Config is not known before the deployment`,
          fix: true,
        }),
      ];
    return [judgeGroup(resource, inputs.at("recordingGroup")), judgeStart(world, resource)];
  }),
});

function judgeGroup(recorder: PlannedResource, group: Cursor): Verdict {
  const [strategy] = group.at("recordingStrategies").items();
  const only = strategy?.at("useOnly");
  const stated = only?.string();
  if (only !== undefined && stated === "EXCLUSION_BY_RESOURCE_TYPES")
    return fail(only, `recorder '${recorder.name}' leaves out kinds of resources`);
  if (stated === "ALL_SUPPORTED_RESOURCE_TYPES") return pass();
  if (stated === UNKNOWN)
    return unknown(group, `what recorder '${recorder.name}' records is not known before the deployment`);
  return expectBoolean(group.at("allSupported"), {
    absent: true,
    accept: (value) => value,
    message: `recorder '${recorder.name}' records some kinds of resources only`,
    undecided: `what recorder '${recorder.name}' records is not known before the deployment`,
  });
}

function judgeStart(world: World, recorder: PlannedResource): Verdict {
  const own = world.inputsOf(recorder).at("name").string();
  const statuses = world.ofType(STATUS).map((r) => ({ r, name: world.inputsOf(r).at("name") }));
  const starts = statuses.some(
    ({ r, name }) =>
      name.isUnknown || world.resolve(r, name).includes(recorder) || name.string() === (own ?? "default"),
  );
  if (starts) return notApplicable("its status is judged");
  return failWhole(`nothing in this plan starts recorder '${recorder.name}', so it records nothing`);
}
