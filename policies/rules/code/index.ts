// Made by `npm run generate:rules` from the files of this folder.
import type { Rule } from "../../model.js";
import { fluxSourcesVerified } from "./gitops/flux-sources-verified.js";
import { iamGithubOidcScoped } from "./identity/iam-github-oidc-scoped.js";
import { iamRoleNoPolicyManagementConflict } from "./identity/iam-role-no-policy-management-conflict.js";
import { imageApprovedRegistry } from "./images/image-approved-registry.js";
import { imageBlockedRegistry } from "./images/image-blocked-registry.js";
import { imageDigestPinned } from "./images/image-digest-pinned.js";
import { imageNoLatest } from "./images/image-no-latest.js";
import { imagePullPolicyAlways } from "./images/image-pull-policy-always.js";
import { imageSignaturePolicy } from "./images/image-signature-policy.js";
import { sgNoMixedRuleManagement } from "./network/sg-no-mixed-rule-management.js";
import { ecrPolicyNotPublic } from "./registry/ecr-policy-not-public.js";
import { ecrScanOnPush } from "./registry/ecr-scan-on-push.js";
import { ecrTagImmutable } from "./registry/ecr-tag-immutable.js";
import { imageFromHardenedPlannedRepository } from "./registry/image-from-hardened-planned-repository.js";
import { configmapNoSecrets } from "./secrets/configmap-no-secrets.js";
import { containerNoPlaintextSecretEnv } from "./secrets/container-no-plaintext-secret-env.js";
import { secretExternalStore } from "./secrets/secret-external-store.js";
import { ssmParameterSecurestring } from "./secrets/ssm-parameter-securestring.js";

/** The rules of the ring code, in order of their ids. */
export const CODE_RULES = [
  configmapNoSecrets,
  containerNoPlaintextSecretEnv,
  ecrPolicyNotPublic,
  ecrScanOnPush,
  ecrTagImmutable,
  fluxSourcesVerified,
  iamGithubOidcScoped,
  iamRoleNoPolicyManagementConflict,
  imageApprovedRegistry,
  imageBlockedRegistry,
  imageDigestPinned,
  imageFromHardenedPlannedRepository,
  imageNoLatest,
  imagePullPolicyAlways,
  imageSignaturePolicy,
  secretExternalStore,
  sgNoMixedRuleManagement,
  ssmParameterSecurestring,
] as const satisfies readonly Rule[];
