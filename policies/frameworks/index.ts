import { AWS_FSBP } from "./data/aws.js";
import { CIS_EKS } from "./data/cis-eks.js";
import { ATTACK, NSA_CISA, OWASP_K8S } from "./data/kubernetes.js";
import { NIST_800_53, NIST_CSF } from "./data/nist.js";
import { HIPAA, PCI_DSS, SOC2 } from "./data/regulation.js";
import type { FrameworkTable } from "./model.js";

/** The tables of all frameworks. */
export const FRAMEWORKS: readonly FrameworkTable[] = [
  CIS_EKS,
  NSA_CISA,
  OWASP_K8S,
  PCI_DSS,
  HIPAA,
  SOC2,
  NIST_CSF,
  NIST_800_53,
  AWS_FSBP,
  ATTACK,
];
