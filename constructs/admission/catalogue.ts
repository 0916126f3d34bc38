import type { AdmissionControl } from "./control.js";
import { approvedRegistries, imageDigests, imageOrigin, noLatestTag } from "./controls/images.js";
import { noDefaultNamespace, requiredLabels } from "./controls/objects.js";
import { noExec, resourceLimits, runtimeClass } from "./controls/pods.js";
import { podSecurityLock } from "./controls/pod-security.js";
import { noTokenSecret, noWildcardRbac } from "./controls/rbac.js";
import { noExternalIp, noNodePort } from "./controls/services.js";
import { trustedSigner } from "./controls/signer.js";
import { noHostPath, noHostVolume } from "./controls/volumes.js";
import type { NoHostPathOptions } from "./controls/volumes.js";

/** Every admission control that there is, by id: a function from what it needs to know to the control as data. */
export const ADMISSION_CONTROLS = {
  "approved-registries": approvedRegistries,
  "image-digests": imageDigests,
  images: imageOrigin,
  "no-default-namespace": noDefaultNamespace,
  "no-exec": noExec,
  "no-external-ip": noExternalIp,
  "no-host-path": noHostPath,
  "no-host-volume": noHostVolume,
  "no-latest-tag": noLatestTag,
  "no-node-port": noNodePort,
  "no-token-secret": noTokenSecret,
  "no-wildcard-rbac": noWildcardRbac,
  "pod-security": podSecurityLock,
  "required-labels": requiredLabels,
  "resource-limits": resourceLimits,
  "runtime-class": runtimeClass,
  "trusted-signer": trustedSigner,
} as const satisfies Record<string, (...args: never[]) => AdmissionControl>;

/** Id of an admission control. */
export type AdmissionControlId = keyof typeof ADMISSION_CONTROLS;

/**
 * The controls that need to know nothing of the cluster and that applications made with this package pass. Charts of others
 * may not: `no-wildcard-rbac` and `no-node-port` refuse some.
 */
export function recommendedControls(options: NoHostPathOptions = {}): readonly AdmissionControl[] {
  return [
    noDefaultNamespace(),
    noExec(),
    noExternalIp(),
    noHostPath(options),
    noHostVolume(),
    noNodePort(),
    noTokenSecret(),
    noWildcardRbac(),
  ];
}
