/** docs/cloud/network.md shows what compiles, plans, and is found fault with by none of our rules. */
import { EncryptionKeys, Principal } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import { snippetsOf, sourceOf } from "../pages.js";
import { planIn } from "../support.js";
import { connected, existing, inspected, shaped, shop, short } from "./snippets.js";

const keysOf = () =>
  new EncryptionKeys("prod-keys", { administrators: [Principal.role("arn:aws:iam::111122223333:role/platform")] });

test("every snippet of the page is in the compiled file", () => {
  const source = sourceOf("test/infra/network/snippets.ts");
  const shown = snippetsOf("docs/cloud/network.md");
  expect(shown.length).toBe(6);
  for (const snippet of shown) expect(source).toContain(snippet);
});

test("the VPC of somebody else is accepted", () => {
  const network = existing();
  expect(network.endpoints).toBe(network.nodes);
});

test.each<readonly [string, (keys: EncryptionKeys) => void, string]>([
  ["zones and pods", shaped, "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"],
  ["a firewall and names", inspected, "aws:networkfirewall/firewall:Firewall"],
  ["a shop", shop, "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"],
  ["ways of one's own", connected, "aws:ec2/vpc:Vpc"],
])("%s plans, and nothing is found fault with", async (_, program, type) => {
  const made = await planIn(() => {
    program(keysOf());
  });
  expect(made.resources.filter((r) => r.type === type)).toHaveLength(1);
  expect(findingsIn(made).filter((line) => !line.includes("prod-keys"))).toEqual([]);
});

test("the short form plans", async () => {
  expect(findingsIn(await planIn(short)).filter((line) => !line.includes("prod-keys"))).toEqual([]);
});
