export * from "./cursor.js";
export * from "./kubernetes.js";
export * from "./workloads.js";
export * from "./world.js";
export * from "./identity.js";
export * from "./clusters.js";
export { classicToken } from "./aws-forms/index.js";
