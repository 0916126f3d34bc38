/**
 * Files that look like Kubernetes objects and configure a program: they have `apiVersion` and `kind`, no name, and no API
 * server takes them.
 *
 * Read 2026-11-21 from https://kubernetes.io/docs/reference/config-api/, https://kind.sigs.k8s.io/docs/user/configuration/
 * and https://kubectl.docs.kubernetes.io/references/kustomize/.
 */
const GROUPS: ReadonlySet<string> = new Set([
  "apiserver.config.k8s.io",
  "apiserver.k8s.io",
  "audit.k8s.io",
  "client.authentication.k8s.io",
  "cloudcontrollermanager.config.k8s.io",
  "config.kubernetes.io",
  "credentialprovider.kubelet.k8s.io",
  "imagepolicy.k8s.io",
  "k3d.io",
  "kind.x-k8s.io",
  "kubeadm.k8s.io",
  "kubecontrollermanager.config.k8s.io",
  "kubectl.config.k8s.io",
  "kubelet.config.k8s.io",
  "kubeproxy.config.k8s.io",
  "kubescheduler.config.k8s.io",
  "kustomize.config.k8s.io",
  "kyaml.config.k8s.io",
  "pod-security.admission.config.k8s.io",
  "resourcequota.admission.k8s.io",
  "webhookadmission.config.k8s.io",
]);

/** Whether an object without a name is such a configuration; a kubeconfig is `Config` of `v1`. */
export function isConfiguration(apiVersion: string, kind: string): boolean {
  const [group, version] = apiVersion.split("/");
  if (version === undefined) return kind === "Config";
  return GROUPS.has(group ?? "") || /^skaffold$/.test(group ?? "");
}
