import type { Cursor } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { planned, ref, unresolved } from "../examples.js";
import type { ExampleObject, ExampleValue, Reference, Rule, Severity, Verdict } from "../model.js";
import type { ResourceView, RuleBody } from "../shapes.js";
import { onResource } from "../shapes.js";
import { expectBoolean, fail, pass, unknown } from "../verdicts.js";

/** What the rules of one kind say of themselves, each in its own words. */
export interface RuleText<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly ring: Rule["ring"];
  readonly severity: Severity;
  readonly rationale: string;
  readonly references: readonly Reference[];
  /** Wire token of what it judges. */
  readonly type: string;
  /** What the inputs of an example need besides the one in question. */
  readonly needed?: ExampleObject;
}

/** A rule on one input that turns something on or off. */
export interface SwitchRule<Id extends string> extends RuleText<Id> {
  /** Where it stands; all but its last part are maps. */
  readonly path: readonly [string, ...string[]];
  /** What the platform takes when nothing stands there. */
  readonly absent: boolean;
  /** What has to stand there. */
  readonly wanted: boolean;
  /** Why it matters, for the resource of this name. */
  readonly message: (name: string) => string;
  /** What is not known, for the resource of this name, to complete "is not known before the deployment". */
  readonly undecided: (name: string) => string;
}

/** Makes a rule on a switch, with its examples and the fix. */
export function switchRule<const Id extends string>(text: SwitchRule<Id>): Rule<Id> {
  const { path, absent, wanted, message, undecided, type, needed = {} } = text;
  const set = (value: ExampleValue) => [planned(type, "it", { ...needed, ...nested(path, value) })];
  const place = path.join(".");
  const silent = { resources: [planned(type, "it", needed)] };
  return {
    ...described(text),
    remediation: `${place}: ${wanted}`,
    examples: {
      fail: [
        { title: wanted ? "turned off" : "turned on", resources: set(!wanted), path: place },
        ...(absent === wanted
          ? []
          : [{ title: `left out, which is ${absent ? "on" : "off"}`, ...silent, path: place }]),
      ],
      pass: [
        { title: wanted ? "turned on" : "turned off", resources: set(wanted) },
        ...(absent === wanted ? [{ title: `left out, which is ${absent ? "on" : "off"}`, ...silent }] : []),
      ],
      unknown: [{ title: "an output decides", resources: set(unresolved("boolean")), path: place }],
    },
    ...onResource([type], ({ resource: { name }, inputs }) =>
      expectBoolean(inputs.at(...path), {
        absent,
        accept: (value) => value === wanted,
        message: message(name),
        undecided: `${undecided(name)} is not known before the deployment`,
        fix: wanted,
      }),
    ),
  };
}

/** A rule that something is encrypted with a key of the customer. */
export interface CustomerKeyRule<Id extends string> extends RuleText<Id> {
  /** The input that names the key. */
  readonly field: string;
  /** What it is, for messages: `log group`. */
  readonly thing: string;
  /**
   * When the rule is not asked.
   *
   * @default - always asked
   */
  readonly skip?: (view: ResourceView) => Verdict | undefined;
}

/** An alias of a key that AWS keeps for a service: `alias/aws/ebs`, alone or at the end of an ARN. */
const AWS_KEY = /(^|:)alias\/aws\//;

/** Makes a rule on a customer's key, with its examples. */
export function customerKeyRule<const Id extends string>(text: CustomerKeyRule<Id>): Rule<Id> {
  const { type, field, thing, needed = {}, skip } = text;
  const set = (value: ExampleValue) => [planned(type, "it", { ...needed, [field]: value })];
  return {
    ...described(text),
    remediation: `${field}: key.arn`,
    examples: {
      fail: [
        { title: "left out, which is a key of AWS", resources: [planned(type, "it", needed)], path: field },
        { title: "the key that AWS keeps for the service", resources: set("alias/aws/service"), path: field },
      ],
      pass: [
        { title: "a key of this plan", resources: [...set(ref("key", "arn")), planned("aws:kms/key:Key", "key", {})] },
        { title: "an alias of the customer's", resources: set("alias/data") },
      ],
      unknown: [{ title: "the key is an output", resources: set(unresolved("string")), path: field }],
    },
    ...onResource([type], (view) => skip?.(view) ?? judgeCustomerKey(view, view.inputs.at(field), thing)),
  };
}

/** Judges the place where a key is named: it is one of the customer's. */
export function judgeCustomerKey({ resource: { name } }: ResourceView, at: Cursor, thing: string): Verdict {
  const text = at.text();
  if (at.refs().length > 0) return pass();
  if (text === UNKNOWN)
    return unknown(
      at,
      `whether ${thing} '${name}' is encrypted with a key of yours is not known before the deployment`,
    );
  return text === undefined || text === "" || AWS_KEY.test(text)
    ? fail(at, `${thing} '${name}' is encrypted with a key of AWS, so no key policy of yours says who reads it`)
    : pass();
}

/** A rule that a text is there. */
export interface TextRule<Id extends string> extends RuleText<Id> {
  readonly field: string;
  /** A good text, for examples and the remediation. */
  readonly sample: string;
  /** Texts that say nothing: a default of the tool's. */
  readonly empty: readonly string[];
  readonly message: (name: string) => string;
}

/** Makes a rule on a text that somebody has to write. */
export function textRule<const Id extends string>(text: TextRule<Id>): Rule<Id> {
  const { type, field, sample, empty, needed = {} } = text;
  const set = (value: ExampleValue) => [planned(type, "it", { ...needed, [field]: value })];
  return {
    ...described(text),
    remediation: `${field}: ${JSON.stringify(sample)}`,
    examples: {
      fail: [
        { title: "left out", resources: [planned(type, "it", needed)], path: field },
        ...empty.map((value) => ({ title: `says ${JSON.stringify(value)}`, resources: set(value), path: field })),
      ],
      pass: [{ title: "says what it is for", resources: set(sample) }],
      unknown: [{ title: "the text is an output", resources: set(unresolved("string")), path: field }],
    },
    ...onText(text),
  };
}

function onText<Id extends string>({ type, field, empty, message }: TextRule<Id>): RuleBody {
  return onResource([type], ({ resource: { name }, inputs }) => {
    const at = inputs.at(field);
    const text = at.text();
    if (text === UNKNOWN && at.refs().length === 0)
      return unknown(at, `what '${name}' says of itself is not known before the deployment`);
    return typeof text === "string" || text === undefined ? judgeText(at, text ?? "", empty, message(name)) : pass();
  });
}

function judgeText(at: Cursor, text: string, empty: readonly string[], message: string): Verdict {
  return text.trim() === "" || empty.includes(text) ? fail(at, message) : pass();
}

function described<Id extends string>(
  text: RuleText<Id>,
): Omit<Rule<Id>, "remediation" | "examples" | "reads" | "check"> {
  const { id, title, ring, severity, rationale, references } = text;
  return { id, title, ring, severity, rationale, references, since: "0.1.0" };
}

function nested([step, ...rest]: readonly string[], value: ExampleValue): ExampleObject {
  return step === undefined ? {} : { [step]: rest.length === 0 ? value : nested(rest, value) };
}
