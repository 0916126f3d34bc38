/**
 * Standards of AWS Security Hub, as the part of their ARN behind `standards/`. Read 2026-11-21: Security Hub user guide,
 * "Standards reference" (https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html). The ARN of CIS
 * 1.2.0 has another form (`ruleset/`, without Region); that version is left out.
 */
export const SECURITY_STANDARDS = {
  /** AWS Foundational Security Best Practices. */
  fsbp: "aws-foundational-security-best-practices/v/1.0.0",
  /** CIS AWS Foundations Benchmark 5.0.0. */
  cis: "cis-aws-foundations-benchmark/v/5.0.0",
  /** PCI DSS 4.0.1. */
  pci: "pci-dss/v/4.0.1",
  /** NIST SP 800-53 revision 5. */
  nist: "nist-800-53/v/5.0.0",
} as const;

/** A standard of {@link SECURITY_STANDARDS}. */
export type SecurityStandard = keyof typeof SECURITY_STANDARDS;
