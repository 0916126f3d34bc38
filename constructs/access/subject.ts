import { InputError, issue } from "../../core/issue.js";
import { checkName } from "../checks.js";
import type { Workload } from "../workload.js";

/** Groups that hold everybody, or somebody whom RBAC does not stop. */
const REFUSED_GROUPS = ["system:anonymous", "system:authenticated", "system:masters", "system:unauthenticated"];

/** Who gets a role. */
export class Subject {
  /**
   * A group of people, as access entries or the identity provider name it.
   *
   * @throws InputError for a group of everybody, and for `system:masters`.
   */
  static group(name: string): Subject {
    const everybody = REFUSED_GROUPS.includes(name) || name === "system:serviceaccounts";
    if (everybody || name === "")
      throw new InputError("Subject.group", [
        issue(
          everybody ? "NotAllowed" : "Required",
          "name",
          "must be a group of people",
          name,
          "Name a group that an access entry gives, such as 'ringfence:viewer'",
        ),
      ]);
    return new Subject({ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name });
  }

  /** The service account of a workload, which no other workload has. Give the workload a token: `serviceAccountToken`. */
  static workload({ namespace, serviceAccountName }: Workload): Subject {
    return new Subject({ kind: "ServiceAccount", name: serviceAccountName, namespace });
  }

  /**
   * A service account that something else makes.
   *
   * @throws InputError for names that are none, and for `default`, which every pod has that names no other.
   */
  static serviceAccount(namespace: string, name: string): Subject {
    const issues = [...checkName("namespace", namespace), ...checkName("name", name)];
    if (name === "default")
      issues.push(
        issue("NotAllowed", "name", "must not be 'default'", name, "Make a service account for what needs the rights"),
      );
    if (issues.length > 0) throw new InputError("Subject.serviceAccount", issues);
    return new Subject({ kind: "ServiceAccount", name, namespace });
  }

  private constructor(
    /** As in `subjects` of a binding (`io.k8s.api.rbac.v1.Subject`). */
    readonly manifest: {
      readonly kind: "Group" | "ServiceAccount";
      readonly apiGroup?: string;
      readonly name: string;
      readonly namespace?: string;
    },
  ) {}
}
