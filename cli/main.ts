#!/usr/bin/env node
import * as nodeModule from "node:module";
import { run } from "./run.js";

// From Node 22 on, what was compiled once is kept: a short run is mostly that.
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

// A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: () => new Date(),
}).then((code) => {
  process.exitCode = code;
});
