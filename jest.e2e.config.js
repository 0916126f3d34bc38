/**
 * What needs real machinery, built from Go modules: Pulumi's engine and a Kubernetes control plane. `npm run test:e2e`
 * builds it once into a cache, in about ten minutes, and says what it leaves out where Go is missing.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/test/e2e"],
  testMatch: ["**/*.e2e.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  // Each file starts a control plane or an engine of its own.
  maxWorkers: 1,
  testTimeout: 180_000,
};
