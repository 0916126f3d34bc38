import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

const BUCKET = "aws:s3/bucket:Bucket";
const ACL = "aws:s3/bucketAcl:BucketAcl";
const PUBLIC = ["public-read", "public-read-write", "authenticated-read"];
const EVERYBODY = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** No canned list, and no grant, names everybody or every account (S3 user guide, "Access control list overview"). */
export const s3AclNotPublic = defineRule({
  id: "s3-acl-not-public",
  title: "no access list opens a bucket to everybody",
  ring: "cloud",
  severity: "critical",
  rationale: "Anybody lists, reads or writes the bucket. Every account of AWS counts as everybody: one costs nothing.",
  remediation:
    'Delete the access list and grant in a bucket policy; new buckets have access lists turned off ("BucketOwnerEnforced")',
  references: references(
    "catalogue/rules.csv: CKV_AWS_20, CKV_AWS_57, CKV_AWS_375, CKV2_AWS_43, AWS-0092, NAG S3BucketPublicReadProhibited/…WriteProhibited, PCP disallow-public-read",
    {
      "aws-security-hub": ["S3.2", "S3.3"],
      "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
      hipaa: ["164.312(a)(1)", "164.308(a)(1)(ii)(b)"],
      "nist-800-53": ["SC-7", "AC-3", "AC-6"],
      attack: ["T1530"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a canned list",
        resources: [planned(ACL, "votes", { bucket: "votes", acl: "public-read" })],
        path: "acl",
      },
      {
        title: "a grant",
        resources: [
          planned(ACL, "votes", {
            bucket: "votes",
            accessControlPolicy: {
              owner: { id: "a" },
              grants: [
                {
                  permission: "READ",
                  grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" },
                },
              ],
            },
          }),
        ],
        path: "accessControlPolicy.grants[0].grantee.uri",
      },
    ],
    pass: [
      { title: "none, which is private", resources: [planned(BUCKET, "votes", {})] },
      { title: "log delivery", resources: [planned(ACL, "logs", { bucket: "logs", acl: "log-delivery-write" })] },
    ],
    unknown: [
      {
        title: "which list is an output",
        resources: [planned(ACL, "votes", { bucket: "votes", acl: unresolved("string") })],
        path: "acl",
      },
    ],
  },
  ...onResource([BUCKET, "aws:s3/bucketV2:BucketV2", ACL, "aws:s3/bucketAclV2:BucketAclV2"], ({ resource, inputs }) => {
    const undecided = `whom the access list of '${resource.name}' lets in is not known before the deployment`;
    const message = `the access list of '${resource.name}' lets everybody in`;
    const lists = [inputs.at("grants"), inputs.at("accessControlPolicy", "grants")].filter((list) => !list.isAbsent);
    const grants = lists.flatMap((list) =>
      list.isUnknown
        ? [list]
        : list.items().map((grant) => (grant.at("uri").isAbsent ? grant.at("grantee", "uri") : grant.at("uri"))),
    );
    return [
      expectString(inputs.at("acl"), {
        absent: "private",
        accept: (acl) => !PUBLIC.includes(acl ?? ""),
        message,
        undecided,
      }),
      ...grants.map((uri) =>
        expectString(uri, { absent: "", accept: (text) => !EVERYBODY.test(text ?? ""), message, undecided }),
      ),
    ];
  }),
});
