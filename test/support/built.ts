/**
 * The compiled package, for tests that start processes: a child process cannot run the TypeScript that jest transforms. `npm test`
 * builds first.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

const entry = join(__dirname, "..", "..", "dist", "plan", "index");

if (!existsSync(`${entry}.js`)) throw new Error("this test runs the build: run npm run build first");

// The path is computed, so that no type comes from the build.
export const { previewProgram, writePlan } = require(entry) as typeof import("../../plan/index.js");
