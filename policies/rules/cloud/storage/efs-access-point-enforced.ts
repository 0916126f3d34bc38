import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectPresent, expectString } from "../../../verdicts.js";

const ACCESS_POINT = "aws:efs/accessPoint:AccessPoint";

/** An access point leads to a folder, as a user. Left out, to the root, as whoever the client says (EFS API, `CreateAccessPoint`). */
export const efsAccessPointEnforced = defineRule({
  id: "efs-access-point-enforced",
  title: "an access point leads to one folder, as one user",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Through an access point without them a pod sees the files of all others and is root among them if it says so.",
  remediation: 'rootDirectory: { path: "/vote" }, posixUser: { uid: 1000, gid: 1000 }',
  references: references("catalogue/rules.csv: CKV_AWS_329, CKV_AWS_330, HE use_efs_access_points", {
    "aws-security-hub": ["EFS.3", "EFS.4"],
    "pci-dss-4": ["3.5.1.3", "10.3.2"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the whole file system",
        resources: [planned(ACCESS_POINT, "vote", { fileSystemId: "fs-0123", posixUser: { uid: 1000, gid: 1000 } })],
        path: "rootDirectory.path",
      },
      {
        title: "as anybody",
        resources: [planned(ACCESS_POINT, "vote", { fileSystemId: "fs-0123", rootDirectory: { path: "/vote" } })],
        path: "posixUser",
      },
    ],
    pass: [
      {
        title: "a folder and a user",
        resources: [
          planned(ACCESS_POINT, "vote", {
            fileSystemId: "fs-0123",
            rootDirectory: { path: "/vote" },
            posixUser: { uid: 1000, gid: 1000 },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the folder is an output",
        resources: [
          planned(ACCESS_POINT, "vote", {
            fileSystemId: "fs-0123",
            rootDirectory: { path: unresolved("string") },
            posixUser: { uid: 1000, gid: 1000 },
          }),
        ],
        path: "rootDirectory.path",
      },
    ],
  },
  ...onResource([ACCESS_POINT], ({ resource, inputs }) => [
    expectString(inputs.at("rootDirectory", "path"), {
      absent: "/",
      accept: (path) => path !== "/",
      message: `access point '${resource.name}' leads to the whole file system`,
      undecided: `where access point '${resource.name}' leads is not known before the deployment`,
    }),
    expectPresent(inputs.at("posixUser"), {
      message: `clients of access point '${resource.name}' are whichever user they say they are`,
      undecided: `which user clients of access point '${resource.name}' are is not known before the deployment`,
    }),
  ]),
});
