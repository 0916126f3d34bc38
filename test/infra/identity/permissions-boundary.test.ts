import { BOUNDARY_ACTIONS, PermissionsBoundary } from "../../../infra/index.js";
import { inputs, planIn, statements } from "../support.js";

const plan = (allowedActions?: readonly string[]) =>
  planIn(() => {
    new PermissionsBoundary("boundary", allowedActions === undefined ? {} : { allowedActions });
  });

test("allows no whole service, and denies becoming somebody else", async () => {
  const policy = inputs(await plan(["sqs:SendMessage"]), "aws:iam/policy:Policy")["policy"] as string;
  const [atMost, never] = statements(policy);
  expect(atMost?.Effect).toBe("Allow");
  expect(atMost?.Action).toEqual([...BOUNDARY_ACTIONS, "sqs:SendMessage"]);
  expect(atMost?.Action.filter((action) => /:\*$|^\*/.test(action))).toEqual([]);
  expect(atMost?.Action.filter((action) => /^(iam|organizations):/.test(action))).toEqual([]);
  expect(never?.Effect).toBe("Deny");
  expect(never?.Action).toEqual(
    expect.arrayContaining(["iam:*", "eks:CreateAccessEntry", "eks:UpdateClusterConfig", "kms:PutKeyPolicy"]),
  );
  // IAM refuses managed policies above 6,144 characters.
  expect(policy.length).toBeLessThan(6144);
});

test("refuses to allow a whole service", async () => {
  await expect(plan(["sqs:*", "*"])).rejects.toThrow(
    [
      "PermissionsBoundary 'boundary':",
      "  'allowedActions[0]' must be an action of one service, got 'sqs:*'. Write it like 'sqs:SendMessage' or 'sqs:Get*'; a whole service is no bound",
      "  'allowedActions[1]' must be an action of one service, got '*'.",
    ].join("\n"),
  );
});
