import type { Cursor, Read } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import { every, some } from "../../verdicts.js";

/** A right that somebody may hold, as a request to the API would ask for it. */
export interface Right {
  /** API group, empty for the core group. */
  readonly group: string;
  /** Any of these, with their subresource: `pods`, `pods/exec`. */
  readonly resources: readonly string[];
  /** Any of these. */
  readonly verbs: readonly string[];
  /**
   * Which names matter when a rule is confined to `resourceNames`.
   *
   * @default - every name
   */
  readonly names?: (name: string) => boolean;
}

/** What a rule of a role says about a right, and the place in it that says so. */
export interface Granted {
  readonly read: Read<boolean>;
  /** The resource that matched, or the value that nobody knows; the rule itself when it does not grant the right. */
  readonly at: Cursor;
}

/**
 * Minor version from which commands in pods and forwarded ports need `create`, whichever way the connection is opened;
 * before, a WebSocket needed only `get` (gate AuthorizePodWebsocketUpgradeCreatePermission).
 */
export const STREAM_NEEDS_CREATE_SINCE = 35;

/** Requests with these verbs carry no object's name, unless they go to a subresource. */
const NAMELESS_VERBS: ReadonlySet<string> = new Set(["create", "deletecollection"]);

/**
 * Whether a rule of a Role or ClusterRole grants a right, as Kubernetes' own authorizer decides
 * (`pkg/apis/rbac/v1/evaluation_helpers.go`): a value matches itself or `*`; of subresources the pattern is `*` followed by
 * the subresource, while `pods/*` matches nothing. A rule with `resourceNames` grants nothing that carries no name.
 */
export function grants(rule: Cursor, right: Right): Granted {
  const { resources, apiGroups, verbs, resourceNames } = listsOf(rule);
  const resource = matching(resources, right.resources, matchesResource);
  if (resource.read === false) return { read: false, at: rule };
  const group = matching(apiGroups, [right.group]);
  if (group.read === false) return { read: false, at: rule };
  const names = confines(resourceNames, right);
  const open = matching(verbs, right.verbs);
  const named = matching(
    verbs,
    right.verbs.filter((verb) => carriesName(verb, right)),
  );
  const verb = some([every([names.open, open.read]), every([names.named, named.read])]);
  const read = every([resource.read, group.read, verb]);
  if (read === true) return { read, at: resource.at };
  if (read === false) return { read, at: rule };
  const hidden = [resource, group, open].find((part) => part.read === UNKNOWN);
  return { read, at: hidden?.at ?? resourceNames.at };
}

/** A list of texts of a rule, read once: many rights are asked of each. */
interface Texts {
  readonly at: Cursor;
  readonly items: readonly { readonly at: Cursor; readonly text: Read<string | undefined> }[];
}

/** The four lists of a rule of a role. */
type RuleLists = Readonly<Record<"apiGroups" | "resourceNames" | "resources" | "verbs", Texts>>;

const read = new WeakMap<object, { readonly path: string; readonly lists: RuleLists }>();

function listsOf(rule: Cursor): RuleLists {
  const { value, path } = rule;
  const known = typeof value === "object" && value !== null ? read.get(value) : undefined;
  // By an anchor of YAML, one object may stand in two places.
  if (known?.path === path) return known.lists;
  const texts = (field: string): Texts => {
    const at = rule.at(field);
    return { at, items: at.items().map((item) => ({ at: item, text: item.string() })) };
  };
  const lists = {
    apiGroups: texts("apiGroups"),
    resourceNames: texts("resourceNames"),
    resources: texts("resources"),
    verbs: texts("verbs"),
  };
  if (typeof value === "object" && value !== null) read.set(value, { path, lists });
  return lists;
}

function carriesName(verb: string, right: Right): boolean {
  return !NAMELESS_VERBS.has(verb) || right.resources.every((resource) => resource.includes("/"));
}

/** Whether a rule is not confined to names, and whether one of the names that it is confined to matters. */
function confines(names: Texts, right: Right): { readonly open: Read<boolean>; readonly named: Read<boolean> } {
  if (names.at.isUnknown) return { open: UNKNOWN, named: UNKNOWN };
  const given = names.items.map(({ text }) => text);
  // A request without a name asks for the empty one, which a rule may name.
  if (given.length === 0 || given.includes("")) return { open: true, named: true };
  const matters = right.names ?? (() => true);
  return {
    open: given.includes(UNKNOWN) ? UNKNOWN : false,
    named: some(given.map((name) => (name === UNKNOWN ? UNKNOWN : name !== undefined && matters(name)))),
  };
}

function matching(
  { at, items }: Texts,
  wanted: readonly string[],
  matches: (given: string, wanted: string) => boolean = (given, one) => given === one,
): Granted {
  if (wanted.length === 0) return { read: false, at };
  if (at.isUnknown) return { read: UNKNOWN, at };
  const found = items.find(
    ({ text }) => typeof text === "string" && (text === "*" || wanted.some((one) => matches(text, one))),
  );
  if (found !== undefined) return { read: true, at: found.at };
  const hidden = items.find(({ text }) => text === UNKNOWN);
  return hidden === undefined ? { read: false, at } : { read: UNKNOWN, at: hidden.at };
}

function matchesResource(given: string, wanted: string): boolean {
  const slash = wanted.indexOf("/");
  return given === wanted || (slash >= 0 && given === `*${wanted.slice(slash)}`);
}
