import type { Urn } from "../model/values.js";

/** The type of the component that every program runs in. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * The URN of a resource, as the real engine makes it: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`.
 * The stack itself adds nothing to the types of what it holds (sdk/go/common/resource/urn in pulumi/pulumi).
 */
export function makeUrn(stack: string, project: string, parent: Urn | undefined, type: string, name: string): Urn {
  const parentType = parent === undefined ? "" : qualifiedTypeOf(parent);
  const prefix = parentType === "" || parentType === STACK_TYPE ? "" : `${parentType}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}` as Urn;
}

/** The types of a URN, parents first: `a:b:C$d:e:F`. */
export function qualifiedTypeOf(urn: Urn): string {
  return urn.split("::")[2] ?? "";
}

/** The last type of a URN. */
export function typeOf(urn: Urn): string {
  return qualifiedTypeOf(urn).split("$").at(-1) ?? "";
}

/** The name of a URN, which may itself contain `::`. */
export function nameOf(urn: Urn): string {
  return urn.split("::").slice(3).join("::");
}

/** An alias as a program states it; what is left out is the resource's own. */
export interface AliasSpec {
  readonly name?: string;
  readonly type?: string;
  readonly stack?: string;
  readonly project?: string;
  readonly parentUrn?: Urn;
  readonly noParent?: boolean;
}

/** A URN in full, or the parts in which it differs. */
export type Alias = { readonly urn: Urn } | AliasSpec;

/** What {@link aliasUrns} needs to know of a resource. */
export interface Aliased {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
  readonly parent: Urn | undefined;
}

/**
 * All URNs under which a resource may have been known: its own aliases, then those it inherits from its parent's first
 * alias, then both multiplied (`generateAliases` of the real engine's step generator).
 */
export function aliasUrns(self: Aliased, aliases: readonly Alias[], parentAlias: Urn | undefined): Urn[] {
  const own = aliases.map((alias) => collapse(self, alias));
  const { parent } = self;
  if (parent === undefined || parentAlias === undefined) return [...new Set(own)];
  const inherited = (type: string, name: string): Urn => {
    const parentName = nameOf(parent);
    const childName = name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name;
    return makeUrn(self.stack, self.project, parentAlias, type, childName);
  };
  return [
    ...new Set([...own, inherited(self.type, self.name), ...own.map((urn) => inherited(typeOf(urn), nameOf(urn)))]),
  ];
}

function collapse(self: Aliased, alias: Alias): Urn {
  if ("urn" in alias) return alias.urn;
  const parent = alias.noParent === true ? undefined : (alias.parentUrn ?? self.parent);
  return makeUrn(
    alias.stack ?? self.stack,
    alias.project ?? self.project,
    parent,
    alias.type ?? self.type,
    alias.name ?? self.name,
  );
}
