/** All that `ringfence preview` needs to make and print a report. */
export { buildReport, keptOf } from "./build.js";
export { passGate } from "./gate.js";
export { renderJson } from "./json.js";
export { renderText } from "./text.js";
export { outcome } from "./outcome.js";
