import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { concat, planned, ref, unresolved } from "../../../examples.js";
import { holdsCredential, isSecretName } from "../../../lib/secrets.js";
import { USER_DATA_TYPES, userDataOf } from "../../../lib/user-data.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const INSTANCE = USER_DATA_TYPES[1];

/** A name that says secret, set to a value that is written out: no variable, no command, no path. */
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z][\w.-]*)\s*=\s*["']?([^\s"'$`(){}<>/]{6,})["']?\s*$/gm;

/** User data holds no credential: by its form, by its name, by being a Pulumi secret, or as an output of that name. */
export const ec2UserdataNoSecrets = defineRule({
  id: "ec2-userdata-no-secrets",
  title: "user data holds no secret",
  ring: "cloud",
  severity: "critical",
  rationale:
    "Every process and, without a hop limit, every pod on the machine reads user data from the metadata service, and so does whoever may call DescribeInstanceAttribute or DescribeLaunchTemplateVersions.",
  remediation: "Let the machine read it under its role: aws secretsmanager get-secret-value --secret-id app/token",
  references: references("catalogue/rules.csv: CKV_AWS_46, AWS-0029, AWS-0129, AWS-0122, AC_AWS_0168/0170, PRW", {
    "owasp-k8s": ["K03"],
    attack: ["T1552.001"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "an access key",
        resources: [
          planned(INSTANCE, "ci", { userData: "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAQWERTYUIOPASDFGH\n" }),
        ],
        path: "userData",
      },
      {
        title: "a password, in Base64",
        resources: [
          planned(USER_DATA_TYPES[0], "ci", { userData: "IyEvYmluL3NoCmV4cG9ydCBEQl9QQVNTV09SRD1odW50ZXIyMgo=" }),
        ],
        path: "userData",
      },
      {
        title: "an output that is a password",
        resources: [
          planned(INSTANCE, "ci", { userData: concat("DB=", ref("db", "password"), "\n") }),
          planned("aws:rds/instance:Instance", "db", {}),
        ],
        path: "userData",
      },
    ],
    pass: [
      {
        title: "it is fetched when the machine starts",
        resources: [
          planned(INSTANCE, "ci", {
            userData:
              "#!/bin/sh\nTOKEN=$(aws secretsmanager get-secret-value --secret-id ci)\nIMDS_TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`\n",
          }),
        ],
      },
      { title: "none", resources: [planned(INSTANCE, "ci", {})] },
    ],
    unknown: [
      {
        title: "it is an output",
        resources: [planned(INSTANCE, "ci", { userData: unresolved("string") })],
        path: "userData",
      },
    ],
  },
  ...onResource(USER_DATA_TYPES, ({ resource, inputs }) => {
    const data = userDataOf(inputs);
    if (data === undefined) return pass();
    const { at, text } = data;
    const given =
      at.secret || at.refs().some(({ output, urn }) => isSecretName(output) || /:RandomPassword::/.test(urn));
    const written =
      text !== UNKNOWN &&
      (holdsCredential(text) || [...text.matchAll(ASSIGNMENT)].some(([, name = ""]) => isSecretName(name)));
    if (given || written)
      return fail(
        at,
        `the user data of '${resource.name}' holds a secret, which every process on the machine can read`,
      );
    return text === UNKNOWN
      ? unknown(at, `the user data of '${resource.name}' is not known before the deployment`)
      : pass();
  }),
});
