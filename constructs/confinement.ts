import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { PodSecurityContextManifest, ProfileManifest } from "./manifest.js";

/** Types of SELinux that Pod Security `baseline` admits (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export type SeLinuxType = "container_t" | "container_init_t" | "container_kvm_t" | "container_engine_t";

/** Labels of SELinux, for nodes that enforce it (Bottlerocket, EKS Auto Mode). */
export interface SeLinuxOptions {
  /** @default - the container runtime's, `container_t` */
  readonly type?: SeLinuxType;
  /** Level with categories, such as `s0:c123,c456`: pods of different categories cannot open each other's files. @default - the runtime gives each pod its own */
  readonly level?: string;
}

/** Which system calls the containers of a pod may make. There is no way to lift the filter. */
export class Seccomp {
  /** The default: the filter of the container runtime. */
  static runtimeDefault(): Seccomp {
    return new Seccomp({ type: "RuntimeDefault" });
  }

  /**
   * A profile that lies on the nodes.
   *
   * @param profile Path below the kubelet's folder `seccomp`, such as `profiles/api.json`.
   */
  static localhost(profile: string): Seccomp {
    return new Seccomp({ type: "Localhost", localhostProfile: profile });
  }

  private constructor(
    /** `securityContext.seccompProfile`. */
    readonly manifest: ProfileManifest,
  ) {}
}

/**
 * What AppArmor lets the containers of a pod do. Nothing is set by default: a node without AppArmor, as those of Amazon
 * Linux 2023 and Bottlerocket are (they use SELinux), refuses a pod that names a profile.
 */
export class AppArmor {
  /** The profile of the container runtime. */
  static runtimeDefault(): AppArmor {
    return new AppArmor({ type: "RuntimeDefault" });
  }

  /** A profile that is loaded on the nodes, by its name. */
  static localhost(profile: string): AppArmor {
    return new AppArmor({ type: "Localhost", localhostProfile: profile });
  }

  private constructor(
    /** `securityContext.appArmorProfile`. */
    readonly manifest: ProfileManifest,
  ) {}
}

/** How the kernel confines the containers of a pod. */
export interface ConfinementProps {
  /** @default Seccomp.runtimeDefault() */
  readonly seccomp?: Seccomp;
  /** @default - nothing is asked for */
  readonly appArmor?: AppArmor;
  /** @default - the container runtime's labels */
  readonly seLinux?: SeLinuxOptions;
}

/** The parts of a pod's security context that confine it. */
export function confinementManifest(
  props: ConfinementProps,
): Pick<PodSecurityContextManifest, "seccompProfile" | "appArmorProfile" | "seLinuxOptions"> {
  const { appArmor, seLinux } = props;
  return {
    seccompProfile: (props.seccomp ?? Seccomp.runtimeDefault()).manifest,
    ...(appArmor === undefined ? {} : { appArmorProfile: appArmor.manifest }),
    ...(seLinux === undefined ? {} : { seLinuxOptions: { ...seLinux } }),
  };
}

/** The issues of a confinement. */
export function checkConfinement({ seccomp, appArmor, seLinux }: ConfinementProps): readonly Issue[] {
  const issues: Issue[] = [];
  const profile = seccomp?.manifest.localhostProfile;
  if (profile !== undefined && !isRelativePath(profile))
    issues.push(
      issue(
        "Malformed",
        "seccomp.localhost",
        "must be a path below the kubelet's folder 'seccomp'",
        profile,
        "Write it like 'profiles/api.json', without '..'",
      ),
    );
  const name = appArmor?.manifest.localhostProfile;
  if (name !== undefined && (name.trim() !== name || name === "" || name.length > 4095))
    issues.push(
      issue(
        "Malformed",
        "appArmor.localhost",
        "must be the name of a loaded profile",
        name,
        "Write the name as 'aa-status' shows it",
      ),
    );
  const level = seLinux?.level;
  if (level !== undefined && !/^s\d+(-s\d+)?(:c\d+([.,]c\d+)*)?$/.test(level))
    issues.push(
      issue("Malformed", "seLinux.level", "must be a level of SELinux", level, "Write it like 's0:c123,c456'"),
    );
  return issues;
}

function isRelativePath(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.split("/").includes("..");
}
