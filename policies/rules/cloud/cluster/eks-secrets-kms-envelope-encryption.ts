import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectPresent, expectRead, includes } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/**
 * Secrets are encrypted with a customer key. From 1.28 on EKS encrypts with a key of AWS; a customer key adds custody,
 * an audit trail and revocation (EKS API, `encryptionConfig`).
 */
export const eksSecretsKmsEnvelopeEncryption = defineRule({
  id: "eks-secrets-kms-envelope-encryption",
  title: "Kubernetes Secrets are encrypted with a customer key",
  ring: "cloud",
  severity: "high",
  rationale:
    "EKS encrypts Secrets with a key that AWS owns. A key of your own puts every use of it in your audit trail, and lets you take it away.",
  remediation: 'encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] }',
  references: references(
    "catalogue/rules.csv: CKV_AWS_58, AWS-0039, PCP enable-cluster-encryption-config, cfn_nag W82 (GUARD), C-0066, PRW, PPB",
    {
      "cis-eks-1.8.0": ["5.3.1"],
      "aws-fsbp": ["EKS.3"],
      "nsa-cisa": ["hardening"],
      "pci-dss-4": ["8.3.2"],
      hipaa: ["164.312(a)(2)(iv)", "164.312(c)(1)"],
      "owasp-k8s": ["K03"],
      attack: ["T1552"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no key is named", resources: [planned(CLUSTER, "prod", {})], path: "encryptionConfig.provider.keyArn" },
    ],
    pass: [
      {
        title: "a key of the same plan",
        resources: [
          planned(CLUSTER, "prod", {
            encryptionConfig: { provider: { keyArn: ref("secrets", "arn") }, resources: ["secrets"] },
          }),
          planned("aws:kms/key:Key", "secrets", { enableKeyRotation: true }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides whether there is a key",
        resources: [planned(CLUSTER, "prod", { encryptionConfig: unresolved("object") })],
        path: "encryptionConfig.provider.keyArn",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs }) => {
    const config = inputs.at("encryptionConfig");
    const message = `the Secrets of cluster '${cluster.name}' are not encrypted with a customer key`;
    const undecided = `the key for the Secrets of cluster '${cluster.name}' is not known before the deployment`;
    const key = expectPresent(config.at("provider", "keyArn"), { message, undecided });
    if (key.kind !== "pass") return key;
    const resources = config.at("resources");
    return expectRead(resources, includes(resources, "secrets"), {
      absent: false,
      accept: (value) => value,
      message,
      undecided,
    });
  }),
});
