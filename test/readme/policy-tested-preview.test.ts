import { Egress, Network } from "../../infra/index.js";
import { planOf } from "../../plan/index.js";
import { judge } from "../../policies/index.js";

test("our network passes the rules", async () => {
  const plan = await planOf(() => {
    const keys = { logsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/7f3a" };
    new Network("net", { keys, egress: Egress.nat({ reason: "builds fetch packages" }) });
  });
  expect(judge(plan).findings).toEqual([]);
});
