/** What the cluster refuses for everybody: controls as data, and the objects of the API server, Kyverno or Gatekeeper. */
export { AdmissionGuardrails } from "./admission-guardrails.js";
export type { AdmissionGuardrailsProps } from "./admission-guardrails.js";
export { AdmissionPolicy, EXEMPT_NAMESPACES } from "./admission-policy.js";
export type { AdmissionPolicyProps } from "./admission-policy.js";
export { ADMISSION_CONTROLS, recommendedControls } from "./catalogue.js";
export type { AdmissionControlId } from "./catalogue.js";
export type {
  AdmissionControl,
  CelValidation,
  CelVariable,
  ExemptionScope,
  ExpressionControl,
  SignatureControl,
  TrustedSigner,
} from "./control.js";
export { approvedRegistries, imageDigests, imageOrigin, noLatestTag } from "./controls/images.js";
export { noDefaultNamespace, requiredLabels } from "./controls/objects.js";
export type { RequiredLabelsOptions } from "./controls/objects.js";
export {
  NO_EXEC_LABEL,
  noExec,
  RESOURCE_LIMITS_DEFAULTS,
  resourceLimits,
  runtimeClass,
  SANDBOX_LABEL,
} from "./controls/pods.js";
export type { LimitedResource, ResourceLimitsOptions, RuntimeClassOptions } from "./controls/pods.js";
export { podSecurityLock } from "./controls/pod-security.js";
export { noTokenSecret, noWildcardRbac, ROLE_AUTHORS } from "./controls/rbac.js";
export type { NoWildcardRbacOptions } from "./controls/rbac.js";
export { noExternalIp, noNodePort } from "./controls/services.js";
export { trustedSigner } from "./controls/signer.js";
export type { TrustedSignerOptions } from "./controls/signer.js";
export { noHostPath, noHostVolume } from "./controls/volumes.js";
export type { NoHostPathOptions } from "./controls/volumes.js";
export type { AdmissionEngine, AdmissionRequest, RenderedPolicy } from "./engine.js";
export { Enforcement } from "./enforcement.js";
export { gatekeeperEngine } from "./engines/gatekeeper.js";
export { kyvernoEngine } from "./engines/kyverno.js";
export { nativeEngine } from "./engines/native.js";
export { NamespaceExemption, ObjectExemption } from "./exemption.js";
export type { AdmissionExemption, ExemptionOptions } from "./exemption.js";
export type { AdmissionOperation, MatchedResource } from "./resources.js";
