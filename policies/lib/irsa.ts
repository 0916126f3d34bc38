import type { PlannedResource } from "../../plan/model/index.js";
import { decodeKey, encodeKey, Ref } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../plan/world/index.js";
import { exampleUrn } from "../examples.js";
import { every, some } from "../verdicts.js";
import { operatorHolds } from "./iam-operators.js";
import { anyText, matchesAction, statementsOf } from "./iam.js";
import type { Statement } from "./iam.js";

/** Wire token of an identity provider of IAM, by which IAM knows the tokens of a cluster. */
export const OIDC_PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

/** Annotation of a service account that names the role for its pods (EKS user guide, "IAM roles for service accounts"). */
export const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** What the tokens of service accounts are made for, unless an annotation says otherwise. */
export const STS_AUDIENCE = "sts.amazonaws.com";

/** Issuers of EKS, in URLs, ARNs and condition keys. */
const EKS_ISSUER = /oidc[.-]eks[./]/;

/** The clusters whose issuer a provider trusts; none when it is not planned, or by a text that no output explains. */
export function clustersOfProvider(world: World, provider: PlannedResource): readonly PlannedResource[] {
  return world.resolve(provider, world.inputsOf(provider).at("url")).filter((r) => r.type === EKS_CLUSTER);
}

/** Whether a provider is one of an EKS cluster's issuer. */
export function isClusterProvider(world: World, provider: PlannedResource): boolean {
  const url = world.inputsOf(provider).at("url").text();
  return clustersOfProvider(world, provider).length > 0 || (typeof url === "string" && EKS_ISSUER.test(url));
}

/** One line of the conditions of a trust policy that is about a claim of the token. */
export interface Claim {
  readonly operator: string;
  readonly values: Cursor;
  /** The issuer in the condition key: references, and text. */
  readonly issuer: readonly (string | Ref)[];
}

/** A statement that trusts tokens of service accounts of a cluster. */
export interface TokenTrust {
  readonly statement: Statement;
  /** The place of the provider. */
  readonly at: Cursor;
  /** The provider, when it is planned. */
  readonly provider: PlannedResource | undefined;
  readonly subjects: readonly Claim[];
  readonly audiences: readonly Claim[];
}

/**
 * The statements of a role's trust policy that let tokens of EKS clusters in: by a planned provider, or by an issuer that
 * looks like one of EKS. {@link UNKNOWN} while nobody knows the policy.
 */
export function tokenTrusts(world: World, role: PlannedResource): Read<readonly TokenTrust[]> {
  const statements = statementsOf(world.inputsOf(role).at("assumeRolePolicy"));
  if (statements === UNKNOWN) return UNKNOWN;
  return statements.flatMap((statement): readonly TokenTrust[] => {
    const federated = statement.principals.at("Federated");
    const action = anyText(statement.actions, (text) => matchesAction(text, "sts:AssumeRoleWithWebIdentity"));
    if (statement.effect !== "Allow" || federated.isAbsent || action === false) return [];
    return (federated.isUnknown ? [federated] : federated.items()).flatMap((at) => {
      const claims = claimsOf(statement.conditions);
      const [provider] = world.resolve(role, at).filter((r) => r.type === OIDC_PROVIDER);
      const text = at.text();
      const byIssuer = [...claims.subjects, ...claims.audiences].some((claim) => namesCluster(world, claim));
      const isCluster =
        provider === undefined
          ? (typeof text === "string" && EKS_ISSUER.test(text)) || byIssuer
          : isClusterProvider(world, provider) || byIssuer;
      return isCluster ? [{ statement, at, provider, ...claims }] : [];
    });
  });
}

function namesCluster(world: World, { issuer }: Claim): boolean {
  return issuer.some((part) =>
    typeof part === "string" ? EKS_ISSUER.test(part) : world.byUrn(part.urn)?.type === EKS_CLUSTER,
  );
}

function claimsOf(conditions: Cursor): Pick<TokenTrust, "subjects" | "audiences"> {
  const lines = conditions.entries().flatMap(([operator, block]) =>
    block.entries().map(([key, values]) => {
      const parts = decodeKey(key);
      const last = parts[parts.length - 1];
      const [, before = "", claim = ""] = /^(.*):([^:]+)$/.exec(typeof last === "string" ? last : "") ?? [];
      return { operator, values, claim: claim.toLowerCase(), issuer: [...parts.slice(0, -1), before] };
    }),
  );
  return { subjects: lines.filter((l) => l.claim === "sub"), audiences: lines.filter((l) => l.claim === "aud") };
}

/** Whether a trust lets the token of a service account in, as far as its conditions tell; the issuer is not compared. */
export function admits(trust: TokenTrust, namespace: string, account: string): Read<boolean> {
  if (trust.statement.conditions.isUnknown) return UNKNOWN;
  const holds = (claims: readonly Claim[], value: string) =>
    every(claims.map(({ operator, values }) => claimHolds(operator, values, value)));
  return every([
    holds(trust.subjects, `system:serviceaccount:${namespace}:${account}`),
    holds(trust.audiences, STS_AUDIENCE),
  ]);
}

function claimHolds(operator: string, values: Cursor, value: string): Read<boolean> {
  const texts = (values.isUnknown ? [values] : values.items()).map((item) => item.text());
  const known = texts.flatMap((text) => (typeof text === "string" ? [text] : []));
  return some([operatorHolds(operator, known, [value]), texts.includes(UNKNOWN) ? UNKNOWN : false]);
}

/** For examples: a condition key on a claim of the tokens of a cluster. */
export function claimKey(cluster: string, claim: "sub" | "aud"): string {
  const issuer = new Ref(exampleUrn({ type: EKS_CLUSTER, name: cluster }), "identities[0].oidcs[0].issuer", [
    "https://",
    "",
  ]);
  return encodeKey([issuer, `:${claim}`]);
}
