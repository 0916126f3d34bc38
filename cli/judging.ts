import { existsSync, readFileSync } from "node:fs";
import { UserError } from "../core/issue.js";
import type { JudgeOptions } from "../policies/index.js";
import type { Gate } from "../report/gate.js";
import type { Io } from "./io.js";
import type { JudgeRequest } from "./judge-options.js";

/** By what a command judges, from its options, the configuration and the exemptions. */
export interface Judging {
  readonly options: JudgeOptions;
  readonly gate: Gate;
}

/**
 * Puts together what a command judges by: its options, then the configuration, then the defaults.
 *
 * @throws InputError for what is wrong with any of them, ids of rules and sets that do not exist included.
 */
export async function judgingOf(request: JudgeRequest, io: Io): Promise<Judging> {
  const { sets, rules, kubernetesVersion, honourForeignSkips } = request;
  const exempted = await exemptionsOf(request.exemptions);
  if (sets !== undefined || rules !== undefined) {
    // Refused before a program runs or a file is read.
    const { selectRules } = await import("../policies/select.js");
    selectRules(sets, rules);
  }
  return {
    options: {
      today: io.now(),
      ...(sets === undefined ? {} : { sets }),
      ...(rules === undefined ? {} : { rules }),
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
      ...exempted,
      honourForeignSkips,
    },
    gate: { failOn: request.failOn ?? "high", onUnknown: request.onUnknown ?? "warn" },
  };
}

/** The exemptions of a file: the one that was named, else the usual one where it is there. */
async function exemptionsOf(
  named: string | undefined,
): Promise<Pick<JudgeOptions, "exemptions" | "exemptionProblems">> {
  const { EXEMPTIONS_FILE, readExemptions } = await import("../policies/exemptions/read.js");
  const file = named ?? EXEMPTIONS_FILE;
  if (named === undefined && !existsSync(file)) return {};
  const { exemptions, problems } = readExemptions(textOf("--exemptions", file), file);
  return { exemptions, exemptionProblems: problems };
}

/** @throws UserError when the file cannot be read. */
function textOf(option: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new UserError(`'${option}' must name a file that can be read, got '${file}': ${why}`);
  }
}
