import { InputError, issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { DANGERS, dangersOf } from "./rights.js";
import type { DangerName, Rights } from "./rights.js";

/** Arguments of {@link RbacRule.dangerous}. */
export interface DangerousOptions extends Reason {
  /** What is accepted, by name; what is not named stays refused. */
  readonly dangers: readonly [DangerName, ...DangerName[]];
}

/** One rule of a role. What leads to more than it names is refused at synthesis, unless it is named with a reason. */
export class RbacRule {
  /** Rights that end where they say. */
  static allow(rights: Rights): RbacRule {
    return new RbacRule(rights, [], undefined);
  }

  /**
   * Rights that lead to more, each danger by its name.
   *
   * @throws InputError when the reason is missing.
   */
  static dangerous(rights: Rights, { dangers, reason }: DangerousOptions): RbacRule {
    const choice = `RbacRule.dangerous(${dangers.map((name) => `'${name}'`).join(", ")})`;
    return new RbacRule(rights, dangers, relaxation(choice, { reason }));
  }

  /**
   * What somebody needs who approves certificates of one signer: reading the requests, and the verb `approve` for that
   * signer. Signers that let in clients of the API server are refused
   * (https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization).
   *
   * @param signerName Full name: `beta.eks.amazonaws.com/app-serving`.
   * @throws InputError when the signer is none, is a pattern, or signs for clients.
   */
  static approveCertificates(signerName: string): readonly RbacRule[] {
    const issues = checkSigner(signerName);
    if (issues.length > 0) throw new InputError("RbacRule.approveCertificates", issues);
    const apiGroups = ["certificates.k8s.io"];
    return [
      RbacRule.allow({ apiGroups, resources: ["certificatesigningrequests"], verbs: ["get", "list", "watch"] }),
      RbacRule.allow({ apiGroups, resources: ["certificatesigningrequests/approval"], verbs: ["update"] }),
      RbacRule.allow({ apiGroups, resources: ["signers"], verbs: ["approve"], resourceNames: [signerName] }),
    ];
  }

  private constructor(
    readonly rights: Rights,
    /** The dangers that were accepted. */
    readonly accepted: readonly DangerName[],
    /** Absent where nothing was accepted. */
    readonly relaxation: Relaxation | undefined,
  ) {}
}

/** The issues of a rule. `clusterWide`: whether it stands in a ClusterRole. */
export function checkRule(path: string, { rights, accepted }: RbacRule, clusterWide: boolean): readonly Issue[] {
  const found = dangersOf(rights);
  const refused = found.filter((name) => !accepted.includes(name));
  const idle = accepted.filter((name) => !found.includes(name));
  return [
    ...checkShape(path, rights, clusterWide),
    ...refused.map((name) =>
      issue(
        "NotAllowed",
        path,
        `must not give ${DANGERS[name].gives}`,
        rights,
        `Name less, or accept it: RbacRule.dangerous(rights, { dangers: ['${name}'], reason })`,
      ),
    ),
    ...idle.map((name) =>
      issue("NotFound", path, "must hold each danger that it accepts", name, "Leave the danger out: nothing needs it"),
    ),
  ];
}

function checkShape(path: string, rights: Rights, clusterWide: boolean): readonly Issue[] {
  const { apiGroups = [], resources = [], verbs, resourceNames, nonResourceURLs = [] } = rights;
  const issues: Issue[] = [];
  if (verbs.length === 0) issues.push(issue("Required", `${path}.verbs`, "must hold a verb", verbs, "Write ['get']"));
  const onObjects = apiGroups.length > 0 && resources.length > 0;
  if (onObjects === nonResourceURLs.length > 0 || apiGroups.length > 0 !== resources.length > 0)
    issues.push(
      issue(
        "Required",
        path,
        "must have either 'apiGroups' and 'resources', or 'nonResourceURLs'",
        rights,
        "Write apiGroups: [''] for the core group",
      ),
    );
  if (nonResourceURLs.length > 0 && !clusterWide)
    issues.push(
      issue(
        "NotAllowed",
        `${path}.nonResourceURLs`,
        "must stand in a role of the cluster",
        nonResourceURLs,
        "Leave 'namespace' out",
      ),
    );
  if (resourceNames?.length === 0)
    issues.push(
      issue("Required", `${path}.resourceNames`, "must hold a name", resourceNames, "An empty list means all objects"),
    );
  if (resourceNames !== undefined && verbs.includes("create") && !resources.every((name) => name.includes("/")))
    issues.push(
      issue(
        "Conflict",
        `${path}.verbs`,
        "must not be 'create' for objects by name, which have none yet",
        verbs,
        "Write a rule of its own for 'create'",
      ),
    );
  return issues;
}

function checkSigner(signerName: string): readonly Issue[] {
  const advice = "Write it like 'beta.eks.amazonaws.com/app-serving'";
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.[a-z]+\/[a-z0-9.:-]+$/.test(signerName))
    return [issue("Malformed", "signerName", "must be the full name of one signer", signerName, advice)];
  if (!signerName.startsWith("kubernetes.io/kube-apiserver-client")) return [];
  return [issue("NotAllowed", "signerName", "must not sign for clients of the API server", signerName, advice)];
}
