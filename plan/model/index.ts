export * from "./values.js";
export * from "./path.js";
export * from "./resource.js";
export * from "./plan-file.js";
