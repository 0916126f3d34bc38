/** The program that people run: short, and the same for the preview and for `pulumi up`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { previewProgram } from "../support/built.js";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "../..");

test("the hardened program has at most twelve lines, imports included", () => {
  const lines = readFileSync(join(ROOT, "program.ts"), "utf8").trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(12);
});

test("the project runs the build, and has a default for everything that the program asks", () => {
  const project = load(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8"));
  expect(project).toMatchObject({
    name: "ringfence-voting",
    main: "dist/program.js",
    runtime: { name: "nodejs", options: { typescript: false } },
    config: { "aws:region": { value: "eu-west-1" } },
  });
});

test("it previews in a process of its own, and says what people need afterwards", async () => {
  const { plan, environment } = await previewProgram(ROOT);
  expect(environment).toMatchObject({ project: "ringfence-voting", stack: "dev", region: "eu-west-1" });
  expect(Object.keys(plan.stackOutputs).sort()).toEqual(["clusterName", "endpoint", "kubeconfig", "outputs"]);
  expect(plan.stackOutputs["clusterName"]).toBe("prod");
  expect(plan.notEvaluated).toEqual([]);
  expect(plan.resources.filter(({ insideApply }) => insideApply === true)).toEqual([]);
});

test("configuration names the administrators", async () => {
  const { plan } = await previewProgram(ROOT, { config: { adminRoleArn: "arn:aws:iam::111122223333:role/sre" } });
  const entries = plan.resources.filter(({ type }) => type === "aws:eks/accessEntry:AccessEntry");
  expect(entries.map(({ inputs }) => inputs["principalArn"])).toEqual(["arn:aws:iam::111122223333:role/sre"]);
});
