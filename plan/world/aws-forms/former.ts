import type { Form } from "./form.js";
import { renamed } from "./form.js";

/** Resources of `@pulumi/aws` whose former tokens had inputs of another shape (@pulumi/aws 7.48, `s3/bucketV2.d.ts`). */
export const FORMER: Readonly<Record<string, Form>> = {
  "aws:s3/bucketV2:BucketV2": {
    type: "aws:s3/bucket:Bucket",
    moves: renamed({
      "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault":
        "serverSideEncryptionConfigurations[0].rules[0].applyServerSideEncryptionByDefaults[0]",
      versioning: "versionings[0]",
      logging: "loggings[0]",
      website: "websites[0]",
      replicationConfiguration: "replicationConfigurations[0]",
    }),
  },
};
