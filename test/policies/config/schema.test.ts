import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { configSchema, exemptionsSchema } from "../../../policies/config/schema.js";

const DOCS = join(__dirname, "..", "..", "..", "docs");
const SCHEMAS = [
  ["ringfence.config.schema.json", configSchema()],
  ["ringfence.exemptions.schema.json", exemptionsSchema()],
] as const;

if (process.env["UPDATE_DOCS"] === "1")
  for (const [file, schema] of SCHEMAS) {
    writeFileSync(join(DOCS, file), JSON.stringify(schema, null, 2));
    execFileSync(process.execPath, [require.resolve("prettier/bin/prettier.cjs"), "--write", join(DOCS, file)]);
  }

test.each(SCHEMAS)("docs/%s is that of this release (UPDATE_DOCS=1 writes it)", (file, schema) => {
  expect(JSON.parse(readFileSync(join(DOCS, file), "utf8"))).toEqual(JSON.parse(JSON.stringify(schema)));
});

const fits = (schema: object) => (value: unknown) => new Ajv().validate(schema, value) === true;

describe("the schema of the configuration", () => {
  test.each([
    {},
    { sets: ["default", "shop"], failOn: "never", kubernetesVersion: "1.36" },
    { parameters: { "image-approved-registry": { registries: ["ghcr.io/shop"] } } },
    { severities: { "pod-no-privileged": "low" }, ownSets: { shop: { rules: ["shop-rule"] } } },
  ])("takes %j", (value) => {
    expect(fits(configSchema())(value)).toBe(true);
  });

  test.each([
    { set: ["default"] },
    { sets: "default" },
    { kubernetesVersion: 1.36 },
    { severities: { "pod-no-privileged": "hgh" } },
    { ownSets: { shop: {} } },
  ])("refuses %j", (value) => {
    expect(fits(configSchema())(value)).toBe(false);
  });

  test("describes every parameter of every rule", () => {
    const { properties } = configSchema() as { properties: { parameters: { properties: Record<string, unknown> } } };
    expect(properties.parameters.properties).toHaveProperty([
      "image-approved-registry",
      "properties",
      "registries",
      "description",
    ]);
  });
});

test("the schema of exemptions asks for owner and last day", () => {
  const entry = { rule: "pod-no-privileged", at: "a b", reason: "long enough", owner: "me", until: "2027-01-01" };
  expect(fits(exemptionsSchema())({ exemptions: [entry] })).toBe(true);
  for (const field of ["owner", "until", "reason", "at", "rule"])
    expect([field, fits(exemptionsSchema())({ exemptions: [{ ...entry, [field]: undefined }] })]).toEqual([
      field,
      false,
    ]);
});
