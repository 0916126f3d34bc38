/** A node of the blueprint joins without internet: every step has what it needs, and none of that can go. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Principal, SecureCluster } from "../../../index.js";
import type { Plan } from "../../../plan/index.js";
import { planIn } from "../support.js";
import { needsOf } from "./steps.js";

let plan: Plan;

beforeAll(async () => {
  plan = await planIn(
    () =>
      new SecureCluster("prod", {
        admins: [Principal.role("arn:aws:iam::111122223333:role/platform")],
        today: new Date("2026-11-21"),
      }),
  );
});

const missing = (of: Plan): readonly string[] =>
  needsOf(of)
    .filter(({ holds }) => !holds)
    .map(({ step, what }) => `${step}: ${what}`);

function without(...names: readonly string[]): Plan {
  const left = plan.resources.filter(({ name }) => !names.includes(name));
  expect(left.length).toBe(plan.resources.length - names.length);
  return { ...plan, resources: left };
}

test("everything is there", () => {
  expect(missing(plan)).toEqual([]);
  expect(needsOf(plan).length).toBeGreaterThan(40);
});

test.each([
  ["prod-endpoint-ec2", "own name"],
  ["prod-endpoint-eks", "cluster's facts"],
  ["prod-endpoint-ecr.api", "images"],
  ["prod-endpoint-ecr.dkr", "images"],
  ["prod-endpoint-s3", "image layers"],
  ["prod-endpoint-sts", "tokens"],
  ["prod-endpoint-logs", "logs"],
  ["prod-endpoint-eks-auth", "pod credentials"],
  ["prod-nodes-to-endpoints", "own name"],
  ["prod-endpoints-https", "own name"],
  ["prod-nodes-to-api", "join"],
  ["prod-nodes-at-control-plane", "join"],
  ["prod-nodes-from-kubelet", "join"],
  ["prod-nodes-to-s3", "image layers"],
  ["prod-nodes-role-AmazonEC2ContainerRegistryPullOnly", "images"],
  ["prod-nodes-role-AmazonEKSWorkerNodeMinimalPolicy", "pod credentials"],
  ["prod-nodes-role-policy", "own name"],
  ["prod-vpc-cni-role-AmazonEKS_CNI_Policy", "addresses of pods"],
  ["prod-eks-pod-identity-agent", "pod credentials"],
  ["prod-vpc-cni", "pod credentials"],
  ["prod-keys-volumes", "launch"],
  ["prod-vpc", "names"],
  ["prod-acl-node", "image layers"],
  ["prod-acl-endpoint", "tokens"],
  ["prod-acl-control-plane", "join"],
])("without %s the step '%s' fails", (name, step) => {
  expect(missing(without(name)).map((line) => line.split(":")[0])).toContain(step);
});

test("the page names every step", () => {
  const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "bring-up.md"), "utf8");
  for (const step of new Set(needsOf(plan).map((need) => need.step))) expect(page).toContain(`| ${step} |`);
});
