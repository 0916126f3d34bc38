// Writes which modules of the SDKs a compiled program asks for itself, in order: what the floor imports. The process of
// the command line loads this too, and asks for none.
const fs = require("node:fs");
const Module = require("node:module");

const { RINGFENCE_BENCH_ROOT: root, RINGFENCE_BENCH_FILE: file } = process.env;
const SDK = /^(@pulumi\/|cdk8s|constructs)/;
const asked = new Set();
const load = Module._load;

Module._load = function (request, parent, ...rest) {
  const ours = parent?.filename?.startsWith(`${root}/dist/`) === true;
  if (ours && SDK.test(request)) asked.add(Module._resolveFilename(request, parent));
  return load.call(this, request, parent, ...rest);
};

process.on("exit", () => asked.size > 0 && fs.writeFileSync(file, JSON.stringify([...asked])));
