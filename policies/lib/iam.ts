import { Ref } from "../../plan/model/index.js";
import type { Cursor, Read } from "../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../plan/world/index.js";
import { matchesWildcard } from "./wildcards.js";

/** One statement of a policy document, with the places of its elements. */
export interface Statement {
  readonly at: Cursor;
  /** `Allow` or `Deny`. */
  readonly effect: Read<string | undefined>;
  readonly actions: Cursor;
  readonly resources: Cursor;
  readonly notActions: Cursor;
  readonly notResources: Cursor;
  readonly principals: Cursor;
  readonly notPrincipals: Cursor;
  readonly conditions: Cursor;
}

/**
 * The statements of a policy document that stands as JSON text, or as an object; {@link UNKNOWN} while nobody knows it.
 */
export function statementsOf(policy: Cursor): Read<readonly Statement[]> {
  const document = policy.json();
  if (document.isUnknown || document.string() === UNKNOWN) return UNKNOWN;
  const list = document.at("Statement");
  if (list.isUnknown) return UNKNOWN;
  return list.items().map((at) => ({
    at,
    effect: at.at("Effect").string(),
    actions: at.at("Action"),
    resources: at.at("Resource"),
    notActions: at.at("NotAction"),
    notResources: at.at("NotResource"),
    principals: at.at("Principal"),
    notPrincipals: at.at("NotPrincipal"),
    conditions: at.at("Condition"),
  }));
}

/**
 * Whether one of the texts of an element (one, or a list) meets a condition. The ARN of a planned resource is a late value
 * and never a wildcard: it reads as one placeholder.
 */
export function anyText(element: Cursor, meets: (text: string) => boolean): Read<boolean> {
  const texts = textsOf(element);
  if (texts === UNKNOWN) return UNKNOWN;
  if (texts.some((text) => typeof text === "string" && meets(text))) return true;
  return texts.includes(UNKNOWN) ? UNKNOWN : false;
}

/** Texts of elements: the same statements are asked about many actions. */
const known = new WeakMap<Cursor, Read<readonly Read<string | undefined>[]>>();

function textsOf(element: Cursor): Read<readonly Read<string | undefined>[]> {
  let texts = known.get(element);
  if (texts === undefined) {
    const items = element.value instanceof Ref ? [element] : element.items();
    texts = element.isUnknown && items.length === 0 ? UNKNOWN : items.map(textOf);
    known.set(element, texts);
  }
  return texts;
}

function textOf(item: Cursor): Read<string | undefined> {
  return item.value instanceof Ref && /(^|[.\]]|[a-z])arn$/i.test(item.value.output) ? PLACEHOLDER : item.text();
}

/**
 * Whether a statement's element matches an exact text, by wildcard (`*`, `?`) and in any letter case, as IAM matches
 * actions.
 */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}
