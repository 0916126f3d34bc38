import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import type { ArnParts } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError } from "../errors.js";

/** What names a {@link Principal} in the program. */
export interface PrincipalOptions {
  /**
   * Part of the names of what is created for this principal; letters, digits and hyphens. Needed when the ARN is an
   * Output, or when two principals have the same name.
   *
   * @default - the last part of the ARN
   */
  readonly key?: string;
  /**
   * The name that Kubernetes and its audit log have for this principal, instead of its ARN. That of a role ends with
   * `:{{SessionName}}`, so that the log tells people apart: `platform:{{SessionName}}`. Alarms on break-glass roles know the
   * name that EKS gives: leave theirs out.
   *
   * @default - the ARN of the user, or of the role's session
   */
  readonly userName?: string;
}

/** Somebody in AWS, by ARN. Never "whoever runs this", and never a whole account. */
export class Principal {
  private constructor(
    readonly kind: "role" | "user",
    readonly arn: pulumi.Input<string>,
    private readonly givenKey: string | undefined,
    readonly userName: string | undefined,
    readonly relaxation?: Relaxation,
  ) {}

  /**
   * A role: `arn:aws:iam::111122223333:role/platform`. The ARN of the role itself, path included, and not that of a
   * session. It is checked by the component that takes it, with that component's other arguments.
   */
  static role(arn: pulumi.Input<string>, options: PrincipalOptions = {}): Principal {
    return new Principal("role", arn, options.key, options.userName);
  }

  /**
   * An IAM user, whose keys do not expire: only where nothing else exists.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static user(arn: pulumi.Input<string>, why: Reason & PrincipalOptions): Principal {
    const recorded = asRunError(() => relaxation("Principal.user", why));
    return new Principal("user", arn, why.key, why.userName, recorded);
  }

  /** Part of the names of what is created for this principal; `undefined` when the ARN is late and no key was given. */
  get key(): string | undefined {
    if (this.givenKey !== undefined) return this.givenKey;
    return typeof this.arn === "string" ? this.arn.split("/").at(-1) : undefined;
  }
}

/**
 * Checks a list of principals: each ARN that is known, and that their keys differ.
 *
 * @param partition Where they have to be, as far as it is known: `aws-cn`.
 */
export function principalIssues(path: string, principals: readonly Principal[], partition?: string): Issue[] {
  const keys = principals.map((principal) => principal.key);
  return principals.flatMap((principal, i) => {
    const at = `${path}[${i}]`;
    const issues = [...arnIssues(at, principal, partition), ...userNameIssues(`${at}.userName`, principal)];
    const key = keys[i];
    if (key === undefined) {
      const advice = "Pass `{ key: 'platform' }`: the ARN is not known while the program runs";
      issues.push(issue("Required", `${at}.key`, "must name a principal whose ARN is an Output", key, advice));
    } else if (keys.indexOf(key) !== i) {
      const advice = "Pass `{ key: '...' }` to tell two principals of one name apart, or remove one";
      issues.push(issue("Duplicate", at, "must differ from the principals before it", key, advice));
    }
    return issues;
  });
}

function arnIssues(path: string, { kind, arn }: Principal, partition: string | undefined): Issue[] {
  if (typeof arn !== "string") return [];
  const parts = Arn.parts(arn);
  const fits = parts?.service === "iam" && parts.account !== "" && parts.resource.startsWith(`${kind}/`);
  if (!fits || /[*?\s]/.test(parts.resource) || parts.resource.endsWith("/"))
    return [issue("Malformed", path, `must be the ARN of one ${kind}`, arn, adviceFor(kind, parts))];
  if (parts.resource.startsWith("role/aws-service-role/")) {
    const advice = "Name a role that people or pipelines assume";
    return [issue("NotAllowed", path, "must not be a role of an AWS service", arn, advice)];
  }
  if (partition === undefined || parts.partition === partition) return [];
  const advice = `Nobody of '${parts.partition}' can act there: write it like 'arn:${partition}:iam::111122223333:${kind}/platform'`;
  return [issue("Conflict", path, `must be in the provider's partition '${partition}'`, arn, advice)];
}

function adviceFor(kind: Principal["kind"], parts: ArnParts | undefined): string {
  const like = (one: string) => `'arn:<partition>:iam::111122223333:${one}/platform'`;
  if (parts?.service === "sts") return `That is a session; write the role itself, like ${like("role")}`;
  if (parts?.service === "iam" && parts.resource === "root")
    return `That is a whole account; name somebody in it, like ${like(kind)}`;
  return `Write it like ${like(kind)}`;
}

/** What EKS takes (https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html). */
function userNameIssues(path: string, { kind, userName }: Principal): Issue[] {
  if (userName === undefined) return [];
  const reserved = /^(system|eks|aws|amazon|iam):/.exec(userName);
  if (reserved !== null) {
    const rule = `must not begin with '${reserved[0]}', which EKS keeps for itself`;
    return [issue("NotAllowed", path, rule, userName, "Begin it with the team's name")];
  }
  const fits = kind === "role" ? /^[^{}\s]+:(.*[^{}\s])?\{\{SessionName(Raw)?\}\}$/ : /^[^{}\s]+$/;
  if (fits.test(userName)) return [];
  return kind === "role"
    ? [
        issue(
          "Malformed",
          path,
          "must end with ':{{SessionName}}'",
          userName,
          "Write it like 'platform:{{SessionName}}'",
        ),
      ]
    : [issue("Malformed", path, "must be a plain name, users have no sessions", userName, "Write it like 'ann'")];
}
