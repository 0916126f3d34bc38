import { readFileSync } from "node:fs";
import { readPlan } from "ringfence/plan";
import { judge } from "ringfence/policies";

const plan = readPlan(readFileSync("plan.json", "utf8"), "plan.json");
for (const { rule, verdict, path } of judge(plan).findings) console.log(`${verdict} ${rule.id} ${path}`);
