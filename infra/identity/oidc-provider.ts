import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { refuse } from "../errors.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";

/** The audience of tokens for AWS, in every partition. */
export const STS_AUDIENCE = "sts.amazonaws.com";

/** The issuer of GitHub Actions. */
export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";

/** What roles need to know of an identity provider. */
export interface OidcProviderRef {
  readonly arn: pulumi.Input<string>;
  /** Its URL without `https://`, as IAM writes it: `token.actions.githubusercontent.com`. */
  readonly issuer: pulumi.Input<string>;
}

/** The defaults of {@link OidcProvider}. */
export const OIDC_PROVIDER_DEFAULTS = { audiences: [STS_AUDIENCE] } as const;

/** Arguments of {@link OidcProvider}. */
export interface OidcProviderArgs {
  /** The issuer, as in its tokens: {@link GITHUB_ISSUER}, `https://gitlab.com`, or `oidcIssuer` of a cluster. */
  readonly url: pulumi.Input<string>;
  /**
   * Audiences whose tokens AWS takes.
   *
   * @default ["sts.amazonaws.com"]
   */
  readonly audiences?: readonly [string, ...string[]];
  /**
   * Tags of the provider.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * An identity provider whose tokens AWS takes: a delivery platform, or the issuer of a cluster for {@link IrsaRole}. An
 * account has one for each URL: where it is there already, use {@link OidcProvider.existing}.
 */
export class OidcProvider extends pulumi.ComponentResource implements OidcProviderRef {
  readonly arn: pulumi.Output<string>;
  readonly issuer: pulumi.Output<string>;

  /**
   * A provider that the account has.
   *
   * @param arn `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`
   * @throws pulumi.RunError when it is something else.
   */
  static existing(arn: string): OidcProviderRef {
    const parts = Arn.parts(arn);
    const [, issuer = ""] = /^oidc-provider\/([^*?\s]+)$/.exec(parts?.resource ?? "") ?? [];
    const advice =
      "Write it like 'arn:<partition>:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'";
    const wrong = issue("Malformed", "arn", "must be the ARN of an OIDC provider", arn, advice);
    refuse("OidcProvider.existing", parts?.service === "iam" && issuer !== "" ? [] : [wrong]);
    return { arn, issuer };
  }

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: OidcProviderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:OidcProvider", name, {}, opts);
    refuse(`OidcProvider '${name}'`, argsIssues(args));
    const provider = new iam.OpenIdConnectProvider(
      name,
      // Without thumbprints IAM checks the certificate by its own list of authorities, or fetches the print.
      {
        url: args.url,
        clientIdLists: [...(args.audiences ?? OIDC_PROVIDER_DEFAULTS.audiences)],
        tags: named(name, args.tags),
      },
      { parent: this, dependsOn: after(opts) },
    );
    this.arn = provider.arn;
    this.issuer = pulumi.output(args.url).apply((url) => url.replace(/^https:\/\//, ""));
    this.registerOutputs({ arn: this.arn, issuer: this.issuer });
  }
}

function argsIssues({ url, audiences }: OidcProviderArgs): Issue[] {
  const issues: Issue[] = [];
  if (typeof url === "string" && !/^https:\/\/[a-z0-9.-]+(:\d+)?(\/[\w./-]*[\w-])?$/i.test(url)) {
    const advice = `Write it like '${GITHUB_ISSUER}', without a slash at its end`;
    issues.push(issue("Malformed", "url", "must be an issuer's URL with https", url, advice));
  }
  for (const [i, audience] of (audiences ?? []).entries())
    if (audience === "" || /[*?\s]/.test(audience)) {
      const advice = `Leave it out for '${STS_AUDIENCE}'`;
      issues.push(issue("Malformed", `audiences[${i}]`, "must be one audience", audience, advice));
    }
  return issues;
}
