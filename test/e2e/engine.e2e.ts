/** Pulumi's own engine runs the program that the embedded engine previews, and registers the same resources. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { previewProgram } from "../support/built.js";
import { certificatesFor } from "../tunnel/certificates.js";
import type { EngineProject } from "./machinery/engine.js";
import { engineProject } from "./machinery/engine.js";

const ROOT = join(__dirname, "..", "..");

const HOST = "x.gr7.eu-west-1.eks.amazonaws.com";

let project: EngineProject;
let folder: string;

beforeAll(() => {
  // The tunnel of the program leads to an API that knows nobody: the provider that stands in asks nothing of it.
  const { authority, certificate: cert, key } = certificatesFor(HOST);
  folder = mkdtempSync(join(tmpdir(), "rf-engine-"));
  const certificateAuthority = { data: Buffer.from(authority).toString("base64") };
  const cluster = { name: "prod", endpoint: `https://${HOST}`, certificateAuthority };
  const state = { tls: { cert, key }, cluster, online: [], anyInstance: true };
  writeFileSync(join(folder, "state.json"), JSON.stringify(state));
  project = engineProject(ROOT, {
    path: [join(ROOT, "test", "tunnel", "standin", "bin")],
    env: { RINGFENCE_STANDIN: folder, XDG_RUNTIME_DIR: folder },
  });
});

afterAll(() => {
  project.remove();
  rmSync(folder, { recursive: true, force: true });
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
