// Writes docs/cost.md from the price table and from the plans of the presets. Run by tsx: `npm run generate:cost`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { costPage } from "../test/cost/page.ts";

writeFileSync(join(fileURLToPath(new URL("..", import.meta.url)), "docs", "cost.md"), await costPage());
