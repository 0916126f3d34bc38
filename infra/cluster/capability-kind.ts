import type * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { idIssues, listIssues } from "../checks.js";
import { asRunError } from "../errors.js";
import { statementIssues } from "../identity/statement-checks.js";
import type { Statement } from "../identity/policy-document.js";

/** A user or a group of IAM Identity Center, by its id there. */
export interface IdentityCenterPrincipal {
  /** Id in the identity store: `90677c1a2b-...`. */
  readonly id: string;
  readonly type: "SSO_USER" | "SSO_GROUP";
}

/** From where the pages and the API of Argo CD can be reached. */
export class ArgoCdAccess {
  private constructor(
    readonly endpointIds: readonly pulumi.Input<string>[],
    readonly relaxation?: Relaxation,
  ) {}

  /** Through interface endpoints of `eks-capabilities` only; their groups say from where. */
  static throughEndpoints(endpointIds: readonly [pulumi.Input<string>, ...pulumi.Input<string>[]]): ArgoCdAccess {
    return new ArgoCdAccess(endpointIds);
  }

  /**
   * From the internet, behind Identity Center.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static fromInternet(why: Reason): ArgoCdAccess {
    return new ArgoCdAccess(
      [],
      asRunError(() => relaxation("ArgoCdAccess.fromInternet", why)),
    );
  }
}

/** What {@link CapabilityKind.argoCd} takes. */
export interface ArgoCdOptions {
  /** ARN of the Identity Center instance; Argo CD has no users of its own. */
  readonly identityCenterArn: string;
  /**
   * Region of the instance.
   *
   * @default - that of the cluster
   */
  readonly identityCenterRegion?: string;
  /** From where it can be reached. */
  readonly access: ArgoCdAccess;
  /**
   * Who changes everything in Argo CD. Somebody has to have one of the three roles.
   *
   * @default - nobody
   */
  readonly admins?: readonly IdentityCenterPrincipal[];
  /**
   * Who changes applications.
   *
   * @default - nobody
   */
  readonly editors?: readonly IdentityCenterPrincipal[];
  /**
   * Who looks.
   *
   * @default - nobody
   */
  readonly viewers?: readonly IdentityCenterPrincipal[];
  /**
   * Where its objects live in the cluster.
   *
   * @default - `argocd`
   */
  readonly namespace?: string;
  /**
   * What its role may do in AWS: read secrets of repositories, use CodeConnections.
   *
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
}

/** A capability of EKS: a controller that AWS runs outside the cluster (https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html). */
export class CapabilityKind {
  private constructor(
    /** As EKS names it. */
    readonly type: "ARGOCD" | "ACK" | "KRO",
    readonly statements: readonly Statement[],
    readonly argoCdOptions?: ArgoCdOptions,
  ) {}

  /** Argo CD: what lies in Git comes into the cluster. */
  static argoCd(options: ArgoCdOptions): CapabilityKind {
    return new CapabilityKind("ARGOCD", options.statements ?? [], options);
  }

  /** AWS Controllers for Kubernetes: objects in the cluster become resources in AWS, by these rights and no others. */
  static ack(statements: readonly [Statement, ...Statement[]]): CapabilityKind {
    return new CapabilityKind("ACK", statements);
  }

  /** kro: objects made of objects. It needs nothing in AWS. */
  static kro(): CapabilityKind {
    return new CapabilityKind("KRO", []);
  }

  /** What this choice loosened. */
  get relaxation(): Relaxation | undefined {
    return this.argoCdOptions?.access.relaxation;
  }
}

/** Checks a capability against what EKS accepts. */
export function capabilityIssues(kind: CapabilityKind): Issue[] {
  const issues: Issue[] = [];
  if (kind.type === "ACK" && kind.statements.length === 0) {
    const advice = "Name the actions on the resources that objects may become";
    issues.push(issue("Required", "kind.statements", "must hold a statement", kind.statements, advice));
  }
  if (kind.statements.length > 0) issues.push(...statementIssues("kind.statements", kind.statements));
  return kind.argoCdOptions === undefined ? issues : [...issues, ...argoCdIssues(kind.argoCdOptions)];
}

function argoCdIssues(options: ArgoCdOptions): Issue[] {
  const issues: Issue[] = [];
  const { identityCenterArn, access } = options;
  if (!/^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/.test(identityCenterArn)) {
    const advice = "Write it like 'arn:<partition>:sso:::instance/ssoins-0123456789abcdef'";
    const rule = "must be the ARN of an Identity Center instance";
    issues.push(issue("Malformed", "kind.identityCenterArn", rule, identityCenterArn, advice));
  }
  issues.push(
    ...listIssues("kind.access.endpointIds", access.endpointIds, "endpoint", (at, id) => idIssues(at, "vpce-", id)),
  );
  const people = roleMappings(options).flatMap(({ identities }) => identities);
  if (people.length === 0) {
    const advice = "Name a group in `admins`, or nobody can open it";
    issues.push(issue("Required", "kind.admins", "must name somebody in one of the roles", undefined, advice));
  }
  for (const { id, type } of people)
    if (!["SSO_USER", "SSO_GROUP"].includes(type)) {
      const advice = "Write 'SSO_USER' or 'SSO_GROUP'";
      issues.push(issue("NotFound", "kind.admins", `must be a kind of Identity Center, for '${id}'`, type, advice));
    }
  return issues;
}

function roleMappings({ admins = [], editors = [], viewers = [] }: ArgoCdOptions): {
  role: "ADMIN" | "EDITOR" | "VIEWER";
  identities: { id: string; type: string }[];
}[] {
  const mappings = [
    { role: "ADMIN", identities: admins },
    { role: "EDITOR", identities: editors },
    { role: "VIEWER", identities: viewers },
  ] as const;
  return mappings
    .filter(({ identities }) => identities.length > 0)
    .map(({ role, identities }) => ({ role, identities: identities.map(({ id, type }) => ({ id, type })) }));
}

/** The settings as the provider takes them. */
export function capabilityConfiguration({ argoCdOptions }: CapabilityKind): eks.CapabilityArgs["configuration"] {
  if (argoCdOptions === undefined) return undefined;
  const { identityCenterArn, identityCenterRegion, namespace, access } = argoCdOptions;
  return {
    argoCd: {
      awsIdc: {
        idcInstanceArn: identityCenterArn,
        ...(identityCenterRegion === undefined ? {} : { idcRegion: identityCenterRegion }),
      },
      ...(namespace === undefined ? {} : { namespace }),
      ...(access.endpointIds.length === 0 ? {} : { networkAccess: { vpceIds: [...access.endpointIds] } }),
      rbacRoleMappings: roleMappings(argoCdOptions),
    },
  };
}
