import { EXEMPTION_FIELDS } from "../exemptions/entry.js";
import { FRAMEWORKS } from "../frameworks/index.js";
import type { Rule } from "../model.js";
import { SEVERITIES } from "../model.js";
import { ID_FORM } from "../own.js";
import type { Parameter } from "../parameters.js";
import { RULES } from "../rules/index.js";
import { SETS } from "../sets/index.js";
import type { CONFIG_FIELDS } from "./model.js";
import { FAIL_ON, ON_UNKNOWN } from "./model.js";

/** A JSON Schema, draft 7, which editors read. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const DRAFT = "http://json-schema.org/draft-07/schema#";

/** The schema of `ringfence.config.yaml` and `.json`: sets, rules and their parameters as this release has them. */
export function configSchema(): JsonSchema {
  const rules: readonly Rule[] = RULES;
  const properties: Record<(typeof CONFIG_FIELDS)[number], JsonSchema> = {
    sets: listOf(
      oneOrOwn({ enum: SETS.map(({ id }) => id) }),
      `Sets of rules. Default: default. Frameworks: ${frameworks()}`,
    ),
    rules: listOf(oneOrOwn(RULE), "Rules besides those of the sets"),
    parameters: {
      description: "What is set of rules' parameters",
      type: "object",
      properties: Object.fromEntries(rules.flatMap(parametersOf).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    severities: {
      description: "Severities instead of the rules' own",
      type: "object",
      propertyNames: oneOrOwn(RULE),
      additionalProperties: { enum: SEVERITIES },
    },
    failOn: { description: "From which severity on a failed finding fails the run. Default: high", enum: FAIL_ON },
    onUnknown: { description: "What to do about values that nobody knows yet. Default: warn", enum: ON_UNKNOWN },
    kubernetesVersion: {
      description: "Minor version of Kubernetes, in quotes. Default: that of the plan's clusters, else 1.36",
      type: "string",
      pattern: "^1\\.\\d+$",
    },
    exemptions: text("The file of exemptions, from this folder. Default: ringfence.exemptions.yaml, when there is one"),
    honourForeignSkips: {
      description: "Whether skip annotations of Checkov, kube-linter and Kubescape excuse findings. Default: false",
      type: "boolean",
    },
    ownRules: listOf(text(), "Files and folders with rules of one's own, from this folder"),
    ownSets: {
      description: "Sets of one's own, by id",
      type: "object",
      propertyNames: { pattern: ID_FORM.source },
      additionalProperties: map({ title: text(), rules: listOf(oneOrOwn(RULE)) }, ["rules"]),
    },
  };
  return { $schema: DRAFT, title: "Configuration of Ringfence", definitions: definitions(), ...map(properties) };
}

/** The schema of `ringfence.exemptions.yaml`. */
export function exemptionsSchema(): JsonSchema {
  const fields: Record<(typeof EXEMPTION_FIELDS)[number], JsonSchema> = {
    rule: { description: "Id of the rule", ...oneOrOwn(RULE) },
    at: text("Id of the resource, as reports print it: kubernetes:apps/v1:Deployment vote/db"),
    path: text("Property path of the finding. Default: every path of the rule there"),
    reason: { ...text("Why, for the reviewer"), minLength: 10 },
    owner: text("Who answers for it"),
    until: { ...text("The last day on which it holds"), pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
  };
  const entry = map(
    fields,
    EXEMPTION_FIELDS.filter((field) => field !== "path"),
  );
  const file = map({ exemptions: listOf(entry) }, ["exemptions"]);
  return { $schema: DRAFT, title: "Exemptions of Ringfence", definitions: definitions(), ...file };
}

function parametersOf({ id, parameters = [] }: Rule): readonly (readonly [string, JsonSchema])[] {
  if (parameters.length === 0) return [];
  const described = ({ name, about, fallback, schema }: Parameter): readonly [string, JsonSchema] => [
    name,
    { description: about, default: fallback, ...schema },
  ];
  return [[id, map(Object.fromEntries(parameters.map(described)))]];
}

function map(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  return { type: "object", additionalProperties: false, ...(required.length === 0 ? {} : { required }), properties };
}

function listOf(items: JsonSchema, description?: string): JsonSchema {
  return { ...(description === undefined ? {} : { description }), type: "array", items };
}

function text(description?: string): JsonSchema {
  return { ...(description === undefined ? {} : { description }), type: "string", minLength: 1 };
}

/** The ids of all rules, once for the whole schema. */
const RULE: JsonSchema = { $ref: "#/definitions/rule" };

function definitions(): JsonSchema {
  return { rule: { enum: RULES.map(({ id }) => id).sort() } };
}

/** Ids that editors offer; one's own may stand there too. */
function oneOrOwn(ids: JsonSchema): JsonSchema {
  return { anyOf: [ids, { type: "string", pattern: ID_FORM.source }] };
}

function frameworks(): string {
  return FRAMEWORKS.map(({ id }) => id).join(", ");
}
