import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, fail, includes, pass, unknown } from "../../../verdicts.js";
import { UNKNOWN } from "../../../../plan/world/index.js";

const ENABLER = "aws:inspector2/enabler:Enabler";
const ORGANISATION = "aws:inspector2/organizationConfiguration:OrganizationConfiguration";

function enabler(resourceTypes: ExampleObject[string]) {
  return [planned(ENABLER, "scans", { accountIds: ["111122223333"], resourceTypes })];
}

/** Where a plan turns Inspector on, for an account or for those that join an organisation, it scans images and machines. */
export const inspectorEcrEc2Enabled = defineRule({
  id: "inspector-ecr-ec2-enabled",
  title: "Inspector scans images and machines",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A flaw that becomes known today is in images that were pushed last month. Only a scan that goes on finds it there and on the nodes.",
  remediation: 'resourceTypes: ["ECR", "EC2"]',
  references: references("catalogue/rules.csv: PRW, HE make_sure_inspector_is_enabled", {
    "aws-security-hub": ["Inspector.1", "Inspector.2"],
    "owasp-k8s": ["K07"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "images only", resources: enabler(["ECR"]), path: "resourceTypes" },
      {
        title: "not for accounts that join",
        resources: [planned(ORGANISATION, "all", { autoEnable: { ec2: true, ecr: false } })],
        path: "autoEnable.ecr",
      },
    ],
    pass: [
      { title: "both", resources: enabler(["EC2", "ECR", "LAMBDA"]) },
      {
        title: "accounts that join get both",
        resources: [planned(ORGANISATION, "all", { autoEnable: { ec2: true, ecr: true } })],
      },
    ],
    unknown: [
      { title: "one of two is an output", resources: enabler(["ECR", unresolved("string")]), path: "resourceTypes" },
    ],
  },
  ...onResource([ENABLER, ORGANISATION], ({ resource, inputs }) => {
    if (resource.type === ORGANISATION)
      return ["ec2", "ecr"].map((kind) =>
        expectBoolean(inputs.at("autoEnable", kind), {
          absent: false,
          accept: (value) => value,
          message: `Inspector does not scan ${WHAT[kind] ?? kind} in accounts that join the organisation`,
          undecided: `whether Inspector scans ${WHAT[kind] ?? kind} in accounts that join is not known before the deployment`,
          fix: true,
        }),
      );
    const list = inputs.at("resourceTypes");
    const found = ["ec2", "ecr"].map((kind) => ({ kind, read: includes(list, kind.toUpperCase()) }));
    const missing = found.filter(({ read }) => read === false).map(({ kind }) => WHAT[kind] ?? kind);
    if (missing.length > 0)
      return fail(list, `'${resource.name}' turns Inspector on, and not for ${missing.join(" and ")}`);
    return found.some(({ read }) => read === UNKNOWN)
      ? unknown(list, `what '${resource.name}' turns Inspector on for is not known before the deployment`)
      : pass();
  }),
});

const WHAT: Readonly<Record<string, string>> = { ec2: "machines", ecr: "images" };
