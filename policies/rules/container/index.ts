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
import { podNoWindowsHostProcess } from "./isolation/pod-no-windows-host-process.js";
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
import { podNoRootGroups } from "./privileges/pod-no-root-groups.js";
import { podRunAsNonRoot } from "./privileges/pod-run-as-non-root.js";
import { podRunAsUserNonzero } from "./privileges/pod-run-as-user-nonzero.js";
import { podSeccompNotUnconfined } from "./privileges/pod-seccomp-not-unconfined.js";
import { podSeccompRuntimeDefault } from "./privileges/pod-seccomp-runtime-default.js";
import { podSecurityContextPresent } from "./privileges/pod-security-context-present.js";
import { podSelinuxAllowed } from "./privileges/pod-selinux-allowed.js";
import { podSysctlsSafe } from "./privileges/pod-sysctls-safe.js";
import { containerCpuLimit } from "./resources/container-cpu-limit.js";
import { containerCpuRequest } from "./resources/container-cpu-request.js";
import { containerEphemeralStorageLimit } from "./resources/container-ephemeral-storage-limit.js";
import { containerMemoryLimit } from "./resources/container-memory-limit.js";
import { containerMemoryRequest } from "./resources/container-memory-request.js";
import { envNoDuplicate } from "./secrets/env-no-duplicate.js";
import { podNoSecretEnv } from "./secrets/pod-no-secret-env.js";

/** The rules of the ring container, in order of their ids. */
export const CONTAINER_RULES = [
  containerCapabilitiesBaseline,
  containerCpuLimit,
  containerCpuRequest,
  containerDropAllCapabilities,
  containerDropNetRaw,
  containerEphemeralStorageLimit,
  containerHighGid,
  containerHighUid,
  containerMemoryLimit,
  containerMemoryRequest,
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
  envNoDuplicate,
  podApparmorNotOverridden,
  podDeprecatedSaField,
  podHostpathReadOnly,
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
  podNoWindowsHostProcess,
  podRunAsNonRoot,
  podRunAsUserNonzero,
  podSeccompNotUnconfined,
  podSeccompRuntimeDefault,
  podSecurityContextPresent,
  podSelinuxAllowed,
  podSysctlsSafe,
  podUserNamespace,
  podVolumeTypesRestricted,
  probeExecNoTools,
  sharedProcessNamespace,
] as const satisfies readonly Rule[];
