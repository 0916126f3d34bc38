import { defineRule, references } from "../../../define.js";
import { planned, secret, unresolved } from "../../../examples.js";
import { isSecretName } from "../../../lib/secrets.js";
import { onResource } from "../../../shapes.js";
import { expectString, pass } from "../../../verdicts.js";

const PARAMETER = "aws:ssm/parameter:Parameter";

/** A parameter that is named like a secret, or holds a Pulumi secret, is a `SecureString`. */
export const ssmParameterSecurestring = defineRule({
  id: "ssm-parameter-securestring",
  title: "secret parameters are encrypted",
  ring: "code",
  severity: "medium",
  rationale:
    "A String parameter stands in the clear for everybody who may read parameters, in the console and in its history.",
  remediation: 'type: "SecureString", keyId: key.arn',
  references: references("catalogue/rules.csv: CKV_AWS_337, CKV2_AWS_34", { "owasp-k8s": ["K03"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a password as plain text",
        resources: [planned(PARAMETER, "p", { name: "/vote/db-password", type: "String", value: "hunter22" })],
        path: "type",
      },
      {
        title: "a Pulumi secret as plain text",
        resources: [planned(PARAMETER, "p", { name: "/vote/config", type: "String", value: secret("hunter22") })],
        path: "type",
      },
    ],
    pass: [
      {
        title: "encrypted",
        resources: [
          planned(PARAMETER, "p", { name: "/vote/db-password", type: "SecureString", value: secret("hunter22") }),
        ],
      },
      {
        title: "no secret",
        resources: [planned(PARAMETER, "p", { name: "/vote/db-host", type: "String", value: "db" })],
      },
    ],
    unknown: [
      {
        title: "the type is an output",
        resources: [planned(PARAMETER, "p", { name: "/vote/db-password", type: unresolved("string"), value: "x" })],
        path: "type",
      },
    ],
  },
  ...onResource([PARAMETER], ({ resource, inputs }) => {
    const stated = inputs.at("name").text();
    const name = typeof stated === "string" ? stated : resource.name;
    const value = inputs.at("value");
    if (!value.secret && !isSecretName(name.replace(/^.*\//, ""))) return pass();
    return expectString(inputs.at("type"), {
      absent: undefined,
      accept: (type) => type === "SecureString",
      message: `parameter '${name}' holds a secret in the clear`,
      undecided: `whether parameter '${name}' is encrypted is not known before the deployment`,
    });
  }),
});
