import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { CREATION_TEMPLATE, onRepositorySetting, REPOSITORY } from "../../../lib/registry.js";

const SETTING = "aws:ecr/repositoryPolicy:RepositoryPolicy";

/** A repository has a policy of its own, which says who pulls and pushes. */
export const ecrPolicyAttached = defineRule({
  id: "ecr-policy-attached",
  title: "repositories say who gets in",
  ring: "cloud",
  severity: "info",
  rationale:
    "Without a policy of its own the repository is open to whoever in the account some policy gives ecr actions.",
  remediation: 'new aws.ecr.RepositoryPolicy("vote", { repository: repository.name, policy })',
  references: references("catalogue/rules.csv: AC_AWS_0462", { "cis-eks-1.8.0": ["5.1.2"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left out", resources: [planned(REPOSITORY, "vote", {})], path: "" },
      {
        title: "of what a cache makes",
        resources: [planned(CREATION_TEMPLATE, "cache", { prefix: "hub", appliedFors: ["PULL_THROUGH_CACHE"] })],
        path: "repositoryPolicy",
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
    template: "repositoryPolicy",
    missing: (name) => `'${name}' has no policy of its own, so the identities of the account decide`,
  }),
});
