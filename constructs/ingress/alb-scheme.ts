import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";

/** What both schemes take. */
export interface AlbSchemeOptions {
  /** ARN of the AWS WAF web ACL in front; may be a token. @default - none */
  readonly webAclArn?: string;
}

/** Arguments of {@link AlbScheme.internetFacing}. */
export interface InternetFacingOptions extends Reason, AlbSchemeOptions {}

/** From where a load balancer of AWS can be reached. */
export class AlbScheme {
  /** The default: from the VPC and what is connected with it. */
  static internal(options: AlbSchemeOptions = {}): AlbScheme {
    return new AlbScheme("internal", options.webAclArn, undefined);
  }

  /**
   * From the internet.
   *
   * @throws InputError when the reason is missing.
   */
  static internetFacing(options: InternetFacingOptions): AlbScheme {
    return new AlbScheme("internet-facing", options.webAclArn, relaxation("AlbScheme.internetFacing", options));
  }

  private constructor(
    readonly scheme: "internal" | "internet-facing",
    readonly webAclArn: string | undefined,
    readonly relaxation: Relaxation | undefined,
  ) {}
}
