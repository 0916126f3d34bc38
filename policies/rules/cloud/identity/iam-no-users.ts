import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectString, failWhole } from "../../../verdicts.js";

const USER = "aws:iam/user:User";
const ACCESS_KEY = "aws:iam/accessKey:AccessKey";

/** No user of IAM is made, and no access key that works: people come by IAM Identity Center, programs by roles. */
export const iamNoUsers = defineRule({
  id: "iam-no-users",
  title: "nobody gets a user or a long-lived key",
  ring: "cloud",
  severity: "medium",
  rationale:
    "The key of a user is valid until somebody deletes it, wherever it leaks to. Credentials of a role end by themselves within hours.",
  remediation: 'new aws.iam.Role("deployer", { assumeRolePolicy })',
  references: references(
    "catalogue/rules.csv: CKV_AWS_273, CKV_AWS_40, CKV_AWS_348, NAG IAMUserNoPolicies, AWS-0143, PCP ×2",
    {
      "aws-security-hub": ["IAM.2"],
      "cis-aws-7": ["2.13"],
      "pci-dss-4": ["7.2.1", "7.2.2", "7.2.5"],
      hipaa: ["164.312(a)(1)", "164.308(a)(3)(i)"],
      "nist-csf-2": ["GV.RR-04", "PR.AA-01"],
      "nist-800-53": ["AC-3", "AC-6", "CM-6"],
      "owasp-k8s": ["K09"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "a user", resources: [planned(USER, "ci", {})], path: "" },
      { title: "a key that works", resources: [planned(ACCESS_KEY, "ci", { user: "ci" })], path: "status" },
    ],
    pass: [
      { title: "a key that is turned off", resources: [planned(ACCESS_KEY, "ci", { user: "ci", status: "Inactive" })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(ACCESS_KEY, "ci", { user: "ci", status: unresolved("string") })],
        path: "status",
      },
    ],
  },
  ...onResource([USER, ACCESS_KEY], ({ resource, inputs }) =>
    resource.type === USER
      ? failWhole(`'${resource.name}' is a user of IAM, whose password and keys never end by themselves`)
      : expectString(inputs.at("status"), {
          absent: "Active",
          accept: (status) => status === "Inactive",
          message: `access key '${resource.name}' works until somebody deletes it`,
          undecided: `whether access key '${resource.name}' works is not known before the deployment`,
        }),
  ),
});
