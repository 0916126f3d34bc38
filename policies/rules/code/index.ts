// Made by `npm run generate:rules` from the files of this folder.
import type { Rule } from "../../model.js";
import { kmsDescription } from "./documentation/kms-description.js";
import { resourceTaggingRequired } from "./documentation/resource-tagging-required.js";
import { sgDescriptionPresent } from "./documentation/sg-description-present.js";
import { fluxSourcesVerified } from "./gitops/flux-sources-verified.js";
import { iamGithubOidcScoped } from "./identity/iam-github-oidc-scoped.js";
import { iamNoAwsManagedPolicy } from "./identity/iam-no-aws-managed-policy.js";
import { iamNoInlinePolicy } from "./identity/iam-no-inline-policy.js";
import { iamRoleNoPolicyManagementConflict } from "./identity/iam-role-no-policy-management-conflict.js";
import { containerNoGitSync } from "./images/container-no-git-sync.js";
import { imageApprovedRegistry } from "./images/image-approved-registry.js";
import { imageBlockedRegistry } from "./images/image-blocked-registry.js";
import { imageDigestPinned } from "./images/image-digest-pinned.js";
import { imageNoLatest } from "./images/image-no-latest.js";
import { imagePullPolicyAlways } from "./images/image-pull-policy-always.js";
import { imagePullSecretPresent } from "./images/image-pull-secret-present.js";
import { imageSignaturePolicy } from "./images/image-signature-policy.js";
import { apiVersionNotDeprecated } from "./manifests/api-version-not-deprecated.js";
import { requiredLabelsAnnotations } from "./manifests/required-labels-annotations.js";
import { sgNoMixedRuleManagement } from "./network/sg-no-mixed-rule-management.js";
import { ec2AmiOwnerPinned } from "./nodes/ec2-ami-owner-pinned.js";
import { ecrPolicyNotPublic } from "./registry/ecr-policy-not-public.js";
import { ecrPullClosure } from "./registry/ecr-pull-closure.js";
import { ecrScanOnPush } from "./registry/ecr-scan-on-push.js";
import { ecrTagImmutable } from "./registry/ecr-tag-immutable.js";
import { imageFromHardenedPlannedRepository } from "./registry/image-from-hardened-planned-repository.js";
import { configmapNoSecrets } from "./secrets/configmap-no-secrets.js";
import { containerNoPlaintextSecretEnv } from "./secrets/container-no-plaintext-secret-env.js";
import { externalSecretLeastPrivilege } from "./secrets/external-secret-least-privilege.js";
import { secretExternalStore } from "./secrets/secret-external-store.js";
import { ssmParameterSecurestring } from "./secrets/ssm-parameter-securestring.js";

/** The rules of the ring code, in order of their ids. */
export const CODE_RULES = [
  apiVersionNotDeprecated,
  configmapNoSecrets,
  containerNoGitSync,
  containerNoPlaintextSecretEnv,
  ec2AmiOwnerPinned,
  ecrPolicyNotPublic,
  ecrPullClosure,
  ecrScanOnPush,
  ecrTagImmutable,
  externalSecretLeastPrivilege,
  fluxSourcesVerified,
  iamGithubOidcScoped,
  iamNoAwsManagedPolicy,
  iamNoInlinePolicy,
  iamRoleNoPolicyManagementConflict,
  imageApprovedRegistry,
  imageBlockedRegistry,
  imageDigestPinned,
  imageFromHardenedPlannedRepository,
  imageNoLatest,
  imagePullPolicyAlways,
  imagePullSecretPresent,
  imageSignaturePolicy,
  kmsDescription,
  requiredLabelsAnnotations,
  resourceTaggingRequired,
  secretExternalStore,
  sgDescriptionPresent,
  sgNoMixedRuleManagement,
  ssmParameterSecurestring,
] as const satisfies readonly Rule[];
