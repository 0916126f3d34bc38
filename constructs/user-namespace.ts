import { compareVersions } from "../core/data/kubernetes-versions.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";

/**
 * First version in which user namespaces are stable and cannot be switched off (feature gate `UserNamespacesSupport`,
 * pkg/features/kube_features.go of Kubernetes 1.36). Nodes need Linux 6.3 and containerd 2; those of EKS have had both
 * since 1.33.
 */
export const USER_NAMESPACES_SINCE = "1.36";

/** Highest user and group in a user namespace of a pod: the kubelet maps 65,536 of them. */
export const MAX_MAPPED_ID = 65_535;

/**
 * Whether users of a pod are users of the node. In a user namespace of its own, root of the container is an account without
 * rights on the node, so that most ways out of a container lead nowhere (https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/).
 */
export class UserNamespace {
  /** A namespace of the pod's own (`hostUsers: false`). From Kubernetes 1.33 on; volumes must support mapped mounts, which NFS and EFS do not. */
  static own(): UserNamespace {
    return new UserNamespace(undefined);
  }

  /**
   * The node's users: for volumes that cannot be mapped, and runtimes that have no user namespaces.
   *
   * @throws InputError when the reason is missing.
   */
  static host(why: Reason): UserNamespace {
    return new UserNamespace(relaxation("UserNamespace.host", why));
  }

  private constructor(
    /** Why the node's users are used; absent on a namespace of the pod's own. */
    readonly relaxation: Relaxation | undefined,
  ) {}
}

/** Whether pods of a cluster of this version get a user namespace when nobody says. An unknown version says no. */
export function hasUserNamespaces(kubernetesVersion: string | undefined): boolean {
  if (kubernetesVersion === undefined || !/^1\.\d+$/.test(kubernetesVersion)) return false;
  return compareVersions(kubernetesVersion, USER_NAMESPACES_SINCE) >= 0;
}
