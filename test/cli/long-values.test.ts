import { writeFileSync } from "node:fs";
import { ringfence, scratch } from "./support.js";

const folder = scratch();
afterAll(folder.remove);

// Work that grows with the square of the length would take minutes here, and end the test.
test.each([
  [1, ""],
  [3, ""],
  [10, ""],
  [10, " postgres://db@host/votes password=$PASSWORD"],
])("a ConfigMap with a value of %d MB on one line is judged at once%s", async (megabytes, end) => {
  const file = folder.path(`long-${megabytes}.yaml`);
  const value = `${"a".repeat(megabytes * 1_000_000)}${end}`;
  writeFileSync(
    file,
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: long, namespace: vote }\ndata: { k: "${value}" }\n`,
  );
  const { code, out } = await ringfence(["check", file, "--rule", "configmap-no-secrets"]);
  expect(code).toBe(0);
  expect(out.length).toBeLessThan(2_000);
});
