// Made by `npm run generate:rules` from the files of this folder.
import type { Rule } from "../../model.js";
import { containerNoHostPorts } from "./isolation/container-no-host-ports.js";
import { containerNoInteractive } from "./isolation/container-no-interactive.js";
import { containerNoPrivilegedPorts } from "./isolation/container-no-privileged-ports.js";
import { containerNoRuntimeSocket } from "./isolation/container-no-runtime-socket.js";
import { containerNoSsh } from "./isolation/container-no-ssh.js";
import { podDeprecatedSaField } from "./isolation/pod-deprecated-sa-field.js";
import { podHostpathReadOnly } from "./isolation/pod-hostpath-read-only.js";
import { podNoCloudCredentialMount } from "./isolation/pod-no-cloud-credential-mount.js";
import { podNoControlPlaneScheduling } from "./isolation/pod-no-control-plane-scheduling.js";
import { podNoEphemeralContainers } from "./isolation/pod-no-ephemeral-containers.js";
import { podNoFlexvolume } from "./isolation/pod-no-flexvolume.js";
import { podNoHostAliases } from "./isolation/pod-no-host-aliases.js";
import { podNoHostIpc } from "./isolation/pod-no-host-ipc.js";
import { podNoHostNetwork } from "./isolation/pod-no-host-network.js";
import { podNoHostPid } from "./isolation/pod-no-host-pid.js";
import { podNoHostpath } from "./isolation/pod-no-hostpath.js";
import { podNoPrivileged } from "./isolation/pod-no-privileged.js";
import { podNoProbeOrLifecycleHost } from "./isolation/pod-no-probe-or-lifecycle-host.js";
import { podNoSensitiveHostpath } from "./isolation/pod-no-sensitive-hostpath.js";
import { podNoSubpathCve } from "./isolation/pod-no-subpath-cve.js";
import { podNoWindowsHostProcess } from "./isolation/pod-no-windows-host-process.js";
import { podRuntimeClassSandboxed } from "./isolation/pod-runtime-class-sandboxed.js";
import { podUserNamespace } from "./isolation/pod-user-namespace.js";
import { podVolumeTypesRestricted } from "./isolation/pod-volume-types-restricted.js";
import { probeExecNoTools } from "./isolation/probe-exec-no-tools.js";
import { sharedProcessNamespace } from "./isolation/shared-process-namespace.js";
import { containerCapabilitiesBaseline } from "./privileges/container-capabilities-baseline.js";
import { containerDropAllCapabilities } from "./privileges/container-drop-all-capabilities.js";
import { containerDropNetRaw } from "./privileges/container-drop-net-raw.js";
import { containerHighGid } from "./privileges/container-high-gid.js";
import { containerHighUid } from "./privileges/container-high-uid.js";
import { containerNoPrivilegeEscalation } from "./privileges/container-no-privilege-escalation.js";
import { containerNoSudoEntrypoint } from "./privileges/container-no-sudo-entrypoint.js";
import { containerNoSysAdmin } from "./privileges/container-no-sys-admin.js";
import { containerNoSysModule } from "./privileges/container-no-sys-module.js";
import { containerProcMountDefaultStrict } from "./privileges/container-proc-mount-default-strict.js";
import { containerProcMountDefault } from "./privileges/container-proc-mount-default.js";
import { containerReadOnlyRootFs } from "./privileges/container-read-only-root-fs.js";
import { podApparmorNotOverridden } from "./privileges/pod-apparmor-not-overridden.js";
import { podLinuxHardeningAny } from "./privileges/pod-linux-hardening-any.js";
import { podNoRootGroups } from "./privileges/pod-no-root-groups.js";
import { podRunAsNonRoot } from "./privileges/pod-run-as-non-root.js";
import { podRunAsUserNonzero } from "./privileges/pod-run-as-user-nonzero.js";
import { podSeccompNotUnconfined } from "./privileges/pod-seccomp-not-unconfined.js";
import { podSeccompRuntimeDefault } from "./privileges/pod-seccomp-runtime-default.js";
import { podSecurityContextPresent } from "./privileges/pod-security-context-present.js";
import { podSelinuxAllowed } from "./privileges/pod-selinux-allowed.js";
import { podSysctlsSafe } from "./privileges/pod-sysctls-safe.js";
import { containerLivenessProbe } from "./reliability/container-liveness-probe.js";
import { containerReadinessProbe } from "./reliability/container-readiness-probe.js";
import { podSpread } from "./reliability/pod-spread.js";
import { priorityClassSet } from "./reliability/priority-class-set.js";
import { probesDistinct } from "./reliability/probes-distinct.js";
import { containerCpuLimit } from "./resources/container-cpu-limit.js";
import { containerCpuRequest } from "./resources/container-cpu-request.js";
import { containerEphemeralStorageLimit } from "./resources/container-ephemeral-storage-limit.js";
import { containerMemoryLimit } from "./resources/container-memory-limit.js";
import { containerMemoryRequestEqualsLimit } from "./resources/container-memory-request-equals-limit.js";
import { containerMemoryRequest } from "./resources/container-memory-request.js";
import { configmapSecretRefExists } from "./secrets/configmap-secret-ref-exists.js";
import { envNoDuplicate } from "./secrets/env-no-duplicate.js";
import { podNoSecretEnv } from "./secrets/pod-no-secret-env.js";
import { workloadMountsSensitive } from "./secrets/workload-mounts-sensitive.js";

/** The rules of the ring container, in order of their ids. */
export const CONTAINER_RULES = [
  configmapSecretRefExists,
  containerCapabilitiesBaseline,
  containerCpuLimit,
  containerCpuRequest,
  containerDropAllCapabilities,
  containerDropNetRaw,
  containerEphemeralStorageLimit,
  containerHighGid,
  containerHighUid,
  containerLivenessProbe,
  containerMemoryLimit,
  containerMemoryRequest,
  containerMemoryRequestEqualsLimit,
  containerNoHostPorts,
  containerNoInteractive,
  containerNoPrivilegeEscalation,
  containerNoPrivilegedPorts,
  containerNoRuntimeSocket,
  containerNoSsh,
  containerNoSudoEntrypoint,
  containerNoSysAdmin,
  containerNoSysModule,
  containerProcMountDefault,
  containerProcMountDefaultStrict,
  containerReadOnlyRootFs,
  containerReadinessProbe,
  envNoDuplicate,
  podApparmorNotOverridden,
  podDeprecatedSaField,
  podHostpathReadOnly,
  podLinuxHardeningAny,
  podNoCloudCredentialMount,
  podNoControlPlaneScheduling,
  podNoEphemeralContainers,
  podNoFlexvolume,
  podNoHostAliases,
  podNoHostIpc,
  podNoHostNetwork,
  podNoHostPid,
  podNoHostpath,
  podNoPrivileged,
  podNoProbeOrLifecycleHost,
  podNoRootGroups,
  podNoSecretEnv,
  podNoSensitiveHostpath,
  podNoSubpathCve,
  podNoWindowsHostProcess,
  podRunAsNonRoot,
  podRunAsUserNonzero,
  podRuntimeClassSandboxed,
  podSeccompNotUnconfined,
  podSeccompRuntimeDefault,
  podSecurityContextPresent,
  podSelinuxAllowed,
  podSpread,
  podSysctlsSafe,
  podUserNamespace,
  podVolumeTypesRestricted,
  priorityClassSet,
  probeExecNoTools,
  probesDistinct,
  sharedProcessNamespace,
  workloadMountsSensitive,
] as const satisfies readonly Rule[];
