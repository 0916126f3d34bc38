import { isAbsolute } from "node:path";
import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Issue } from "../../core/issue.js";
import { InputError, issue } from "../../core/issue.js";
import { Fields } from "../config/fields.js";
import { loadConfig, loadExemptions } from "../config/load.js";
import type { LoadRules } from "../config/read.js";
import { readConfig } from "../config/read.js";
import { pathText } from "../config/yaml.js";
import type { JudgeOptions } from "../judge.js";
import { SEVERITIES } from "../model.js";

/** The policy whose configuration in Pulumi says by what the pack judges. */
export const SETTINGS_POLICY = "ringfence-inputs";

/** What can be configured of the pack: the fields of `ringfence.config.yaml` that concern it, and where a project lies. */
const FIELDS = ["project", "sets", "rules", "parameters", "severities", "kubernetesVersion", "exemptions"] as const;

/** The schema by which Pulumi checks the configuration before it reaches the pack; ids are checked here. */
export const SETTINGS_SCHEMA: PolicyConfigSchema = {
  properties: {
    project: {
      type: "string",
      description:
        "Absolute path of the project's folder, whose ringfence.config and ringfence.exemptions.yaml are read; what is configured here comes before them",
    },
    sets: { type: "array", items: { type: "string" }, description: "Sets of rules (default: default)" },
    rules: { type: "array", items: { type: "string" }, description: "Rules besides those of the sets" },
    parameters: { type: "object", description: "Parameters of rules, by id of the rule and name" },
    severities: {
      type: "object",
      additionalProperties: { type: "string", enum: [...SEVERITIES] },
      description: "Severities instead of the rules' own, by id of the rule",
    },
    kubernetesVersion: { type: "string", pattern: "^1\\.\\d+$", description: "Minor version of Kubernetes" },
    exemptions: { type: "string", description: "Absolute path of a file of exemptions" },
  },
};

/**
 * What the pack judges by, from its configuration in Pulumi.
 *
 * @param configured As Pulumi hands it over; empty when nobody configured anything.
 * @throws InputError for every problem in it and in the files that it names.
 */
export function packOptions(configured: object): JudgeOptions {
  const issues: Issue[] = [];
  const where = (path: readonly (string | number)[]): string => `${SETTINGS_POLICY} ${pathText(path)}`.trimEnd();
  const fields = Fields.of(configured, [], where, issues, FIELDS);
  const project = absolute(fields, "project");
  const exemptions = absolute(fields, "exemptions");
  if (issues.length > 0) throw new InputError("configuration of the policy pack", issues);
  const rest = Object.fromEntries(
    Object.entries(configured).filter(([key]) => key !== "project" && key !== "exemptions"),
  );
  const loaded = project === undefined ? undefined : loadConfig(project);
  const own = loaded?.options.ownRules ?? [];
  // Ids of the project's own rules and sets may be named in Pulumi's configuration too.
  const value = { ...rest, ownRules: own, ownSets: setsById(loaded?.options.ownSets) };
  const load: LoadRules = (entry) => own.filter((rule) => rule === entry);
  const { options } = readConfig(value, where, "configuration of the policy pack", load);
  const accepted =
    project === undefined && exemptions === undefined
      ? undefined
      : loadExemptions(project ?? "/", exemptions ?? loaded?.exemptions);
  return {
    ...loaded?.options,
    ...options,
    ...(accepted === undefined ? {} : { exemptions: accepted.exemptions, exemptionProblems: accepted.problems }),
  };
}

function absolute(fields: Fields | undefined, name: string): string | undefined {
  const path = fields?.text(name, "Write an absolute path");
  if (path === undefined || isAbsolute(path)) return path;
  // Pulumi starts a pack in the pack's own folder, so that nothing else could be meant by a relative path.
  fields?.issues.push(issue("Malformed", fields.at(name), "must be an absolute path", path, "Write it from the root"));
  return undefined;
}

function setsById(sets: JudgeOptions["ownSets"]): object {
  return Object.fromEntries((sets ?? []).map(({ id, ...set }) => [id, set]));
}
