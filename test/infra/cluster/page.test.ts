/** docs/cloud/cluster.md shows what compiles and plans, and names every add-on that can be chosen. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHOSEN_ADDONS } from "../../../infra/index.js";
import { snippetsOf, sourceOf } from "../pages.js";
import { planIn } from "../support.js";
import { around, auto, chosen, existing, hybrid, plain } from "./snippets.js";
import { CLUSTER, failuresIn, KEYS, NETWORK } from "./support.js";

const PAGE = "docs/cloud/cluster.md";

// The page names no day, and the versions that it names end one day: here they do not.
jest.mock("../../../core/data/kubernetes-versions.js", () => ({
  ...jest.requireActual<object>("../../../core/data/kubernetes-versions.js"),
  supportOf: () => ({ kind: "supported", until: "2027-03-27" }),
}));

test("every snippet of the page is in the compiled file", () => {
  const source = sourceOf("test/infra/cluster/snippets.ts");
  const shown = snippetsOf(PAGE);
  expect(shown.length).toBe(6);
  for (const snippet of shown) expect(source).toContain(snippet);
});

test.each([
  ["plain", plain, []],
  ["chosen", chosen, ["eks-control-plane-logging-all-types", "eks-endpoint-public-access-disabled"]],
  ["hybrid", hybrid, []],
  ["around", around, []],
] as const)("%s plans", async (_, program, expected) => {
  const made = await planIn(() => {
    program({ network: NETWORK, keys: KEYS, cluster: CLUSTER });
  });
  expect(made.resources.length).toBeGreaterThan(3);
  const found = failuresIn(made).map((line) => line.split(" ")[0]);
  expect([...new Set(found)].sort()).toEqual([...expected]);
});

test("the page's cluster with Auto Mode plans, and so does the one that exists", async () => {
  const made = await planIn(() => {
    auto({ network: NETWORK, keys: KEYS, cluster: CLUSTER });
    expect(existing().clusterName).toBe("shop");
  });
  expect(made.resources.some((r) => r.type === "aws:eks/cluster:Cluster")).toBe(true);
});

test("every add-on of choice stands on the page", () => {
  const page = readFileSync(join(__dirname, "../../..", PAGE), "utf8");
  const missing = Object.entries(CHOSEN_ADDONS).filter(([key, name]) => !page.includes(`| \`${key}\` | ${name} |`));
  expect(missing).toEqual([]);
});
