import type * as pulumi from "@pulumi/pulumi";

/**
 * The customer keys of a cluster by purpose. {@link EncryptionKeys} has it, `EncryptionKeys.existing` says it of keys that are
 * there already.
 */
export interface KeysRef {
  /** Encrypts Kubernetes Secrets and secrets of Secrets Manager. */
  readonly secretsKeyArn: pulumi.Input<string>;
  /** Encrypts log groups; its policy admits CloudWatch Logs. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Encrypts volumes; its policy admits EC2 and Auto Scaling. */
  readonly volumesKeyArn: pulumi.Input<string>;
  /** Encrypts images; its policy admits ECR. */
  readonly registryKeyArn: pulumi.Input<string>;
}
