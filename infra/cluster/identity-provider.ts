import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { refuse } from "../errors.js";
import { isPrivate } from "../network/blocks.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { CLUSTER_REF, needs } from "../reference-shapes.js";
import { text } from "../shape.js";
import type { ClusterRef } from "./reference.js";

/** The defaults of {@link ClusterIdentityProviderArgs}. */
export const IDENTITY_PROVIDER_DEFAULTS = { usernameClaim: "sub", groupsClaim: "groups" } as const;

/** Arguments of {@link ClusterIdentityProvider}. */
export interface ClusterIdentityProviderArgs {
  readonly cluster: ClusterRef;
  /**
   * Issuer of the tokens, the claim `iss`: `https://login.example.com/realms/staff`. The control plane fetches its keys from
   * there, over the internet unless `ControlPlaneEgress.customerRouted()` leads it another way.
   */
  readonly issuerUrl: string;
  /** The claim `aud`: the id of the client at the issuer. */
  readonly clientId: string;
  /**
   * Claim that holds the user's name.
   *
   * @default "sub"
   */
  readonly usernameClaim?: string;
  /** Before every user's name, so that no token names a user of Kubernetes: `oidc:`. */
  readonly usernamePrefix: string;
  /**
   * Claim that holds the groups.
   *
   * @default "groups"
   */
  readonly groupsClaim?: string;
  /** Before every group's name, so that no token names a group of Kubernetes, such as `system:masters`: `oidc:`. */
  readonly groupsPrefix: string;
  /**
   * Claims that a token must hold, with their values.
   *
   * @default - none
   */
  readonly requiredClaims?: Readonly<Record<string, string>>;
  /**
   * Tags of the association.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * An OpenID Connect provider by whose tokens people get in, beside IAM: the bindings of Kubernetes say what they may. A
 * cluster takes one. It takes minutes to add, change and remove, and every change is a new one.
 */
export class ClusterIdentityProvider extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClusterIdentityProviderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ClusterIdentityProvider", name, {}, opts);
    needs(`ClusterIdentityProvider '${name}'`, args, { cluster: CLUSTER_REF, issuerUrl: text, clientId: text });
    refuse(`ClusterIdentityProvider '${name}'`, [
      ...issuerIssues(args.issuerUrl),
      ...clientIssues(args.clientId),
      ...prefixIssues("usernamePrefix", args.usernamePrefix),
      ...prefixIssues("groupsPrefix", args.groupsPrefix),
    ]);
    const { clientId, issuerUrl, usernamePrefix, groupsPrefix, requiredClaims } = args;
    const provider = new eks.IdentityProviderConfig(
      name,
      {
        clusterName: args.cluster.name,
        oidc: {
          identityProviderConfigName: name,
          clientId,
          issuerUrl,
          usernameClaim: args.usernameClaim ?? IDENTITY_PROVIDER_DEFAULTS.usernameClaim,
          usernamePrefix,
          groupsClaim: args.groupsClaim ?? IDENTITY_PROVIDER_DEFAULTS.groupsClaim,
          groupsPrefix,
          ...(requiredClaims === undefined ? {} : { requiredClaims: { ...requiredClaims } }),
        },
        tags: named(name, args.tags),
      },
      // A cluster takes one: the next one waits until this one is gone.
      { parent: this, dependsOn: after(opts), deleteBeforeReplace: true },
    );
    this.arn = provider.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** https, without query and fragment, and not inside somebody's network (OidcIdentityProviderConfigRequest, `issuerUrl`). */
function issuerIssues(issuerUrl: string): Issue[] {
  const path = "issuerUrl";
  const like = "Write it as the token has it: 'https://login.example.com/realms/staff'";
  const url = URL.canParse(issuerUrl) ? new URL(issuerUrl) : undefined;
  if (url?.protocol !== "https:" || url.search !== "" || url.hash !== "" || url.username !== "")
    return [issue("Malformed", path, "must be an https URL without query and fragment", issuerUrl, like)];
  const address = Cidr.tryParse(`${url.hostname}/32`);
  if (url.hostname !== "localhost" && !(address !== undefined && (isPrivate(address) || address.startsWith("127."))))
    return [];
  const advice = "EKS fetches the issuer's keys by a name that all of the internet knows";
  return [issue("NotAllowed", path, "must be reachable from AWS", issuerUrl, advice)];
}

function clientIssues(clientId: string): Issue[] {
  if (clientId.trim() !== "") return [];
  const advice = "Write the id of the client: without it, tokens for anybody would do";
  return [issue("Required", "clientId", "must name the client", clientId, advice)];
}

/** Without a prefix a token could claim to be of `system:masters`. */
function prefixIssues(path: string, prefix: string): Issue[] {
  if (prefix !== "" && prefix !== "-" && !prefix.startsWith("system:")) return [];
  const advice = "Write it like 'oidc:'";
  return [issue("NotAllowed", path, "must keep names apart from those of Kubernetes", prefix, advice)];
}
