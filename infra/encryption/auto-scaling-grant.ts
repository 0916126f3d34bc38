import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf, iamArn } from "../account.js";
import { refuse } from "../errors.js";
import { after } from "../options.js";
import { keyArnIssues } from "./key-arn.js";
import { AUTO_SCALING_ROLE, SCALING_GRANT_OPERATIONS } from "./key-policy.js";

/** Arguments of {@link AutoScalingGrant}. */
export interface AutoScalingGrantArgs {
  /** ARN of the key of volumes, of another account, whose policy names this one: `scalingAccounts` of {@link EncryptionKeys}. */
  readonly volumesKeyArn: pulumi.Input<string>;
}

/**
 * Lets Auto Scaling of this component's account start instances with a key of another account
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html, example 2). The
 * service-linked role of Auto Scaling exists: it appears with the account's first group. In the key's own account its policy
 * says as much and no grant is needed.
 */
export class AutoScalingGrant extends pulumi.ComponentResource {
  readonly grantId: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: AutoScalingGrantArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:AutoScalingGrant", name, {}, opts);
    refuse(`AutoScalingGrant '${name}'`, keyArnIssues("volumesKeyArn", args.volumesKeyArn));
    const account = accountOf(this);
    const grant = new kms.Grant(
      name,
      {
        keyId: args.volumesKeyArn,
        granteePrincipal: iamArn(account, AUTO_SCALING_ROLE),
        operations: SCALING_GRANT_OPERATIONS,
        // The key's policy lets this account revoke nothing, so that it cannot take the grants of others.
        retiringPrincipal: iamArn(account, "root"),
        retireOnDelete: true,
      },
      { parent: this, dependsOn: after(opts) },
    );
    this.grantId = grant.grantId;
    this.registerOutputs({ grantId: this.grantId });
  }
}
