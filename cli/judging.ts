import { dirname } from "node:path";
import { defined } from "../core/defined.js";
import type { FrameworkResult } from "../policies/frameworks/model.js";
import type { JudgeOptions, Judgement } from "../policies/index.js";
import type { Config } from "../policies/config/read.js";
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
  const [config, exempted] = await configured(request);
  const { sets, rules, kubernetesVersion, honourForeignSkips } = request;
  const named = sets !== undefined || rules !== undefined;
  const { sets: usualSets, rules: usualRules, ...settings } = config?.options ?? {};
  const options: JudgeOptions = {
    ...settings,
    today: io.now(),
    // Who names sets or rules means these and no others.
    ...(named ? defined({ sets, rules }) : defined({ sets: usualSets, rules: usualRules })),
    ...defined({ kubernetesVersion }),
    ...exempted,
    ...(honourForeignSkips ? { honourForeignSkips } : {}),
  };
  if (named) {
    // Refused before a program runs or a file is read.
    const { selectRules } = await import("../policies/select.js");
    selectRules(sets, rules, undefined, { rules: options.ownRules ?? [], sets: options.ownSets ?? [] });
  }
  return {
    options,
    gate: {
      failOn: request.failOn ?? config?.failOn ?? "high",
      onUnknown: request.onUnknown ?? config?.onUnknown ?? "warn",
    },
  };
}

/** The configuration, when there is one, and the exemptions: the file that an option names, else the one it names. */
async function configured(
  request: JudgeRequest,
): Promise<readonly [Config | undefined, Pick<JudgeOptions, "exemptions" | "exemptionProblems">]> {
  const { loadConfig, loadConfigFile, loadExemptions } = await import("../policies/config/load.js");
  const config = request.configFile === undefined ? loadConfig(".") : loadConfigFile(request.configFile);
  const { exemptions, problems } =
    request.exemptions === undefined
      ? loadExemptions(config === undefined ? "." : dirname(config.file), config?.exemptions)
      : loadExemptions(".", request.exemptions);
  return [config, { exemptions, exemptionProblems: problems }];
}

/** The tables of the frameworks among the sets that a judgement was asked by. */
export async function frameworksOf(
  judgement: Judgement,
  { sets = [] }: JudgeOptions,
): Promise<readonly FrameworkResult[]> {
  if (sets.length === 0) return [];
  const [{ FRAMEWORKS }, { controlsOf }] = await Promise.all([
    import("../policies/frameworks/index.js"),
    import("../policies/frameworks/controls.js"),
  ]);
  return FRAMEWORKS.filter(({ id }) => sets.includes(id)).map(({ id }) => controlsOf(judgement, id));
}
