/** The API server takes every manifest of the voting app under strict validation, without a warning. */
import { join } from "node:path";
import type { ControlPlane } from "./machinery/index.js";
import { startControlPlane } from "./machinery/index.js";
import { readPlan } from "../../plan/index.js";
import { previewProgram, writePlan } from "../support/built.js";
import type { Manifest } from "./manifests.js";
import { listOf, manifestsOf } from "./manifests.js";

const ROOT = join(__dirname, "..", "..");

let cluster: ControlPlane;
let manifests: readonly Manifest[];

beforeAll(async () => {
  cluster = startControlPlane();
  const { plan } = await previewProgram(ROOT);
  // The classes of the build are not those of the sources: through the file they are.
  manifests = manifestsOf(readPlan(writePlan(plan), "plan.json"));
});

afterAll(() => cluster.stop());

function apply(items: readonly Manifest[]): readonly string[] {
  const { code, err } = cluster.kubectl(
    ["apply", "--server-side", "--force-conflicts", "--validate=strict", "-f", "-"],
    listOf(items),
  );
  return [`exit ${code}`, ...err.split("\n").filter((line) => line !== "")];
}

test("every object is accepted, namespaces first, under their own admission policies", () => {
  const isFirst = ({ kind }: Manifest): boolean => kind === "Namespace";
  expect(manifests.length).toBeGreaterThan(30);
  expect(apply(manifests.filter(isFirst))).toEqual(["exit 0"]);
  expect(apply(manifests.filter((m) => !isFirst(m)))).toEqual(["exit 0"]);
});

test("every pod of the app meets the standard that its namespace enforces", () => {
  const { out } = cluster.kubectl(["get", "namespaces", "-o", "json"]);
  const { items } = JSON.parse(out) as { readonly items: readonly { readonly metadata: { readonly name: string } }[] };
  expect(items.map(({ metadata }) => metadata.name)).toContain("vote");
  const relabelled = cluster.kubectl([
    "label",
    "--dry-run=server",
    "--overwrite",
    "namespace",
    "vote",
    "pod-security.kubernetes.io/enforce=restricted",
  ]);
  expect(relabelled.err).toBe("");
});

test("admission policies compile without a warning of their types", () => {
  const { out } = cluster.kubectl(["get", "validatingadmissionpolicies", "-o", "json"]);
  const { items } = JSON.parse(out) as {
    readonly items: readonly {
      readonly status?: { readonly typeChecking?: { readonly expressionWarnings?: unknown } };
    }[];
  };
  expect(items.length).toBeGreaterThan(0);
  for (const { status } of items) expect(status?.typeChecking?.expressionWarnings ?? []).toEqual([]);
});
