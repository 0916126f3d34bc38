/** docs/cloud/bastion.md shows what compiles, plans, and is found fault with by none of our rules. */
import { Cluster } from "../../../infra/index.js";
import type { EncryptionKeys, Network } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import { snippetsOf, sourceOf } from "../pages.js";
import { inputs, planIn } from "../support.js";
import { existing, group, pinned, scanned, single } from "./snippets.js";

const clusterIn = ({ network, keys }: { network: Network; keys: EncryptionKeys }) =>
  new Cluster("prod", { network, keys, today: new Date("2026-11-21") });

test("every snippet of the page is in the compiled file", () => {
  const source = sourceOf("test/infra/bastion/snippets.ts");
  const shown = snippetsOf("docs/cloud/bastion.md");
  expect(shown.length).toBe(5);
  for (const snippet of shown) expect(source).toContain(snippet);
});

test.each([
  ["single", single, "aws:ec2/instance:Instance"],
  ["group", group, "aws:autoscaling/group:Group"],
  ["pinned", pinned, "aws:ec2/instance:Instance"],
  ["scanned", scanned, "aws:ssm/association:Association"],
] as const)("%s plans", async (_, program, type) => {
  const made = await planIn(() => {
    program(clusterIn);
  });
  expect(made.resources.filter((r) => r.type === type)).toHaveLength(1);
  // A program for people has more than bastion and network; what these lack is not their matter.
  expect(findingsIn(made).filter((line) => / (prod-bastion|platform-comes)/.test(line))).toEqual([]);
});

test("what somebody else made is taken, and our own rules find nothing", async () => {
  const made = await planIn(existing);
  expect(inputs(made, "aws:ec2/instance:Instance")).toMatchObject({ subnetId: "subnet-0aaa" });
  expect(findingsIn(made)).toEqual([]);
});
