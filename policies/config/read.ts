import type { Issue } from "../../core/issue.js";
import { InputError, issue } from "../../core/issue.js";
import { splitPath } from "../../plan/model/index.js";
import type { JudgeOptions } from "../judge.js";
import type { Rule, Severity } from "../model.js";
import { SEVERITIES } from "../model.js";
import { unknownIds } from "../unknown-ids.js";
import type { OwnSet } from "../own.js";
import { knownRules } from "../own.js";
import type { ParameterSettings } from "../parameters.js";
import { readParameters } from "../parameters.js";
import { SETS } from "../sets/index.js";
import type { Where } from "./fields.js";
import { Fields } from "./fields.js";
import { CONFIG_FIELDS, FAIL_ON, ON_UNKNOWN } from "./model.js";

/** A configuration, checked. */
export interface Config {
  /** What it says to the judge, exemptions apart. */
  readonly options: Omit<JudgeOptions, "exemptions" | "exemptionProblems" | "today">;
  /** `undefined` when it says nothing. */
  readonly failOn: (typeof FAIL_ON)[number] | undefined;
  /** `undefined` when it says nothing. */
  readonly onUnknown: (typeof ON_UNKNOWN)[number] | undefined;
  /** The file of exemptions as it is written; `undefined` when it names none. */
  readonly exemptions: string | undefined;
}

/** Loads the rules that an entry of `ownRules` stands for. */
export type LoadRules = (entry: unknown) => readonly Rule[];

/**
 * Checks a configuration.
 *
 * @param value As read: plain data, and rules under `ownRules` where a program wrote it.
 * @param where Names a place of it in messages.
 * @param name What it is, for messages.
 * @throws InputError for every problem at once: fields, ids with the nearest ones, parameters, and rules of one's own.
 */
export function readConfig(value: unknown, where: Where, name: string, loadRules: LoadRules): Config {
  const issues: Issue[] = [];
  const fields = Fields.of(value, [], where, issues, CONFIG_FIELDS);
  if (fields === undefined) throw new InputError(name, issues);
  const config = checked(fields, loadRules);
  if (issues.length > 0) throw new InputError(name, issues);
  return config;
}

function checked(fields: Fields, loadRules: LoadRules): Config {
  const { issues } = fields;
  const ownRules = ownRulesOf(fields, loadRules);
  const ownSets = ownSetsOf(fields);
  const known = collect(issues, () => knownRules({ rules: ownRules, sets: ownSets })) ?? knownRules(NOTHING);
  const ids = known.map(({ id }) => id);
  const setIds = [...new Set<string>([...SETS, ...ownSets].map(({ id }) => id))];
  const sets = idsOf(fields, "sets", "set", setIds);
  const rules = idsOf(fields, "rules", "rule", ids);
  const parameters = parametersOf(fields, known);
  const severities = severitiesOf(fields, ids);
  const kubernetesVersion = versionOf(fields);
  const honourForeignSkips = fields.flag("honourForeignSkips");
  return {
    options: {
      ...(sets === undefined ? {} : { sets }),
      ...(rules === undefined ? {} : { rules, sets: sets ?? ["default"] }),
      ...(parameters === undefined ? {} : { parameters }),
      ...(severities === undefined ? {} : { severities }),
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
      ...(honourForeignSkips === undefined ? {} : { honourForeignSkips }),
      ...(ownRules.length === 0 ? {} : { ownRules }),
      ...(ownSets.length === 0 ? {} : { ownSets }),
    },
    failOn: fields.oneOf("failOn", FAIL_ON),
    onUnknown: fields.oneOf("onUnknown", ON_UNKNOWN),
    exemptions: fields.text("exemptions", "Name a file, from the folder of this one"),
  };
}

const NOTHING = { rules: [], sets: [] };

function ownRulesOf(fields: Fields, loadRules: LoadRules): readonly Rule[] {
  return fields
    .list("ownRules", "List files and folders, from the folder of this one")
    .flatMap((entry, i) => collect(fields.issues, () => loadRules(entry), fields.at("ownRules", i)) ?? []);
}

function ownSetsOf(fields: Fields): readonly OwnSet[] {
  const sets = fields.map("ownSets");
  return Object.keys(sets?.values ?? {}).flatMap((id) => {
    const set = sets?.map(id, ["title", "rules"]);
    if (set === undefined) return [];
    if (!set.has("rules"))
      set.issues.push(issue("Required", set.at("rules"), "must be there", undefined, "List ids of rules"));
    const title = set.text("title", "Say what the set is for");
    const rules = set.texts("rules", "List ids of rules") ?? [];
    return [{ id, rules, ...(title === undefined ? {} : { title }) }];
  });
}

function idsOf(
  fields: Fields,
  name: "sets" | "rules",
  what: "set" | "rule",
  known: readonly string[],
): readonly string[] | undefined {
  const ids = fields.texts(name, `List ids of ${name}`);
  fields.issues.push(...(ids ?? []).flatMap((id, i) => unknownIds(what, [id], known, fields.at(name, i))));
  return ids;
}

function parametersOf(fields: Fields, known: readonly Rule[]): ParameterSettings | undefined {
  const parameters = fields.map("parameters");
  if (parameters === undefined) return undefined;
  const maps = Object.keys(parameters.values).map((id) => [id, parameters.map(id)] as const);
  const settings = Object.fromEntries(maps.flatMap(([id, map]) => (map === undefined ? [] : [[id, map.values]])));
  try {
    readParameters(settings, known);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    fields.issues.push(...error.issues.map((i) => ({ ...i, path: fields.where(splitPath(i.path)) })));
  }
  return settings;
}

function severitiesOf(fields: Fields, ids: readonly string[]): Readonly<Record<string, Severity>> | undefined {
  const severities = fields.map("severities");
  if (severities === undefined) return undefined;
  const entries = Object.keys(severities.values).map((id) => {
    fields.issues.push(...unknownIds("rule", [id], ids, severities.at(id)));
    return [id, severities.oneOf(id, SEVERITIES)] as const;
  });
  return Object.fromEntries(entries.flatMap(([id, severity]) => (severity === undefined ? [] : [[id, severity]])));
}

function versionOf(fields: Fields): string | undefined {
  const version = fields.any("kubernetesVersion");
  if (version === undefined || (typeof version === "string" && /^1\.\d+$/.test(version))) return version;
  const advice = typeof version === "number" ? "Write it in quotes: '1.36'" : "Write it like '1.36'";
  fields.issues.push(
    issue("Malformed", fields.at("kubernetesVersion"), "must be a minor version of Kubernetes", version, advice),
  );
  return undefined;
}

/** Runs a step whose problems become issues here, each behind the place that led there. */
function collect<T>(issues: Issue[], step: () => T, at?: string): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues.map((i) => (at === undefined ? i : { ...i, path: `${at}: ${i.path}` })));
    return undefined;
  }
}
