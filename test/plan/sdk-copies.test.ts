import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { previewProgram } from "../support/built.js";

const installed = join(__dirname, "..", "..", "node_modules");

/** A project with a copy of the SDK of its own, and everything else as installed here. */
function projectWithOwnSdk(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-test-"));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@pulumi"), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== "@pulumi" && !name.startsWith(".")) symlinkSync(join(installed, name), join(modules, name));
  symlinkSync(join(installed, "@pulumi", "aws"), join(modules, "@pulumi", "aws"));
  cpSync(join(installed, "@pulumi", "pulumi"), join(modules, "@pulumi", "pulumi"), { recursive: true });
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: copies\nruntime: { name: nodejs, options: { typescript: false } }\n",
  );
  writeFileSync(join(folder, "package.json"), '{ "main": "index.js" }');
  writeFileSync(join(folder, "index.js"), program);
  return folder;
}

test("two copies of the SDK in one program are one clear error", async () => {
  // The provider package is linked, so it loads the SDK from beside itself and not from the project.
  const folder = projectWithOwnSdk('require("@pulumi/pulumi");\nrequire("@pulumi/aws");\n');
  try {
    await expect(previewProgram(folder)).rejects.toThrow(
      /^the program loads two copies of @pulumi\/pulumi: node_modules\/@pulumi\/pulumi and .*node_modules\/@pulumi\/pulumi\. Bring them to one version: npm dedupe$/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

test("a folder without the SDK is told what to install", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-test-"));
  try {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
    await expect(previewProgram(folder)).rejects.toThrow(
      `'${folder}' has no @pulumi/pulumi in its node_modules. Run npm install there; a new project begins with: npm install ringfence @pulumi/pulumi @pulumi/aws @pulumi/kubernetes cdk8s constructs`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
