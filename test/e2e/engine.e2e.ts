/** Pulumi's own engine runs the program that the embedded engine previews, and registers the same resources. */
import { join } from "node:path";
import { previewProgram } from "../support/built.js";
import type { EngineProject } from "./machinery/engine.js";
import { engineProject } from "./machinery/engine.js";

const ROOT = join(__dirname, "..", "..");

let project: EngineProject;

beforeAll(() => {
  project = engineProject(ROOT);
});

afterAll(() => {
  project.remove();
});

test("the first preview creates what the embedded engine shows", async () => {
  const { code, steps, err } = project.preview();
  expect({ code, err }).toMatchObject({ code: 0 });
  const { plan } = await previewProgram(ROOT);
  const embedded = plan.resources.map(({ urn }) => urn).filter((urn) => !urn.includes("pulumi:pulumi:Stack"));
  const real = steps.map(({ urn }) => urn).filter((urn) => !urn.includes("pulumi:pulumi:Stack"));
  expect(real.sort()).toEqual([...embedded].sort());
  expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create"]));
});

test("a deployment leaves nothing to change", () => {
  expect(project.up()).toMatchObject({ code: 0 });
  const { code, steps } = project.preview();
  expect(code).toBe(0);
  expect(steps.filter(({ op }) => op !== "same")).toEqual([]);
});
