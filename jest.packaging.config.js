/**
 * The packed tarball in projects of its own: needs a build and a package registry, so it is no part of `npm test`.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/test/packaging"],
  testPathIgnorePatterns: ["/node_modules/", "/consumers/"],
  modulePathIgnorePatterns: ["/consumers/"],
  // Each file packs, installs and compiles: one at a time is faster on two cores.
  maxWorkers: 1,
  testTimeout: 240_000,
};
