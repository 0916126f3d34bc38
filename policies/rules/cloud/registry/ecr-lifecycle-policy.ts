import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { CREATION_TEMPLATE, onRepositorySetting, REPOSITORY } from "../../../lib/registry.js";

const SETTING = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

/** A repository, or what a cache makes, forgets old images. */
export const ecrLifecyclePolicy = defineRule({
  id: "ecr-lifecycle-policy",
  title: "old images go",
  ring: "cloud",
  severity: "low",
  rationale: "A registry that keeps all images keeps all their flaws, ready to be started again by their old tags.",
  remediation: 'new aws.ecr.LifecyclePolicy("vote", { repository: repository.name, policy })',
  references: references("catalogue/rules.csv: PRW", {
    "aws-security-hub": ["ECR.3"],
    "pci-dss-4": ["3.2.1", "3.3.1.1", "3.3.1.3"],
    "nist-csf-2": ["PR.PS-06"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left out", resources: [planned(REPOSITORY, "vote", {})], path: "" },
      {
        title: "of what a cache makes",
        resources: [planned(CREATION_TEMPLATE, "cache", { prefix: "hub", appliedFors: ["PULL_THROUGH_CACHE"] })],
        path: "lifecyclePolicy",
      },
    ],
    pass: [
      {
        title: "by a resource of its own",
        resources: [
          planned(REPOSITORY, "vote", {}),
          planned(SETTING, "policy", { repository: ref("vote", "name"), policy: json({}) }),
        ],
      },
      {
        title: "by its name",
        resources: [
          planned(REPOSITORY, "vote", { name: "vote" }),
          planned(SETTING, "policy", { repository: "vote", policy: json({}) }),
        ],
      },
    ],
    unknown: [
      {
        title: "which repository has it is an output",
        resources: [
          planned(REPOSITORY, "vote", {}),
          planned(SETTING, "policy", { repository: unresolved("string"), policy: json({}) }),
        ],
        path: "",
      },
    ],
  },
  ...onRepositorySetting({
    separate: SETTING,
    template: "lifecyclePolicy",
    missing: (name) => `'${name}' keeps every image for ever`,
  }),
});
