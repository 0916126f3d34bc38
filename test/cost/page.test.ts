import { readFileSync } from "node:fs";
import { join } from "node:path";
import { costPage } from "./page.js";

// Four plans of whole clusters.
jest.setTimeout(300_000);

test("docs/cost.md is what `npm run generate:cost` writes", async () => {
  expect(readFileSync(join(__dirname, "../../docs/cost.md"), "utf8")).toBe(await costPage());
});
