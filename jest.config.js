const { availableParallelism } = require("node:os");

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // Every file loads the SDKs anew, and Node keeps some of that: processes that are ended in time, and never one for all of it.
  maxWorkers: Math.max(2, availableParallelism()),
  workerIdleMemoryLimit: "1GB",
  // A plan takes a second, and several on a machine that is busy with other things.
  testTimeout: 30_000,
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    "<rootDir>/test/e2e/",
    "<rootDir>/test/foreign/",
    "<rootDir>/test/packaging/",
  ],
  moduleNameMapper: {
    // TypeScript sources import each other with the `.js` ending that nodenext asks for.
    "^(\\.{1,2}/.*)\\.js$": "$1",
    // Examples import the package by its name, as a consumer does: here that is the sources, not an older build.
    "^ringfence$": "<rootDir>/index.ts",
    "^ringfence/(infra|constructs|policies|plan)$": "<rootDir>/$1/index.ts",
  },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
};
