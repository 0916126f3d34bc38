import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { anyText, statementsOf } from "../../../lib/iam.js";
import type { ExampleValue } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const ISSUER = /token\.actions\.githubusercontent\.com/;
const SUBJECT = "token.actions.githubusercontent.com:sub";

/**
 * Claims that name a repository (GitHub documentation, "OpenID Connect reference"), by the end of their condition key.
 */
const SCOPED: readonly (readonly [key: RegExp, value: RegExp])[] = [
  [
    /:sub$/i,
    /(?:^|:)(?:repo|repository|job_workflow_ref):[^*?:/]+\/[^*?:/]+(?:[:/]|$)|(?:^|:)repository_id:\d+(?::|$)/,
  ],
  [/:repository$/i, /^[^*?/]+\/[^*?/]+$/],
  [/:repository_id$/i, /^\d+$/],
  [/:job_workflow_ref$/i, /^[^*?/]+\/[^*?/]+\//],
];

function trust(condition: ExampleValue) {
  const statement = {
    Effect: "Allow",
    Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
  return [planned(ROLE, "ci", { assumeRolePolicy: json({ Statement: [statement] }) })];
}

/** A role that trusts GitHub Actions names the repository in a claim of the token. */
export const iamGithubOidcScoped = defineRule({
  id: "iam-github-oidc-scoped",
  title: "a role for GitHub Actions trusts one repository",
  ring: "code",
  severity: "high",
  rationale:
    "The issuer of these tokens serves all of GitHub. Without a claim that names the repository, a workflow of anybody, or of every repository in the organisation, takes on the role.",
  remediation:
    'Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com", "token.actions.githubusercontent.com:sub": "repo:acme/vote:ref:refs/heads/main" } }',
  references: references("catalogue/rules.csv: CKV_AWS_358, CKV_AWS_393", { attack: ["T1078.004"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "only the audience is asked for",
        resources: trust({ StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
        path: "assumeRolePolicy.Statement[0]",
      },
      {
        title: "every repository of an organisation",
        resources: trust({ StringLike: { [SUBJECT]: "repo:acme/*" } }),
        path: "assumeRolePolicy.Statement[0]",
      },
      {
        title: "one of two subjects is anybody's",
        resources: trust({ StringLike: { [SUBJECT]: ["repo:acme/vote:*", "*"] } }),
        path: "assumeRolePolicy.Statement[0]",
      },
    ],
    pass: [
      {
        title: "one branch of one repository",
        resources: trust({ StringEquals: { [SUBJECT]: "repo:acme/vote:ref:refs/heads/main" } }),
      },
      { title: "any run of one repository", resources: trust({ StringLike: { [SUBJECT]: "repo:acme/vote:*" } }) },
    ],
    unknown: [
      {
        title: "the subject is an output",
        resources: trust({ StringEquals: { [SUBJECT]: unresolved("string") } }),
        path: "assumeRolePolicy.Statement[0]",
      },
    ],
  },
  ...onResource([ROLE, PROVIDER], ({ resource: role, inputs, world }) => {
    if (role.type === PROVIDER) return notApplicable("its roles say whom they trust");
    const document = inputs.at("assumeRolePolicy");
    const undecided = `which workflows may take on role '${role.name}' is not known before the deployment`;
    const statements = statementsOf(document);
    if (statements === UNKNOWN) return unknown(document, undecided);
    return statements
      .filter(({ effect, principals, conditions }) => {
        const provider = principals.at("Federated");
        const named = [provider, ...provider.items()]
          .flatMap((at) => world.resolve(role, at))
          .some((r) => ISSUER.test(JSON.stringify(r.inputs)));
        const keyed = conditions.entries().some(([, block]) => block.entries().some(([key]) => ISSUER.test(key)));
        return effect === "Allow" && (named || keyed || anyText(provider, (text) => ISSUER.test(text)) === true);
      })
      .map(({ at, conditions }) => {
        const scoped = isScoped(conditions);
        if (scoped === UNKNOWN) return unknown(at, undecided);
        return scoped
          ? pass()
          : fail(at, `workflows of more than one repository on GitHub may take on role '${role.name}'`);
      });
  }),
});

function isScoped(conditions: Cursor): Read<boolean> {
  if (conditions.isUnknown) return UNKNOWN;
  return some(
    conditions
      .entries()
      .filter(([operator]) => /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i.test(operator))
      .flatMap(([, block]) => block.entries())
      .flatMap(([key, values]) => {
        const form = SCOPED.find(([pattern]) => pattern.test(key))?.[1];
        if (form === undefined) return [];
        const other = anyText(values, (text) => !form.test(text));
        return [other === UNKNOWN ? UNKNOWN : !other];
      }),
  );
}
