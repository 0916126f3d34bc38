/**
 * Names of Bottlerocket's settings. User data with a name that the system does not know is refused as a whole: the node boots
 * without it and never joins.
 *
 * Read 2026-11-21 from the settings models (https://github.com/bottlerocket-os/bottlerocket-settings-sdk) and the kubelet's
 * template for 1.35 (https://github.com/bottlerocket-os/bottlerocket-core-kit, packages/kubernetes-1.35/kubelet-config).
 */

/** What may stand behind `settings.` on the images for Kubernetes. */
export const BOTTLEROCKET_GROUPS: readonly string[] = [
  ...["autoscaling", "aws", "boot", "bootstrap-commands", "bootstrap-containers", "cloudformation"],
  ...["container-registry", "container-runtime", "container-runtime-plugins", "dns", "host-containers", "kernel"],
  ...["kubelet-device-plugins", "kubelet-dra-drivers", "kubernetes", "metrics", "motd", "network", "ntp"],
  ...["nvidia-container-runtime", "oci-defaults", "oci-hooks", "pki", "updates"],
];

/** What may stand behind `settings.kubernetes.`. */
export const BOTTLEROCKET_KUBERNETES: readonly string[] = [
  ...["allowed-unsafe-sysctls", "api-server", "authentication-mode", "bootstrap-token", "cloud-provider"],
  ...["cluster-certificate", "cluster-dns-ip", "cluster-domain", "cluster-name", "container-log-max-files"],
  ...["container-log-max-size", "container-log-max-workers", "container-log-monitor-interval"],
  ...["cpu-cfs-quota-enforced", "cpu-manager-policy", "cpu-manager-policy-options", "cpu-manager-reconcile-period"],
  ...["credential-providers", "device-ownership-from-security-context", "event-burst", "event-qps", "eviction-hard"],
  ...["eviction-max-pod-grace-period", "eviction-soft", "eviction-soft-grace-period", "hostname-override"],
  ...["hostname-override-source", "ids-per-pod", "image-gc-high-threshold-percent", "image-gc-low-threshold-percent"],
  ...["image-maximum-gc-age", "image-minimum-gc-age", "kube-api-burst", "kube-api-qps", "kube-reserved", "log-level"],
  ...["max-parallel-image-pulls", "max-pods", "memory-manager-policy", "memory-manager-reserved-memory"],
  ...["memory-swap-behavior", "node-ip", "node-labels", "node-taints", "pod-infra-container-image", "pod-pids-limit"],
  ...["provider-id", "registry-burst", "registry-qps", "reserved-cpus", "seccomp-default", "server-certificate"],
  ...["server-key", "server-tls-bootstrap", "shutdown-grace-period", "shutdown-grace-period-for-critical-pods"],
  ...["single-process-oom-kill", "standalone-mode", "static-pods", "static-pods-enabled", "system-reserved"],
  ...["topology-manager-policy", "topology-manager-policy-options", "topology-manager-scope"],
];
