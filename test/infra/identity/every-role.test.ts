/** Every role that we create has the boundary, and needs nothing beyond it. */
import * as policies from "../../../infra/identity/data/boundary-actions.js";
import {
  BreakGlassHolders,
  BreakGlassRole,
  DeliveryRole,
  DeliverySource,
  OidcProvider,
  Principal,
} from "../../../infra/index.js";
import { SecureCluster } from "../../../index.js";
import { toPlainJson } from "../../../plan/index.js";
import type { Plan } from "../../../plan/index.js";
import { inputs, namesOf, planIn, statements } from "../support.js";
import { role, ROLE, ROLE_POLICY } from "./support.js";

let plan: Plan;
let policyThrough: unknown;

beforeAll(async () => {
  plan = await planIn(() => {
    const cluster = new SecureCluster("prod", { admins: [role("platform")], today: new Date("2026-11-21") });
    return { through: cluster.bastion.accessPolicy };
  });
  policyThrough = (toPlainJson(plan.stackOutputs) as Record<string, unknown>)["through"];
});

test("a whole cluster has roles, and each has the boundary", () => {
  const roles = namesOf(plan, ROLE);
  expect(roles.length).toBeGreaterThanOrEqual(6);
  const without = roles.filter(
    (name) => inputs(plan, ROLE, name)["permissionsBoundary"] !== "<arn of policy prod-boundary>",
  );
  expect(without).toEqual([]);
});

test("no role of a cluster needs what its boundary does not allow", () => {
  const needed = namesOf(plan, ROLE_POLICY).flatMap((name) => outside(inputs(plan, ROLE_POLICY, name)["policy"]));
  expect(namesOf(plan, ROLE_POLICY).length).toBeGreaterThanOrEqual(4);
  expect(needed).toEqual([]);
});

test("nor does whoever comes through the bastion", () => {
  expect(outside(policyThrough)).toEqual([]);
  expect(statements(policyThrough).length).toBeGreaterThan(3);
});

test("nor do the roles of people and pipelines", async () => {
  const reason = "works while the identity provider does not";
  const made = await planIn(() => {
    const cluster = { name: "prod", arn: "arn:aws:eks:eu-west-1:111122223333:cluster/prod" };
    const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/boundary";
    new BreakGlassRole("night", {
      cluster,
      holders: BreakGlassHolders.users(Principal.user("arn:aws:iam::111122223333:user/ann", { reason })),
      topicArn: "arn:aws:sns:eu-west-1:111122223333:alerts",
      topicKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111",
      permissionsBoundaryArn,
    });
    new DeliveryRole("delivery", {
      cluster,
      provider: OidcProvider.existing("arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"),
      source: DeliverySource.github({ repository: "acme/shop", branch: "main" }),
      repositories: ["shop/web"],
      permissionsBoundaryArn,
    });
  });
  expect(namesOf(made, ROLE)).toEqual(["delivery", "night", "night-alarm"]);
  for (const name of namesOf(made, ROLE))
    expect(inputs(made, ROLE, name)["permissionsBoundary"]).toBe("arn:aws:iam::111122223333:policy/boundary");
  expect(namesOf(made, ROLE_POLICY).flatMap((name) => outside(inputs(made, ROLE_POLICY, name)["policy"]))).toEqual([]);
});

/** Actions of a policy that the boundary does not allow, or denies; those of node and target roles are arguments of it. */
function outside(document: unknown): readonly string[] {
  const argued = ["iam:PassRole", "sts:AssumeRole", "sts:TagSession", ...policies.INSTANCE_PROFILE_ACTIONS];
  return statements(document)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action)
    .filter(
      (action) =>
        !argued.includes(action) &&
        (!policies.BOUNDARY_ACTIONS.some((one) => matches(one, action)) ||
          policies.BOUNDARY_DENIED_ACTIONS.some((one) => matches(one, action))),
    );
}

function matches(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action);
}
