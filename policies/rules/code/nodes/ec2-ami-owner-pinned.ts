import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, some, unknown } from "../../../verdicts.js";

const LOOKUPS = ["aws:ec2/getAmi:getAmi", "aws:ec2/getAmiIds:getAmiIds"];
const [LOOKUP = ""] = LOOKUPS;

/** Filters that say whose image it is, or which (EC2 API, DescribeImages). */
const PINNING = ["owner-id", "owner-alias", "image-id"];

const BY_NAME = { mostRecent: true, filters: [{ name: "name", values: ["bottlerocket-aws-k8s-1.36-x86_64-*"] }] };

/** A machine image is looked up among those of a named owner ("whoAMI", Datadog Security Labs, 2025). */
export const ec2AmiOwnerPinned = defineRule({
  id: "ec2-ami-owner-pinned",
  title: "machine images are looked up by owner",
  ring: "code",
  severity: "medium",
  rationale:
    "Anybody may publish a machine image under any name. A lookup by name that takes the newest one of whatever owner starts the image of whoever published last.",
  remediation: 'aws.ec2.getAmi({ owners: ["amazon"], mostRecent: true, filters: [...] })',
  references: references("catalogue/rules.csv: CKV_AWS_386, AWS-0344", { attack: ["T1204.003"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "the newest of a name, whoever owns it", resources: [planned(LOOKUP, "1", BY_NAME)], path: "owners" },
    ],
    pass: [
      { title: "the newest that Amazon owns", resources: [planned(LOOKUP, "1", { ...BY_NAME, owners: ["amazon"] })] },
      {
        title: "a filter names the owner",
        resources: [
          planned(LOOKUP, "1", { filters: [...BY_NAME.filters, { name: "owner-id", values: ["092701018921"] }] }),
        ],
      },
    ],
    unknown: [
      {
        title: "the owner is an output",
        resources: [planned(LOOKUP, "1", { ...BY_NAME, owners: unresolved("list") })],
        path: "owners",
      },
    ],
  },
  ...onResource(LOOKUPS, ({ inputs }) => {
    const owners = inputs.at("owners");
    const pinned = some([owners.isUnknown ? UNKNOWN : owners.items().length > 0, filtersPin(inputs.at("filters"))]);
    if (pinned === true) return pass();
    if (pinned === UNKNOWN) return unknown(owners, "whose image is looked up is not known before the deployment");
    return fail(owners, "the image is looked up by name among those of all owners, so that anybody can offer theirs");
  }),
});

function filtersPin(filters: Cursor): Read<boolean> {
  if (filters.isUnknown) return UNKNOWN;
  return some(
    filters.items().map((filter) => {
      const name = filter.at("name").string();
      return name === UNKNOWN ? UNKNOWN : name !== undefined && PINNING.includes(name);
    }),
  );
}
