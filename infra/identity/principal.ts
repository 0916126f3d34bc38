import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
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
}

/** Somebody in AWS, by ARN. Never "whoever runs this", and never a whole account. */
export class Principal {
  private constructor(
    readonly kind: "role" | "user",
    readonly arn: pulumi.Input<string>,
    private readonly givenKey: string | undefined,
    readonly relaxation?: Relaxation,
  ) {}

  /**
   * A role: `arn:aws:iam::111122223333:role/platform`. The ARN of the role itself, path included, and not that of a
   * session. It is checked by the component that takes it, with that component's other arguments.
   */
  static role(arn: pulumi.Input<string>, options: PrincipalOptions = {}): Principal {
    return new Principal("role", arn, options.key);
  }

  /**
   * An IAM user, whose keys do not expire: only where nothing else exists.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static user(arn: pulumi.Input<string>, why: Reason & PrincipalOptions): Principal {
    const recorded = asRunError(() => relaxation("Principal.user", why));
    return new Principal("user", arn, why.key, recorded);
  }

  /** Part of the names of what is created for this principal; `undefined` when the ARN is late and no key was given. */
  get key(): string | undefined {
    if (this.givenKey !== undefined) return this.givenKey;
    return typeof this.arn === "string" ? this.arn.split("/").at(-1) : undefined;
  }
}

/** Checks a list of principals: each ARN that is known, and that their keys differ. */
export function principalIssues(path: string, principals: readonly Principal[]): Issue[] {
  const keys = principals.map((principal) => principal.key);
  return principals.flatMap((principal, i) => {
    const at = `${path}[${i}]`;
    const issues = arnIssues(at, principal);
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

function arnIssues(path: string, { kind, arn }: Principal): Issue[] {
  if (typeof arn !== "string") return [];
  const parts = Arn.parts(arn);
  const fits = parts?.service === "iam" && parts.account !== "" && parts.resource.startsWith(`${kind}/`);
  if (fits && !/[*?\s]/.test(parts.resource)) return [];
  const advice =
    parts?.service === "sts"
      ? "That is a session; write the role itself, like 'arn:<partition>:iam::111122223333:role/platform'"
      : `Write it like 'arn:<partition>:iam::111122223333:${kind}/platform'`;
  return [issue("Malformed", path, `must be the ARN of one ${kind}`, arn, advice)];
}
