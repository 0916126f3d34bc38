import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import type { Claim, TokenTrust } from "../../../lib/irsa.js";
import { claimKey, clustersOfProvider, OIDC_PROVIDER, STS_AUDIENCE, tokenTrusts } from "../../../lib/irsa.js";
import type { ExampleObject } from "../../../model.js";
import type { Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const PROVIDER = planned(OIDC_PROVIDER, "oidc", {
  url: ref("prod", "identities[0].oidcs[0].issuer"),
  clientIdLists: [STS_AUDIENCE],
});
const CLUSTER = planned(EKS_CLUSTER, "prod", {});
const WEB = "system:serviceaccount:vote:web";
const SUB = claimKey("prod", "sub");
const AUD = { [claimKey("prod", "aud")]: STS_AUDIENCE };

function trusting(conditions: ExampleObject) {
  const statement = {
    Effect: "Allow",
    Principal: { Federated: ref("oidc", "arn") },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: conditions,
  };
  return [planned(ROLE, "web", { assumeRolePolicy: json({ Statement: statement }) }), PROVIDER, CLUSTER];
}

/**
 * A trust of a cluster's tokens names the service account, whole and by an operator that compares exactly, and the audience
 * `sts.amazonaws.com`; and its condition keys are of the issuer of the provider that it names (EKS user guide, "IAM roles
 * for service accounts").
 */
export const irsaTrustBoundToServiceAccount = defineRule({
  id: "irsa-trust-bound-to-service-account",
  title: "a role for pods trusts the tokens of its own service account only",
  ring: "cloud",
  severity: "high",
  rationale:
    "Every pod of the cluster holds a token of the same issuer. A trust policy that does not name the service account, or names it with a wildcard, gives the role to whichever pod asks.",
  remediation:
    'Condition: { StringEquals: { [`${issuer}:sub`]: "system:serviceaccount:vote:web", [`${issuer}:aud`]: "sts.amazonaws.com" } }  // issuer without https://',
  references: references("catalogue/cross-ring-rules.csv: N1", { "owasp-k8s": ["K08"], attack: ["T1078.004"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "any service account", resources: trusting({ StringEquals: AUD }), path: "assumeRolePolicy.Statement" },
      {
        title: "every service account of a namespace",
        resources: trusting({ StringLike: { [SUB]: "system:serviceaccount:vote:*" }, StringEquals: AUD }),
        path: `assumeRolePolicy.Statement.Condition.StringLike["${SUB}"]`,
      },
      {
        title: "a wildcard that is compared as it stands, so that nobody gets the role",
        resources: trusting({ StringEquals: { [SUB]: "system:serviceaccount:vote:*", ...AUD } }),
        path: `assumeRolePolicy.Statement.Condition.StringEquals["${SUB}"]`,
      },
      {
        title: "an operator that a token without the claim passes",
        resources: trusting({ StringEqualsIfExists: { [SUB]: WEB }, StringEquals: AUD }),
        path: `assumeRolePolicy.Statement.Condition.StringEqualsIfExists["${SUB}"]`,
      },
      {
        title: "tokens made for anybody",
        resources: trusting({ StringEquals: { [SUB]: WEB } }),
        path: "assumeRolePolicy.Statement",
      },
      {
        title: "the issuer of another cluster",
        resources: [
          ...trusting({ StringEquals: { [claimKey("test", "sub")]: WEB, ...AUD } }),
          planned(EKS_CLUSTER, "test", {}),
        ],
        path: `assumeRolePolicy.Statement.Condition.StringEquals["${claimKey("test", "sub")}"]`,
      },
    ],
    pass: [
      { title: "one service account", resources: trusting({ StringEquals: { [SUB]: WEB, ...AUD } }) },
      {
        title: "two of them, by an operator with wildcards that uses none",
        resources: trusting({ StringLike: { [SUB]: [WEB, "system:serviceaccount:vote:worker"], ...AUD } }),
      },
    ],
    unknown: [
      {
        title: "the service account is an output",
        resources: trusting({ StringEquals: { [SUB]: unresolved("string"), ...AUD } }),
        path: `assumeRolePolicy.Statement.Condition.StringEquals["${SUB}"]`,
      },
    ],
  },
  ...onResource([ROLE, OIDC_PROVIDER, EKS_CLUSTER], ({ resource: role, inputs, world }) => {
    if (role.type !== ROLE) return notApplicable("roles are judged");
    const trusts = tokenTrusts(world, role);
    if (trusts === UNKNOWN) return unknown(inputs.at("assumeRolePolicy"), undecided(role));
    return trusts.flatMap((trust) => judgeTrust(world, role, trust));
  }),
});

function undecided(role: PlannedResource): string {
  return `which pods may take role '${role.name}' is not known before the deployment`;
}

function judgeTrust(world: World, role: PlannedResource, trust: TokenTrust): readonly Verdict[] {
  const { at, conditions } = trust.statement;
  if (conditions.isUnknown) return [unknown(conditions, undecided(role))];
  const any = `any pod of the cluster may take role '${role.name}'`;
  const claims = [...trust.subjects, ...trust.audiences];
  return [
    ...(trust.subjects.length === 0 ? [fail(at, `${any}: the trust policy names no service account`)] : []),
    ...trust.subjects.map((claim) => judgeSubject(role, claim)),
    ...(trust.audiences.length === 0
      ? [fail(at, `tokens made for any audience take role '${role.name}': the trust policy names none`)]
      : []),
    ...trust.audiences.map((claim) => judgeAudience(role, claim)),
    ...claims.flatMap((claim) => judgeIssuer(world, role, trust, claim)),
  ];
}

/** Operators that hold for the named texts only, and not when the claim is missing. */
const EXACT = /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i;

function judgeSubject(role: PlannedResource, { operator, values }: Claim): Verdict {
  if (!EXACT.test(operator))
    return fail(values, `${operator} lets pods take role '${role.name}' that the trust policy does not name`);
  const open = subjectsOf(values).find((text) => text !== UNKNOWN && /[*?]/.test(text));
  if (typeof open === "string")
    return /like$/i.test(operator)
      ? fail(values, `every service account that '${open}' matches may take role '${role.name}'`)
      : fail(values, `no pod gets role '${role.name}': ${operator} takes the wildcard in '${open}' for a letter`);
  return subjectsOf(values).includes(UNKNOWN) ? unknown(values, undecided(role)) : pass();
}

function subjectsOf(values: Cursor) {
  return (values.isUnknown ? [values] : values.items()).map((item) => item.text() ?? "");
}

function judgeAudience(role: PlannedResource, { operator, values }: Claim): Verdict {
  const texts = subjectsOf(values);
  if (EXACT.test(operator) && texts.includes(UNKNOWN)) return unknown(values, undecided(role));
  return EXACT.test(operator) && texts.every((text) => text === STS_AUDIENCE)
    ? pass()
    : fail(values, `tokens made for others than ${STS_AUDIENCE} take role '${role.name}'`);
}

/** A key of another issuer, or with `https://` in it, is one that no token of the provider has. */
function judgeIssuer(world: World, role: PlannedResource, trust: TokenTrust, claim: Claim): readonly Verdict[] {
  const { issuer, values } = claim;
  if (issuer.some((part) => typeof part === "string" && part.startsWith("https://")))
    return [fail(values, `no pod gets role '${role.name}': its condition key starts with https://, which no key does`)];
  const named = issuer.flatMap((part) => (typeof part === "string" ? [] : (world.byUrn(part.urn) ?? [])));
  const trusted = trust.provider === undefined ? [] : clustersOfProvider(world, trust.provider);
  const other = named.find((r) => r.type === EKS_CLUSTER && trusted.length > 0 && !trusted.includes(r));
  return other === undefined
    ? []
    : [
        fail(
          values,
          `the condition of role '${role.name}' is on tokens of cluster '${other.name}', which its provider never sees`,
        ),
      ];
}
