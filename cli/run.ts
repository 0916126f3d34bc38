import { InputError, UserError } from "../core/issue.js";
import type { Io } from "./io.js";
import type { RunProgram } from "./preview.js";

/** Exit codes of the program, which scripts rely on. */
export const EXIT = {
  /** Nothing at or above `--fail-on`. */
  ok: 0,
  findings: 1,
  /** Bad usage, bad input, or a program that fails. Nothing is written. */
  badInput: 2,
  /** A defect in Ringfence itself. */
  defect: 3,
} as const;

const fromEngine: RunProgram = async (folder, options) => {
  const { previewProgram } = await import("../plan/engine/preview.js");
  return previewProgram(folder, options);
};

/**
 * The command line, in process. Each command loads what it needs and nothing more.
 *
 * @param argv Arguments behind the program's name.
 * @param runProgram What runs a Pulumi program.
 * @returns the exit code; it never throws.
 */
export async function run(argv: readonly string[], io: Io, runProgram: RunProgram = fromEngine): Promise<number> {
  try {
    return await dispatch(argv, io, runProgram);
  } catch (error) {
    return tell(error, io);
  }
}

async function dispatch(argv: readonly string[], io: Io, runProgram: RunProgram): Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case "preview": {
      const { PREVIEW, readPreviewRequest } = await import("./preview-options.js");
      const request = readPreviewRequest(rest);
      if (request === "help") return printHelp(PREVIEW, io);
      const { preview } = await import("./preview.js");
      return preview(request, io, runProgram);
    }
    case "check": {
      const { CHECK, readCheckRequest } = await import("./check-options.js");
      const request = readCheckRequest(rest);
      if (request === "help") return printHelp(CHECK, io);
      const { check } = await import("./check.js");
      return check(request, io);
    }
    case "connect": {
      const { CONNECT, readConnectRequest } = await import("./connect-options.js");
      const request = readConnectRequest(rest);
      if (request === "help") return printHelp(CONNECT, io);
      const { connect } = await import("./connect.js");
      return connect(request, io);
    }
    case "up": {
      const { UP, up } = await import("./up.js");
      return rest.includes("--help") || rest.includes("-h") ? printHelp(UP, io) : up(rest, io);
    }
    case "rules": {
      if (rest[0] === "test") {
        const { readRulesTestRequest, rulesTest, RULES_TEST_COMMAND } = await import("./rules-test.js");
        const request = readRulesTestRequest(rest.slice(1));
        return request === "help" ? printHelp(RULES_TEST_COMMAND, io) : rulesTest(request, io);
      }
      const { readRulesRequest, rules, RULES_COMMAND } = await import("./rules.js");
      const request = readRulesRequest(rest);
      return request === "help" ? printHelp(RULES_COMMAND, io) : rules(request, io);
    }
    case "--version": {
      const { ringfenceVersion } = await import("../report/version.js");
      io.stdout.write(`${ringfenceVersion()}\n`);
      return EXIT.ok;
    }
    case "--help":
    case "-h":
      io.stdout.write(await programHelp());
      return EXIT.ok;
    case undefined:
      io.stderr.write(await programHelp());
      return EXIT.badInput;
    default:
      throw await unknownCommand(command);
  }
}

async function printHelp(spec: Parameters<(typeof import("./help.js"))["helpOfCommand"]>[0], io: Io): Promise<number> {
  const { helpOfCommand } = await import("./help.js");
  io.stdout.write(helpOfCommand(spec));
  return EXIT.ok;
}

async function programHelp(): Promise<string> {
  const [{ helpOf }, { PREVIEW }, { CHECK }, { RULES_COMMAND }, { RULES_TEST_COMMAND }, { CONNECT }, { UP }] =
    await Promise.all([
      import("./help.js"),
      import("./preview-options.js"),
      import("./check-options.js"),
      import("./rules.js"),
      import("./rules-test.js"),
      import("./connect-options.js"),
      import("./up.js"),
    ]);
  return helpOf([PREVIEW, CHECK, RULES_COMMAND, RULES_TEST_COMMAND, CONNECT, UP]);
}

async function unknownCommand(given: string): Promise<UserError> {
  const { nearest } = await import("../core/nearest.js");
  const [near] = nearest(given, ["preview", "check", "rules", "connect", "up"], 1);
  const hint = near === undefined ? "" : `Did you mean '${near}'? `;
  return new UserError(`'${given}' is no command. ${hint}\`ringfence --help\` lists the commands`);
}

/** Errors of a person read as they are; anything else is a defect of ours. */
function tell(error: unknown, { stderr, env }: Io): number {
  if (error instanceof InputError || error instanceof UserError) {
    stderr.write(`ringfence: ${oneLine(error)}\n`);
    return EXIT.badInput;
  }
  const what = error instanceof Error ? error.message : String(error);
  stderr.write(`ringfence: a defect in Ringfence, please report it with the output under RINGFENCE_DEBUG=1: ${what}\n`);
  if (env["RINGFENCE_DEBUG"] === "1" && error instanceof Error) stderr.write(`${error.stack ?? ""}\n`);
  return EXIT.defect;
}

/** A single problem on one line, several below each other. */
function oneLine(error: InputError | UserError): string {
  if (error instanceof UserError || error.issues.length > 1) return error.message;
  return error.message.replace(/:\n {2}/, ": ");
}
