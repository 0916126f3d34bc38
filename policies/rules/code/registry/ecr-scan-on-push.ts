import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { isScanned, REGISTRY_SCANNING, REPOSITORY } from "../../../lib/registry.js";
import { onResource } from "../../../shapes.js";
import { expectRead } from "../../../verdicts.js";

/**
 * A repository scans on push, by itself or by a scanning rule of the whole registry. It does not by default (ECR API,
 * `scanOnPush`).
 */
export const ecrScanOnPush = defineRule({
  id: "ecr-scan-on-push",
  title: "images are scanned when they arrive",
  ring: "code",
  severity: "high",
  rationale: "An image with a known flaw is cheapest to stop before it runs. Without a scan nobody looks.",
  remediation: "imageScanningConfiguration: { scanOnPush: true }",
  references: references("catalogue/rules.csv: CKV_AWS_163, AWS-0030, PCP ×2, AC_AWS_0083, C-0221, PRW ×2, PPB", {
    "cis-eks-1.8.0": ["5.1.1"],
    "aws-security-hub": ["ECR.1"],
    "pci-dss-4": ["11.3.1", "11.3.1.2", "11.3.1.3"],
    "nist-csf-2": ["ID.RA-01", "ID.RA-09"],
    "owasp-k8s": ["K07"],
    attack: ["T1525"],
  }),
  since: "0.1.0",
  covers: ["image-from-hardened-planned-repository"],
  examples: {
    fail: [
      {
        title: "left out, which is off",
        resources: [planned(REPOSITORY, "vote", {})],
        path: "imageScanningConfiguration.scanOnPush",
      },
    ],
    pass: [
      {
        title: "the repository scans",
        resources: [planned(REPOSITORY, "vote", { imageScanningConfiguration: { scanOnPush: true } })],
      },
      {
        title: "the registry scans every repository",
        resources: [
          planned(REPOSITORY, "vote", {}),
          planned(REGISTRY_SCANNING, "all", {
            scanType: "ENHANCED",
            rules: [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(REPOSITORY, "vote", { imageScanningConfiguration: { scanOnPush: unresolved("boolean") } })],
        path: "imageScanningConfiguration.scanOnPush",
      },
    ],
  },
  ...onResource([REPOSITORY], ({ resource: repository, inputs, world }) =>
    expectRead(inputs.at("imageScanningConfiguration", "scanOnPush"), isScanned(world, inputs), {
      absent: false,
      accept: (value) => value,
      message: `nobody scans the images of repository '${repository.name}'`,
      undecided: `whether images of repository '${repository.name}' are scanned is not known before the deployment`,
    }),
  ),
});
