import * as organizations from "@pulumi/aws/organizations/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { listIssues, nameIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { guardrailIssues, planGuardrails } from "./plan.js";
import type { GuardrailOptions } from "./plan.js";

/** Arguments of {@link Guardrails}. */
export interface GuardrailsArgs extends GuardrailOptions {
  /**
   * What the policies bind: ids of organizational units (`ou-ab12-cd345678`), of accounts, or of the root (`r-ab12`). At
   * least one; try a unit with a test account first.
   */
  readonly targets: readonly [string, ...string[]];
  /**
   * Tags of the policies.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * The policies of {@link planGuardrails} in AWS Organizations, attached. The provider is that of the organisation's
 * management account or of its delegated administrator, where service control policies are turned on.
 */
export class Guardrails extends pulumi.ComponentResource {
  readonly policyIds: readonly pulumi.Output<string>[];

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: GuardrailsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Guardrails", name, {}, opts);
    refuse(`Guardrails '${name}'`, [
      ...nameIssues(name, LONGEST_NAME, "policies have 128"),
      ...targetIssues(args.targets),
      ...guardrailIssues("", args),
    ]);

    this.policyIds = planGuardrails(args).map(({ key, description, document }) => {
      const child = `${name}-${key}`;
      const policy = new organizations.Policy(
        child,
        {
          type: "SERVICE_CONTROL_POLICY",
          name: child,
          description: description.slice(0, LONGEST_DESCRIPTION),
          content: document,
          tags: named(child, args.tags),
        },
        { parent: this, dependsOn: after(opts) },
      );
      for (const targetId of args.targets)
        new organizations.PolicyAttachment(
          `${child}-on-${targetId}`,
          { policyId: policy.id, targetId },
          { parent: this },
        );
      return policy.id;
    });
    const relaxations = (args.leftOut ?? []).map((one) => one.relaxation);
    this.registerOutputs(published({ policyIds: this.policyIds }, relaxations));
  }
}

/** Names of policies have 128 characters (AWS Organizations, CreatePolicy, `Name`), of which ours take two. */
const LONGEST_NAME = 126;

/** Characters of a policy's description (AWS Organizations, CreatePolicy). */
const LONGEST_DESCRIPTION = 512;

function targetIssues(targets: readonly string[]): Issue[] {
  const advice = "Write it like 'ou-ab12-cd345678', '111122223333' or 'r-ab12'";
  if (targets.length === 0) return [issue("Required", "targets", "must name what is bound", targets, advice)];
  return listIssues("targets", targets, "target", (path, target) =>
    /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/.test(target)
      ? []
      : [issue("Malformed", path, "must be the id of a root, a unit or an account", target, advice)],
  );
}
