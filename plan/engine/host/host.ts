/**
 * The process in which a previewed program runs: fences it in, then hands over to Pulumi's own program runner. What the
 * fence sees goes to the engine over file descriptor 3, one JSON object a line.
 */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { installGuard } from "./guard.js";
import { watchApplies } from "./inside-apply.js";
import { leanSdk } from "./lean-sdk.js";
import type { HostMessage, HostSettings } from "./messages.js";
import { unknownSecrets } from "./unknown-secrets.js";

const CHANNEL = 3;

const settings = JSON.parse(process.env["RINGFENCE_HOST"] ?? "{}") as HostSettings;
delete process.env["RINGFENCE_HOST"];

main();

function main(): void {
  const require = createRequire(join(settings.sdk, "package.json"));
  const load = (module: string): unknown => require(join(settings.sdk, module));
  if (settings.guard)
    installGuard(settings.folder, (attempt) => {
      tell({ kind: "attempt", ...attempt });
    });
  plainErrors();
  leanSdk(load);
  watchApplies(load, (urn) => {
    tell({ kind: "insideApply", urn });
  });
  unknownSecrets(load, settings.unreadable);
  process.on("exit", (code) => {
    tell({ kind: "exit", code, copies: sdkCopies() });
  });
  load("cmd/run");
}

/**
 * Pulumi prints what a program throws by `util.inspect` with colours, which runs away on a stack frame whose path holds
 * an `@`: half a minute and gigabytes for one error.
 */
function plainErrors(): void {
  const { inspect } = util;
  const plain = (value: unknown, options?: unknown, ...rest: readonly unknown[]): string =>
    (inspect as (...args: readonly unknown[]) => string)(
      value,
      value instanceof Error && typeof options === "object" ? { ...options, colors: false } : options,
      ...rest,
    );
  util.inspect = Object.assign(plain, inspect) as typeof util.inspect;
}

/** Folders of the SDK copies that the program has loaded; more than one cannot be previewed. */
function sdkCopies(): string[] {
  const { cache } = createRequire(__filename);
  const ending = join("@pulumi", "pulumi", "runtime", "settings.js");
  return Object.keys(cache)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -join("runtime", "settings.js").length - 1));
}

function tell(message: HostMessage): void {
  try {
    writeSync(CHANNEL, `${JSON.stringify(message)}\n`);
  } catch {
    // The engine has gone: nobody is left to tell.
  }
}
