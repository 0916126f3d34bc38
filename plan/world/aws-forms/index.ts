import type { PlannedResource } from "../../model/resource.js";
import type { PlannedObject, Urn } from "../../model/values.js";
import { Ref } from "../../model/values.js";
import { Cursor } from "../cursor.js";
import aliases from "./data/aliases.json";
import type { ClassicPart, ClassicShape, Form } from "./form.js";
import { FORMER } from "./former.js";
import type { Move } from "./moves.js";
import { moved, originalPath } from "./moves.js";
import { NATIVE_EC2 } from "./native/ec2.js";
import { NATIVE_EKS } from "./native/eks.js";
import { NATIVE_IAM } from "./native/iam.js";
import { NATIVE_STORAGE } from "./native/storage.js";
import { stepsOf } from "./steps.js";

const ALIASES: Readonly<Record<string, string>> = aliases.aliases;

const FORMS: Readonly<Record<string, Form>> = {
  ...FORMER,
  ...NATIVE_EC2,
  ...NATIVE_EKS,
  ...NATIVE_IAM,
  ...NATIVE_STORAGE,
};

/** A resource as the classic provider would have it, and what it was in the plan. */
export interface ClassicView {
  readonly resource: PlannedResource;
  readonly planned: PlannedResource;
  /** The place of the plan's inputs that a place of these inputs stands for. */
  readonly pathOf: (path: string) => string;
}

/** The token that `@pulumi/aws` has for a type today; the type itself when it has no other. */
export function classicToken(type: string): string {
  return ALIASES[type] ?? FORMS[type]?.type ?? type;
}

/**
 * A resource of AWS in the form that rules read, which is that of `@pulumi/aws` today: under a former token, or from
 * `@pulumi/aws-native`, where one resource holds settings that are resources of their own in the classic form. `undefined`
 * for everything that stands in that form already, or that no table knows.
 */
export function classicViews(planned: PlannedResource): readonly ClassicView[] | undefined {
  if (!planned.type.startsWith("aws")) return undefined;
  const form = Object.hasOwn(FORMS, planned.type) ? FORMS[planned.type] : undefined;
  if (form !== undefined)
    return [viewOf(planned, form), ...(form.parts ?? []).flatMap((part) => partsOf(planned, part))];
  const alias = Object.hasOwn(ALIASES, planned.type) ? ALIASES[planned.type] : undefined;
  return alias === undefined
    ? undefined
    : [{ resource: { ...planned, type: alias }, planned, pathOf: (path: string) => path }];
}

function viewOf(planned: PlannedResource, { type, moves }: ClassicShape): ClassicView {
  const resource = {
    ...planned,
    type,
    inputs: moved(planned.inputs, moves, false),
    propertyDependencies: dependenciesOf(planned, moves, false),
  };
  return { resource, planned, pathOf: (path) => originalPath(path, moves, planned.inputs) };
}

function partsOf(planned: PlannedResource, part: ClassicPart): readonly ClassicView[] {
  const each = part.of.endsWith("[]");
  const at = new Cursor(planned.inputs).at(...stepsOf(part.of.replace(/\[\]$/, "")));
  if (at.isAbsent || at.isUnknown) return [];
  const indices = each ? at.items().map((_, i) => i) : [undefined];
  return indices.map((index) => {
    const moves = part.moves.map((move) =>
      index === undefined ? move : { ...move, from: move.from.replace("[]", `[${index}]`) },
    );
    const inputs: PlannedObject = {
      ...moved(planned.inputs, moves, true),
      [part.owner]: new Ref(planned.urn, "id"),
    };
    const place = index === undefined ? part.of : `${part.of.replace(/\[\]$/, "")}[${index}]`;
    const resource: PlannedResource = {
      ...planned,
      urn: `${planned.urn}#${place}` as Urn,
      type: part.type,
      inputs,
      outputs: {},
      propertyDependencies: { ...dependenciesOf(planned, moves, true), [part.owner]: [planned.urn] },
    };
    return {
      resource,
      planned,
      pathOf: (path: string) => (path === "" ? place : originalPath(path, moves, planned.inputs)),
    };
  });
}

/** Which resources each input of the classic form is computed from. */
function dependenciesOf(
  { propertyDependencies }: PlannedResource,
  moves: readonly Move[],
  bare: boolean,
): PlannedResource["propertyDependencies"] {
  const found: Record<string, readonly Urn[]> = bare ? {} : { ...propertyDependencies };
  for (const { to, from } of moves) {
    const urns = propertyDependencies[String(stepsOf(from)[0])] ?? [];
    const key = String(stepsOf(to)[0]);
    found[key] = [...new Set([...(found[key] ?? []), ...urns])];
  }
  return found;
}
